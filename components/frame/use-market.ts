'use client';

import { useMemo } from 'react';
import type { MarketFeedStatus } from '@/lib/feeds/stream-protocol';
import { useLive } from './live-context';

/** State of the market feed; down while the connection that tells of it is lost, whatever was heard last. */
export function useMarket(): MarketFeedStatus | undefined {
  const market = useLive((state) => state.market);
  const isLost = useLive((state) => state.connection === 'lost');
  return useMemo(
    () =>
      market && isLost && market.state !== 'none'
        ? { ...market, state: 'down', latencyMs: undefined, problem: 'The connection to Ballast is lost.' }
        : market,
    [market, isLost],
  );
}
