import 'server-only';
import type { FeedStatus } from '@/lib/feeds/price-feed';
import type { ChainStatus, MarketFeedStatus } from '@/lib/feeds/stream-protocol';

export interface HealthInput {
  readonly ready: boolean;
  readonly nowMs: number;
  readonly chain: ChainStatus;
  readonly market: MarketFeedStatus;
  readonly oracleFeeds: FeedStatus | undefined;
}

/** State of chain and feeds as plain JSON for people and monitors: block number as a decimal string, ages in milliseconds. Pure. */
export function formatHealth({ ready, nowMs, chain, market, oracleFeeds }: HealthInput) {
  return {
    ready,
    chain: {
      state: chain.state,
      chainId: chain.identity?.chainId,
      genesisHash: chain.identity?.genesisHash,
      block: chain.block?.number.toString(),
      blockAgeMs: chain.blockSeenAtMs === undefined ? undefined : Math.max(0, nowMs - chain.blockSeenAtMs),
      transport: chain.transport,
      problem: chain.problem,
    },
    feeds: {
      oracle: oracleFeeds && { state: oracleFeeds.state, problem: oracleFeeds.problem },
      market: {
        state: market.state,
        source: market.source,
        lastTickAgeMs: market.lastTickAtMs === undefined ? undefined : Math.max(0, nowMs - market.lastTickAtMs),
        problem: market.problem,
      },
    },
  };
}
