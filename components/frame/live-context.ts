'use client';

import { createContext, startTransition, useContext, useEffect, useState } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { ChainConfig } from '@/lib/domain/chain';
import type { WatchedAccount } from '@/lib/domain/position';
import type { LiveState, LiveStore } from '@/lib/stores/live-store';
import type { ReadResult } from '@/lib/venues/read-positions';

/** Positions as they were read, and when (the server's wall clock). */
export interface Reading {
  readonly result: ReadResult;
  readonly readAtMs: number;
}

export interface LiveContextValue {
  readonly config: ChainConfig;
  readonly demoAccounts: readonly WatchedAccount[];
  readonly liveStore: LiveStore;
  /** The newest reading of all; at first the demo accounts', as the server read them for the first paint. */
  readonly readingStore: StoreApi<{ readonly latest: Reading | undefined }>;
}

export const LiveContext = createContext<LiveContextValue | undefined>(undefined);

/** What every screen shares: the chain's configuration, the demo accounts, the live store. */
export function useLiveContext(): LiveContextValue {
  const value = useContext(LiveContext);
  if (!value) throw new Error('useLiveContext needs LiveProvider above it.');
  return value;
}

/** One part of the live state; draws again only when that part changes. */
export function useLive<T>(select: (state: LiveState) => T): T {
  return useStore(useLiveContext().liveStore, select);
}

/**
 * As `useLive`, for what may wait a moment: its news are drawn in pieces between everything urgent, where those of `useLive` are drawn in
 * one go at once. `select` must be one and the same function each time.
 */
export function useLiveLater<T>(select: (state: LiveState) => T): T {
  const { liveStore } = useLiveContext();
  const [value, setValue] = useState(() => select(liveStore.getState()));
  useEffect(() => {
    let seen: T | undefined;
    const follow = () => {
      const next = select(liveStore.getState());
      if (next === seen) return;
      seen = next;
      startTransition(() => setValue(() => next));
    };
    follow();
    return liveStore.subscribe(follow);
  }, [liveStore, select]);
  return value;
}

/** The newest reading, whoever asked for it. */
export const useLatestReading = (): Reading | undefined =>
  useStore(useLiveContext().readingStore, (state) => state.latest);
