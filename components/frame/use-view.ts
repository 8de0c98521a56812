'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { policy } from '@/lib/config/policy';
import { type Address, parseAddress } from '@/lib/domain/asset';
import type { WatchedAccount } from '@/lib/domain/position';
import { formatAddress } from '@/lib/format/format-address';
import { accountStore } from '@/lib/stores/account-store';
import { type AccountScope, viewParsers } from '@/lib/stores/view-state';
import { watchStore } from '@/lib/stores/watch-store';
import { useLiveContext } from './live-context';

export interface AccountsInView {
  readonly scope: AccountScope;
  /** Whose positions are shown. */
  readonly shown: readonly WatchedAccount[];
  /** Everyone read: shown or only a click away. */
  readonly read: readonly WatchedAccount[];
  /** Texts in the link that are no addresses. */
  readonly invalid: readonly string[];
  /** Addresses the link names beyond what is read at once. */
  readonly leftOutCount: number;
}

/** The view as its link says it, and how to change it. */
export const useView = () => useQueryStates(viewParsers, { history: 'replace', shallow: true });

/** Whose positions the link asks for, with the names this device knows them by. */
export function useAccounts(): AccountsInView {
  const { demoAccounts } = useLiveContext();
  const [{ accounts, watch }] = useView();
  const entries = useStore(watchStore, (state) => state.entries);
  const wallet = useStore(accountStore, (state) => state.wallet);

  return useMemo(() => {
    const addresses: Address[] = [];
    const invalid: string[] = [];
    for (const text of watch) {
      try {
        const address = parseAddress(text);
        if (!addresses.includes(address)) addresses.push(address);
      } catch {
        invalid.push(text);
      }
    }
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
