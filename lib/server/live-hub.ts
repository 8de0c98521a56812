import 'server-only';
import { policy } from '@/lib/config/policy';
import type { AssetId } from '@/lib/domain/asset';
import { type Clock, repeat } from '@/lib/feeds/clock';
import { mergeLatestWrites, NO_WRITES, toSentWrites } from '@/lib/feeds/latest-writes';
import type { FeedContext, FeedEvent, FeedStatus } from '@/lib/feeds/price-feed';
import { feeds } from '@/lib/feeds/registry';
import type { ChainStatus, MarketFeedStatus, RejectedTick, StreamEvent } from '@/lib/feeds/stream-protocol';
import { emptyTickGuard, judgeTicks, startSession } from '@/lib/feeds/tick-guard';
import type { ChainHub } from './chain-hub';

export type StateEvent = Extract<StreamEvent, { type: 'state' }>;
type StreamListener = (id: number, event: StreamEvent) => void;

/** All that is live on the server: the chain, its price feeds and the market, as one sequence of events. */
export interface LiveHub {
  chain(): ChainStatus;
  market(): MarketFeedStatus;
  oracleFeeds(): FeedStatus | undefined;
  /** Everything known now, as the first event of a stream. */
  state(): StateEvent;
  /** Number of the newest event. */
  lastId(): number;
  /** Whether the chain has been seen live since the start. */
  isReady(): boolean;
  subscribe(listener: StreamListener): () => void;
  stop(): void;
}

export interface LiveHubOptions {
  readonly clock: Clock;
  readonly chain: ChainHub;
  readonly context: Omit<FeedContext, 'clock' | 'chain'>;
}

const EVALUATE_EVERY_MS = 250;
const NO_MARKET: MarketFeedStatus = {
  state: 'none',
  source: undefined,
  lastTickAtMs: undefined,
  latencyMs: undefined,
  simulation: undefined,
  problem: undefined,
};

/** The market's state as people see it: its connection, and whether usable prices still come. Pure. */
export function toMarketStatus(
  feed: { readonly name: string; readonly status: FeedStatus } | undefined,
  acceptedAtMs: number | undefined,
  nowMs: number,
): MarketFeedStatus {
  if (!feed) return NO_MARKET;
  const { state, simulation, latencyMs, problem } = feed.status;
  const base = { source: feed.name, lastTickAtMs: acceptedAtMs, latencyMs, simulation };
  if (state !== 'open') {
    return { ...base, state: 'down', problem: problem ?? 'The market feed has not answered yet.' };
  }
  if (acceptedAtMs === undefined || nowMs - acceptedAtMs >= policy.market.lateAfterMs) {
    return { ...base, state: 'late', problem: problem ?? 'The market feed sends no usable prices.' };
  }
  return { ...base, state: 'live', problem };
}

/** Joins chain, oracle feeds and market into numbered events, with a heartbeat. Starts at once. */
export function startLiveHub({ clock, chain, context }: LiveHubOptions): LiveHub {
  const feedContext: FeedContext = { ...context, clock, chain };
  const oracle = feeds.chainlink.create(feedContext);
  const market = feeds.simulated.create(feedContext);
  const ownAsset = new RegExp(`^eip155:${context.config.chainId}/erc20:0x[0-9a-f]{40}$`);
  const isKnown = (assetId: string): assetId is AssetId => {
    const assets = oracle.assets();
    return assets ? (assets as ReadonlySet<string>).has(assetId) : ownAsset.test(assetId);
  };
  const listeners = new Set<StreamListener>();
  let guard = emptyTickGuard;
  let rejections: readonly RejectedTick[] = [];
  let acceptedAtMs: number | undefined;
  let latestWrites = NO_WRITES;
  let id = 0;
  let ready = false;

  const chainStatus = (): ChainStatus => chain.status();
  const marketStatus = (): MarketFeedStatus =>
    toMarketStatus(market && { name: market.name, status: market.status() }, acceptedAtMs, clock.now());
  let publishedMarket = marketStatus();

  const publish = (event: StreamEvent): void => {
    id += 1;
    for (const listener of [...listeners]) listener(id, event);
  };
  const onChain = (status: ChainStatus): void => {
    ready ||= status.state === 'live';
    latestWrites = mergeLatestWrites(latestWrites, status, []);
    publish({ type: 'block', serverTimeMs: clock.now(), chain: status, writes: [] });
  };
  const publishMarket = (prices: StateEvent['prices'], rejected: readonly RejectedTick[]): void => {
    publishedMarket = marketStatus();
    publish({ type: 'market', serverTimeMs: clock.now(), market: publishedMarket, prices, rejected });
  };
  const onMarket = (event: FeedEvent): void => {
    if (event.type === 'session') guard = startSession(guard);
    if (event.type === 'status') publishMarket([], []);
    if (event.type !== 'ticks' || !market) return;
    const { receivedAtMs } = event;
    const judged = judgeTicks(guard, event.ticks, {
      isKnown,
      source: market.name,
      receivedAtMs,
      limits: policy.market,
    });
    guard = judged.state;
    rejections = [...judged.rejected, ...rejections].slice(0, policy.market.keptRejections);
    if (judged.accepted.length > 0) acceptedAtMs = receivedAtMs;
    publishMarket(judged.accepted, judged.rejected);
  };
  const onOracle = (event: FeedEvent): void => {
    if (event.type !== 'writes') return;
    const status = chainStatus();
    latestWrites = mergeLatestWrites(latestWrites, status, event.writes);
    publish({ type: 'block', serverTimeMs: clock.now(), chain: status, writes: event.writes });
  };

  const endings = [
    chain.subscribe(onChain),
    oracle.subscribe(onOracle),
    market?.subscribe(onMarket) ?? (() => {}),
    repeat(clock, EVALUATE_EVERY_MS, () => {
      if (marketStatus().state !== publishedMarket.state) publishMarket([], []);
    }),
    repeat(clock, policy.stream.heartbeatEveryMs, () => {
      publish({ type: 'heartbeat', serverTimeMs: clock.now(), chain: chainStatus(), market: marketStatus() });
    }),
  ];
  return {
    chain: chainStatus,
    market: marketStatus,
    oracleFeeds: () => oracle.status(),
    state: () => ({
      type: 'state',
      serverTimeMs: clock.now(),
      chain: chainStatus(),
      market: marketStatus(),
      prices: [...guard.accepted.values()],
      rejected: rejections,
      ...toSentWrites(latestWrites),
    }),
    lastId: () => id,
    isReady: () => ready || chainStatus().state === 'live',
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    stop() {
      for (const end of endings) end();
      listeners.clear();
      oracle.stop();
      market?.stop();
      chain.stop();
    },
  };
}
