'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { WalletButton } from '@/components/wallet/wallet-button';
import { AccountsPill } from './accounts-pill';
import { ChainPill } from './chain-pill';
import { lazyAfterFirstPaint } from './lazy-after-first-paint';
import { useLiveContext } from './live-context';
import { ThemeButton } from './theme-button';
import { useShowAccounts } from './use-show-accounts';

/** Judges every oracle, so it comes with the engine: the server draws it, the browser takes it over after the first paint. */
const FeedsPill = lazyAfterFirstPaint(() => import('./feeds-pill').then(({ FeedsPill }) => ({ default: FeedsPill })));
/** Its alerts come by a stream of their own, after the first paint. */
const AlertBell = lazyAfterFirstPaint(() =>
  import('@/components/alerts/alert-bell').then(({ AlertBell }) => ({ default: AlertBell })),
);

function Logo() {
  return (
    <svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20" className="text-accent">
      <circle cx="10" cy="10" r="8.5" fill="none" stroke="currentColor" strokeWidth="2.4" />
      <path d="M2 11h16a8 8 0 0 1-16 0z" fill="currentColor" />
    </svg>
  );
}

/** Whose positions, how chain and feeds stand, and the ways to everything else. */
export function TopBar({ onWatch, onSearch }: { readonly onWatch: () => void; readonly onSearch: () => void }) {
  const { config } = useLiveContext();
  const showAccounts = useShowAccounts();
  const search = useSearchParams().toString();
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-line border-b bg-panel px-4 max-sm:gap-1.5 max-sm:px-2">
      <Link
        href={search ? `/?${search}` : '/'}
        prefetch={false}
        className="flex w-[188px] shrink-0 items-center gap-2 font-semibold tracking-tight max-lg:w-auto"
      >
        <Logo />
        <span className="max-sm:sr-only">Ballast</span>
      </Link>
      <AccountsPill onWatch={onWatch} />
      <ChainPill />
      <FeedsPill />
      <span className="flex-1" />
      <Button className="text-muted max-md:hidden" onClick={onSearch} aria-keyshortcuts="Control+K Meta+K">
        Search <kbd className="kbd max-2xl:hidden">Ctrl K</kbd>
      </Button>
      <AlertBell />
      <ThemeButton />
      <WalletButton chain={config} onConnected={(address) => showAccounts('watched', [address])} />
    </header>
  );
}
