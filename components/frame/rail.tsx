'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useStore } from 'zustand';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Icon } from '@/components/ui/icon';
import { formatAddress } from '@/lib/format/format-address';
import { watchStore } from '@/lib/stores/watch-store';
import { useLatestReading } from './live-context';
import { SCREENS } from './screens';
import { useAppearance } from './use-appearance';
import { useShowAccounts } from './use-show-accounts';
import { useAccounts } from './use-view';

/** Number of positions shown, once they were read. */
function usePositionCount(): number | undefined {
  const reading = useLatestReading();
  const { shown } = useAccounts();
  if (!reading) return undefined;
  const addresses = new Set(shown.map(({ address }) => address));
  const owners = reading.result.owners.filter(({ owner }) => addresses.has(owner));
  const count = owners.reduce((sum, { positions }) => sum + positions.length, 0);
  // Of those who could not be read it is not known that they have none.
  return count === 0 && owners.some(({ problem }) => problem !== undefined) ? undefined : count;
}

/** The ways to the screens, down the left side; icons alone when collapsed. Hidden below 768 px. */
export function Rail({ onWatch }: { readonly onWatch: () => void }) {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const { appearance, change } = useAppearance();
  const count = usePositionCount();
  const collapsed = appearance.railCollapsed;

  return (
    <nav
      aria-label="Screens"
      className={classNames(
        'sticky top-12 flex h-[calc(100dvh-48px)] shrink-0 flex-col overflow-y-auto border-line border-r bg-panel px-2 py-3 max-md:hidden',
        collapsed ? 'w-14' : 'w-[200px]',
      )}
    >
      {SCREENS.map(({ path, name, icon, isCurrent }) => (
        <Link
          key={path}
          href={search ? `${path}?${search}` : path}
          prefetch={false}
          aria-current={isCurrent(pathname) ? 'page' : undefined}
          title={collapsed ? name : undefined}
          className={classNames(
            'mb-0.5 flex items-center gap-2.5 rounded-md px-2.5 py-1.5',
            collapsed && 'justify-center',
            isCurrent(pathname)
              ? 'bg-accent-weak font-medium text-accent'
              : 'text-muted hover:bg-sunken hover:text-text',
          )}
        >
          <Icon name={icon} />
          <span className={collapsed ? 'sr-only' : 'flex-1'}>{name}</span>
          {path === '/' && !collapsed && count !== undefined && (
            <span className="tabular-nums" title="Positions shown">
              {count}
            </span>
          )}
        </Link>
      ))}
      <WatchList collapsed={collapsed} onWatch={onWatch} />
      <span className="flex-1" />
      <Button
        kind="quiet"
        aria-label={collapsed ? 'Show names in the rail' : 'Collapse the rail to icons'}
        aria-expanded={!collapsed}
        title={collapsed ? 'Show names' : 'Collapse to icons'}
        className={collapsed ? '' : 'self-start'}
        onClick={() => change({ railCollapsed: !collapsed })}
      >
        <Icon name={collapsed ? 'expand' : 'collapse'} />
      </Button>
    </nav>
  );
}

function WatchList({ collapsed, onWatch }: { readonly collapsed: boolean; readonly onWatch: () => void }) {
  const entries = useStore(watchStore, (state) => state.entries);
  const { scope, shown } = useAccounts();
  const showAccounts = useShowAccounts();
  const fromLink = shown.filter(
    ({ address, kind }) => kind === 'watched' && !entries.some((entry) => entry.address === address),
  );
  const isShown = (address: string) => scope === 'watched' && shown.some((account) => account.address === address);

  if (collapsed) {
    return (
      <Button kind="quiet" aria-label="Watch an address" title="Watch an address" className="mt-4" onClick={onWatch}>
        <Icon name="eye" />
      </Button>
    );
  }
  return (
    <section aria-labelledby="watching" className="mt-4">
      <h2 id="watching" className="mx-2.5 mb-1 text-[11px] text-faint">
        Watching
      </h2>
      <ul>
        {entries.map(({ address, label }) => (
          <li key={address} className="group flex items-center rounded-md hover:bg-sunken">
            <button
              type="button"
              title={address}
              aria-pressed={isShown(address)}
              onClick={() => showAccounts('watched', [address])}
              className={classNames(
                'min-w-0 flex-1 truncate rounded-md px-2.5 py-1.5 text-left',
                !label && 'mono',
                isShown(address) ? 'text-accent' : 'text-muted',
              )}
            >
              {label ?? formatAddress(address)}
            </button>
            <button
              type="button"
              aria-label={`Stop watching ${label ?? address}`}
              onClick={() => watchStore.getState().remove(address)}
              className="mr-1 rounded p-1 text-faint opacity-0 hover:text-text focus-visible:opacity-100 group-hover:opacity-100 [@media(hover:none)]:opacity-100"
            >
              <Icon name="close" size={12} />
            </button>
          </li>
        ))}
        {fromLink.map(({ address }) => (
          <li key={address} className="flex items-center">
            <span className="mono min-w-0 flex-1 truncate px-2.5 py-1.5 text-accent" title={address}>
              {formatAddress(address)}
            </span>
            <button
              type="button"
              title="Keep on your list"
              aria-label={`Keep watching ${address}`}
              onClick={() => watchStore.getState().add(address)}
              className="mr-1 rounded px-1 text-[11px] text-accent hover:bg-accent-weak"
            >
              keep
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        onClick={onWatch}
        className="w-full rounded-md px-2.5 py-1.5 text-left text-faint hover:bg-sunken hover:text-text"
      >
        + Watch an address
      </button>
    </section>
  );
}
