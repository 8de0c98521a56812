'use client';

import dynamic from 'next/dynamic';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { nudgeWhatIf } from '@/lib/scenarios/what-if';
import { BottomBar } from './bottom-bar';
import { LinkFaults } from './link-faults';
import { Rail } from './rail';
import type { Action } from './shortcuts';
import { StatusAnnouncer } from './status-announcer';
import { nextTheme } from './theme-button';
import { TopBar } from './top-bar';
import { useAppearance } from './use-appearance';
import { OpenWatchContext } from './use-open-watch';
import { useShortcuts } from './use-shortcuts';
import { useView } from './use-view';
import { WatchProblem } from './watch-problem';
import { WhatIfBand } from './what-if-band';

const Palette = dynamic(() => import('./palette').then(({ Palette }) => Palette), { ssr: false });
const KeyboardMap = dynamic(() => import('./keyboard-map').then(({ KeyboardMap }) => KeyboardMap), { ssr: false });
const RestartNotice = dynamic(() => import('./restart-notice').then(({ RestartNotice }) => RestartNotice), {
  ssr: false,
});
const WatchDialog = dynamic(() => import('./watch-dialog').then(({ WatchDialog }) => WatchDialog), { ssr: false });
const AlertsHost = dynamic(() => import('@/components/alerts/alerts-host').then(({ AlertsHost }) => AlertsHost), {
  ssr: false,
});
const PauseBanner = dynamic(() => import('@/components/alerts/pause-banner').then(({ PauseBanner }) => PauseBanner), {
  ssr: false,
});

const SHOCK_STEP_BPS = 500;

type Overlay = { readonly kind: 'palette' | 'keys' } | { readonly kind: 'watch'; readonly address?: string };

function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')].filter((row) => row.offsetParent !== null);
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next]?.focus();
}

/** Everything around a screen: bars, rail, keys, and what opens above them. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const [overlay, setOverlay] = useState<Overlay>();
  const { appearance, change } = useAppearance();
  const [{ shock }, setView] = useView();
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams().toString();

  const act = (action: Action): boolean => {
    const withSearch = (path: string) => (search ? `${path}?${search}` : path);
    switch (action) {
      case 'palette':
        setOverlay({ kind: 'palette' });
        return true;
      case 'help':
        setOverlay({ kind: 'keys' });
        return true;
      case 'go-positions':
        router.push(withSearch('/'));
        return true;
      case 'go-triggers':
        router.push(withSearch('/triggers'));
        return true;
      case 'go-risk':
        router.push(withSearch('/risk'));
        return true;
      case 'go-settings':
        router.push(withSearch('/settings'));
        return true;
      case 'filter': {
        const field = document.querySelector<HTMLInputElement>('[data-filter]');
        field?.focus();
        return field !== null;
      }
      case 'row-down':
        moveRow(1);
        return true;
      case 'row-up':
        moveRow(-1);
        return true;
      case 'shock-down':
        void setView({ shock: nudgeWhatIf(shock, -SHOCK_STEP_BPS) });
        return true;
      case 'shock-up':
        void setView({ shock: nudgeWhatIf(shock, SHOCK_STEP_BPS) });
        return true;
      case 'shock-reset':
        void setView({ shock: null });
        return true;
      case 'theme':
        change({ theme: nextTheme(appearance.theme) });
        return true;
      case 'alerts': {
        const bell = document.querySelector<HTMLElement>('[data-alert-bell] button');
        bell?.click();
        return bell !== null;
      }
      case 'newest-alert': {
        const newest = document.querySelector<HTMLElement>('[data-new-alerts] :is(a, button)');
        newest?.focus();
        return newest !== null;
      }
      case 'back':
        if (pathname.startsWith('/positions/')) router.push(withSearch('/'));
        else if (pathname.startsWith('/triggers/')) router.push('/triggers');
        else return false;
        return true;
    }
  };
  useShortcuts(act, overlay !== undefined);

  // What the server drew looks finished before it can be used: until then the pointer says so (globals.css).
  useEffect(() => {
    document.documentElement.dataset.interactive = '';
  }, []);

  const close = useCallback(() => setOverlay(undefined), []);
  const openWatch = useCallback(() => setOverlay({ kind: 'watch' }), []);
  const openPalette = useCallback(() => setOverlay({ kind: 'palette' }), []);

  return (
    <>
      <a
        href="#content"
        className="-translate-y-20 fixed top-2 left-2 z-30 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <TopBar onWatch={openWatch} onSearch={openPalette} />
      <div className="flex">
        <Rail onWatch={openWatch} />
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-5 pb-4 outline-none max-md:px-3 max-md:pb-20">
          {/* The height of its one line is kept free, so that nothing moves under a hand on a slider. */}
          <div className="-mx-5 sticky top-12 z-10 mb-1 min-h-[30px] max-md:-mx-3">
            <PauseBanner />
            <WhatIfBand />
            <LinkFaults />
          </div>
          <WatchProblem />
          <RestartNotice />
          <OpenWatchContext value={openWatch}>{children}</OpenWatchContext>
        </main>
      </div>
      <BottomBar onWatch={openWatch} onSearch={openPalette} />
      <StatusAnnouncer />
      <AlertsHost />
      {overlay?.kind === 'palette' && (
        <Palette onClose={close} onWatch={(address) => setOverlay({ kind: 'watch', address })} />
      )}
      {overlay?.kind === 'keys' && <KeyboardMap onClose={close} />}
      {overlay?.kind === 'watch' && (
        <WatchDialog onClose={close} {...(overlay.address ? { initial: overlay.address } : {})} />
      )}
    </>
  );
}
