import { createStore, type StoreApi } from 'zustand/vanilla';
import { policy } from '@/lib/config/policy';
import type { AssetId } from '@/lib/domain/asset';
import { encodeJson } from '@/lib/domain/codec';
import type { MarketPrice } from '@/lib/domain/price';
import { type LatestWrites, mergeLatestWrites, NO_WRITES, readSentWrites } from '@/lib/feeds/latest-writes';
import type { ChainStatus, MarketFeedStatus, RejectedTick, StreamEvent } from '@/lib/feeds/stream-protocol';

/**
 * What the browser knows of chain and market. Every time in it is on the server's wall clock, `nowMs` included, so that ages never mix two
 * clocks; a browser's own time is brought over by adding `clockOffsetMs`.
 */
export interface LiveState {
  /** Lost: nothing heard from the server for too long. */
  readonly connection: 'connecting' | 'live' | 'lost';
  /** Server's clock minus the browser's, milliseconds. */
  readonly clockOffsetMs: number;
  readonly nowMs: number;
  readonly chain: ChainStatus | undefined;
  readonly market: MarketFeedStatus | undefined;
  readonly prices: ReadonlyMap<AssetId, MarketPrice>;
  /** Newest first. */
  readonly rejected: readonly RejectedTick[];
  readonly latestWrites: LatestWrites;
  readonly lastHeardAtMs: number | undefined;
  /** Events that were dropped because they had no valid shape. */
  readonly malformedCount: number;
  applyEvent(event: StreamEvent): void;
  reportMalformed(): void;
  /** Moves time on; takes the browser's own clock. */
  tick(browserNowMs: number): void;
}

export type LiveStore = StoreApi<LiveState>;
type StateEvent = Extract<StreamEvent, { type: 'state' }>;

/** Samples of the clock offset that count: at some two events a second, about half a minute. */
const OFFSET_SAMPLES = 60;

/** The one before where nothing changed, so that nothing is drawn again for it. */
const keep = <T>(before: T, after: T): T => (encodeJson(before) === encodeJson(after) ? before : after);

function keepChain(before: ChainStatus | undefined, after: ChainStatus): ChainStatus {
  if (!before) return after;
  const merged = { ...after, identity: keep(before.identity, after.identity), block: keep(before.block, after.block) };
  return keep(before, merged);
}

const toPriceMap = (prices: readonly MarketPrice[]): ReadonlyMap<AssetId, MarketPrice> =>
  new Map(prices.map((price) => [price.assetId, price]));

/**
 * Makes the live store, from what the server knew when it made the page where that is at hand. `now` is the browser's clock.
 *
 * The offset between the clocks is the greatest of the recent samples: an event's way takes time and only ever makes a sample too small.
 */
export function createLiveStore(initial?: StateEvent, now: () => number = Date.now): LiveStore {
  let heardAtBrowserMs: number | undefined;
  let startedAtBrowserMs = now();
  const samples: number[] = [];
  const sampleOffset = (serverTimeMs: number): number => {
    samples.push(serverTimeMs - now());
    if (samples.length > OFFSET_SAMPLES) samples.shift();
    return Math.max(...samples);
  };

  return createStore<LiveState>()((set, get) => ({
    connection: 'connecting',
    clockOffsetMs: initial ? sampleOffset(initial.serverTimeMs) : 0,
    nowMs: initial?.serverTimeMs ?? startedAtBrowserMs,
    chain: initial?.chain,
    market: initial?.market,
    prices: toPriceMap(initial?.prices ?? []),
    rejected: initial?.rejected ?? [],
    latestWrites: initial ? readSentWrites(initial) : NO_WRITES,
    lastHeardAtMs: undefined,
    malformedCount: 0,

    applyEvent(event) {
      const state = get();
      const clockOffsetMs = sampleOffset(event.serverTimeMs);
      const nowMs = now() + clockOffsetMs;
      const change: { -readonly [K in keyof LiveState]?: LiveState[K] } = { clockOffsetMs, nowMs };
      // A page that slept may get a heap of old events at once: they are news, but no sign that the connection lives.
      if (nowMs - event.serverTimeMs <= policy.stream.lostAfterMs) {
        heardAtBrowserMs = now();
        change.connection = 'live';
        change.lastHeardAtMs = nowMs;
      }
      if ('chain' in event) {
        change.chain = keepChain(state.chain, event.chain);
        const writes = event.type === 'block' ? event.writes : [];
        change.latestWrites = mergeLatestWrites(state.latestWrites, event.chain, writes);
      }
      if ('market' in event) change.market = keep(state.market, event.market);
      if (event.type === 'state') {
        change.prices = toPriceMap(event.prices);
        change.rejected = event.rejected;
        change.latestWrites = readSentWrites(event);
      }
      if (event.type === 'market') {
        if (event.prices.length > 0) change.prices = new Map([...state.prices, ...toPriceMap(event.prices)]);
        if (event.rejected.length > 0) {
          change.rejected = [...event.rejected, ...state.rejected].slice(0, policy.market.keptRejections);
        }
      }
      set(change);
    },

    reportMalformed: () => set(({ malformedCount }) => ({ malformedCount: malformedCount + 1 })),

    tick(browserNowMs) {
      // A clock that was set back would keep a dead connection alive.
      startedAtBrowserMs = Math.min(startedAtBrowserMs, browserNowMs);
      if (heardAtBrowserMs !== undefined) heardAtBrowserMs = Math.min(heardAtBrowserMs, browserNowMs);
      const silentMs = browserNowMs - (heardAtBrowserMs ?? startedAtBrowserMs);
      const { connection, clockOffsetMs } = get();
      set({
        nowMs: browserNowMs + clockOffsetMs,
        connection: silentMs > policy.stream.lostAfterMs ? 'lost' : connection,
      });
    },
  }));
}
