'use client';

import { useQueryStates } from 'nuqs';
import { type ReactNode, useMemo } from 'react';
import { useStore } from 'zustand';
import { policy } from '@/lib/config/policy';
import type { WatchedAccount } from '@/lib/domain/position';
import { formatAddress } from '@/lib/format/format-address';
import { accountStore } from '@/lib/stores/account-store';
import { viewParsers } from '@/lib/stores/view-state';
import { watchStore } from '@/lib/stores/watch-store';
import { useLiveContext } from './live-context';
import { parseWatched } from './parse-watched';
import { type AccountsInView, type View, ViewContext } from './use-view';

function useAccountsOf({ accounts, watch }: View[0]): AccountsInView {
  const { demoAccounts } = useLiveContext();
  const entries = useStore(watchStore, (state) => state.entries);
  const wallet = useStore(accountStore, (state) => state.wallet);

  return useMemo(() => {
    const { addresses, invalid } = parseWatched(watch);
    const bounded = addresses.slice(0, policy.demo.maxWatched);
    const watched = bounded.map((address): WatchedAccount => {
      const entry = entries.find((known) => known.address === address);
      const demo = demoAccounts.find((account) => account.address === address);
      if (demo) return entry?.label ? { ...demo, label: entry.label } : demo;
      if (wallet?.address === address) return { address, label: entry?.label ?? 'Your wallet', kind: 'wallet' };
      return { address, label: entry?.label ?? formatAddress(address), kind: 'watched' };
    });
    const scope = accounts ?? (watch.length > 0 || demoAccounts.length === 0 ? 'watched' : 'demo');
    const read = [
      ...demoAccounts,
      ...watched.filter(({ address }) => !demoAccounts.some((demo) => demo.address === address)),
    ];
    const shown = scope === 'demo' ? demoAccounts : scope === 'watched' ? watched : read;
    return { scope, shown, read, invalid, leftOutCount: addresses.length - bounded.length };
  }, [accounts, watch, demoAccounts, entries, wallet]);
}

/** Reads the link once for all who ask what it says: reading it in each of them, at each tick, was a quarter of the work of a tick. */
export function ViewProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useQueryStates(viewParsers, { history: 'replace', shallow: true });
  const accounts = useAccountsOf(state);
  const value = useMemo(() => ({ view: [state, setState] as View, accounts }), [state, setState, accounts]);
  return <ViewContext value={value}>{children}</ViewContext>;
}
