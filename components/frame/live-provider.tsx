'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { createStore } from 'zustand/vanilla';
import type { ChainConfig } from '@/lib/domain/chain';
import type { WatchedAccount } from '@/lib/domain/position';
import type { StreamEvent } from '@/lib/feeds/stream-protocol';
import { createLiveStore } from '@/lib/stores/live-store';
import { watchStore } from '@/lib/stores/watch-store';
import { LiveContext, type LiveContextValue, type Reading } from './live-context';
import { startOnceLoaded } from './start-once-loaded';

const TICK_MS = 500;

export interface LiveProviderProps {
  readonly config: ChainConfig;
  readonly demoAccounts: readonly WatchedAccount[];
  readonly status: Extract<StreamEvent, { type: 'state' }>;
  readonly reading: Reading | undefined;
  readonly children: ReactNode;
}

/** Starts from what the server knew when it made the page, then listens to the stream. One for the whole app. */
export function LiveProvider({ config, demoAccounts, status, reading, children }: LiveProviderProps) {
  const [queryClient] = useState(() => new QueryClient());
  const [value] = useState<LiveContextValue>(() => ({
    config,
    demoAccounts,
    liveStore: createLiveStore(status),
    readingStore: createStore(() => ({ latest: reading })),
  }));

  useEffect(() => {
    const { liveStore } = value;
    // After the first paint: nothing of this is needed to show what the server read.
    const stream = startOnceLoaded(async () => {
      const { startStreamClient } = await import('@/lib/feeds/stream-client');
      return () => startStreamClient(liveStore);
    });
    stream.tryStart();
    const ticking = setInterval(() => {
      liveStore.getState().tick(Date.now());
      // A network that was away for a moment when the page opened must not leave it without a stream.
      stream.tryStart();
    }, TICK_MS);
    return () => {
      stream.stop();
      clearInterval(ticking);
    };
  }, [value]);

  useEffect(() => {
    const { load } = watchStore.getState();
    load();
    addEventListener('storage', load);
    return () => removeEventListener('storage', load);
  }, []);

  return (
    <QueryClientProvider client={queryClient}>
      <LiveContext value={value}>{children}</LiveContext>
    </QueryClientProvider>
  );
}
