'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { classNames } from '@/components/ui/class-names';
import { Icon } from '@/components/ui/icon';
import { SCREENS } from './screens';

const ITEM = 'flex flex-1 flex-col items-center justify-center gap-0.5 text-[11px]';

/** The rail of a phone. */
export function BottomBar({ onWatch, onSearch }: { readonly onWatch: () => void; readonly onSearch: () => void }) {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  return (
    <nav
      aria-label="Screens"
      className="fixed inset-x-0 bottom-0 z-10 flex h-14 border-line border-t bg-panel pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {SCREENS.map(({ path, name, icon, isCurrent }) => (
        <Link
          key={path}
          href={search ? `${path}?${search}` : path}
          prefetch={false}
          aria-current={isCurrent(pathname) ? 'page' : undefined}
          className={classNames(ITEM, isCurrent(pathname) ? 'font-medium text-accent' : 'text-muted')}
        >
          <Icon name={icon} size={18} />
          {name}
        </Link>
      ))}
      <button type="button" onClick={onWatch} className={`${ITEM} text-muted`}>
        <Icon name="eye" size={18} />
        Watch
      </button>
      <button type="button" onClick={onSearch} className={`${ITEM} text-muted`}>
        <Icon name="search" size={18} />
        Search
      </button>
    </nav>
  );
}
