import { describe, expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { type Hash, toAssetId } from '@/lib/domain/asset';
import type { ChainStatus, MarketFeedStatus, StreamEvent } from '@/lib/feeds/stream-protocol';
import { createLiveStore } from './live-store';

const hash = (n: number): Hash => `0x${n.toString(16).padStart(64, '0')}`;
const chain = (number: bigint): ChainStatus => ({
  state: 'live',
  identity: { chainId: 31_337, genesisHash: hash(1) },
  block: { number, hash: hash(Number(number)), timestampSeconds: 1 },
  blockSeenAtMs: 1,
  transport: 'websocket',
  problem: undefined,
});
const market: MarketFeedStatus = {
  state: 'live',
  source: 'test',
  lastTickAtMs: 1,
  latencyMs: undefined,
  simulation: undefined,
  problem: undefined,
};
const ETH = toAssetId(31_337, `0x${'11'.repeat(20)}`);
const BTC = toAssetId(31_337, `0x${'22'.repeat(20)}`);
const price = (assetId: typeof ETH, answer: bigint) => ({
  assetId,
  answer,
  observedAtMs: 1,
  receivedAtMs: 1,
  source: 'test',
});
const heartbeat = (serverTimeMs: number, number = 5n): StreamEvent => ({
  type: 'heartbeat',
  serverTimeMs,
  chain: chain(number),
  market,
});
const state = (serverTimeMs: number): Extract<StreamEvent, { type: 'state' }> => ({
  type: 'state',
  serverTimeMs,
  chain: chain(5n),
  market,
  prices: [price(ETH, 3n)],
  rejected: [],
  latestWrites: [],
  writesGenesisHash: undefined,
});

/** The browser's clock is 1,000,000 ms behind the server's. */
const OFFSET = 1_000_000;
function create(initial?: Extract<StreamEvent, { type: 'state' }>) {
  const clock = { nowMs: 5_000 };
  const store = createLiveStore(initial, () => clock.nowMs);
  const apply = (event: StreamEvent) => store.getState().applyEvent(event);
  const wait = (ms: number) => {
    clock.nowMs += ms;
    store.getState().tick(clock.nowMs);
  };
  return { clock, store, apply, wait };
}

describe('connection', () => {
  test('connecting, live with the first event, lost after silence, live again', () => {
    const { store, apply, wait, clock } = create();
    expect(store.getState()).toMatchObject({ connection: 'connecting', chain: undefined });
    wait(policy.stream.lostAfterMs);
    expect(store.getState().connection).toBe('connecting');
    apply(heartbeat(clock.nowMs + OFFSET));
    expect(store.getState().connection).toBe('live');
    wait(policy.stream.lostAfterMs);
    expect(store.getState().connection).toBe('live');
    wait(1);
    expect(store.getState().connection).toBe('lost');
    apply(heartbeat(clock.nowMs + OFFSET));
    expect(store.getState().connection).toBe('live');
  });

  test('never connected is lost in the end, even with a first state from the server', () => {
    const { store, wait } = create(state(5_000 + OFFSET));
    expect(store.getState().connection).toBe('connecting');
    wait(policy.stream.lostAfterMs + 1);
    expect(store.getState().connection).toBe('lost');
  });

  test('old events that arrive late are no sign of life', () => {
    const { store, apply, wait, clock } = create();
    apply(heartbeat(clock.nowMs + OFFSET));
    wait(60_000);
    expect(store.getState().connection).toBe('lost');
    apply(heartbeat(clock.nowMs + OFFSET - 50_000));
    expect(store.getState().connection).toBe('lost');
    apply(heartbeat(clock.nowMs + OFFSET));
    expect(store.getState().connection).toBe('live');
  });

  test('a clock that was set back does not keep a dead connection alive', () => {
    const { store, apply, clock } = create();
    apply(heartbeat(clock.nowMs + OFFSET));
    clock.nowMs -= 3_600_000;
    store.getState().tick(clock.nowMs);
    clock.nowMs += policy.stream.lostAfterMs + 1;
    store.getState().tick(clock.nowMs);
    expect(store.getState().connection).toBe('lost');
  });
});

describe('time', () => {
  test('starts at the server’s time of the page, so that both sides draw the same', () => {
    const { store } = create(state(9_999));
    expect(store.getState().nowMs).toBe(9_999);
    expect(store.getState().prices.get(ETH)?.answer).toBe(3n);
  });

  test('the offset is the greatest sample, since the way only ever delays', () => {
    const { store, apply, wait, clock } = create(state(5_000 + OFFSET - 800));
    expect(store.getState().clockOffsetMs).toBe(OFFSET - 800);
    apply(heartbeat(clock.nowMs + OFFSET - 5));
    apply(heartbeat(clock.nowMs + OFFSET - 300));
    expect(store.getState().clockOffsetMs).toBe(OFFSET - 5);
    wait(1_000);
    expect(store.getState().nowMs).toBe(clock.nowMs + OFFSET - 5);
  });
});

describe('events', () => {
  test('prices are merged, a state replaces them, rejections are kept newest first and bounded', () => {
    const { store, apply } = create();
    apply(state(1));
    const reject = (n: number) => ({ assetId: ETH, reason: `${n}`, atMs: n });
    const send = (prices: ReturnType<typeof price>[], n: number): void =>
      apply({ type: 'market', serverTimeMs: n, market, prices, rejected: [reject(n)] });
    send([price(BTC, 9n)], 1);
    expect([...store.getState().prices.keys()]).toEqual([ETH, BTC]);
    for (let n = 2; n < 50; n++) send([], n);
    expect(store.getState().rejected).toHaveLength(policy.market.keptRejections);
    expect(store.getState().rejected[0]?.reason).toBe('49');
    apply(state(2));
    expect([...store.getState().prices.keys()]).toEqual([ETH]);
  });

  test('the newest write of each feed is kept until another chain answers', () => {
    const feed = `0x${'33'.repeat(20)}` as const;
    const write = (roundId: bigint) => ({ feed, answer: roundId, roundId, updatedAtSeconds: 1, before: undefined });
    const { store, apply } = create({ ...state(1), latestWrites: [write(1n)], writesGenesisHash: hash(1) });
    const rounds = () => [...store.getState().latestWrites.byFeed.values()].map(({ roundId }) => roundId);
    expect(rounds()).toEqual([1n]);
    apply({ type: 'block', serverTimeMs: 1, chain: chain(6n), writes: [write(2n), write(3n)] });
    expect(rounds()).toEqual([3n]);
    const restarted = { ...chain(1n), identity: { chainId: 31_337, genesisHash: hash(2) } };
    apply({ type: 'heartbeat', serverTimeMs: 2, chain: restarted, market });
    expect(rounds()).toEqual([]);
  });

  test('opened while another chain answers, the writes of the right one are there when it is back', () => {
    const write = {
      feed: `0x${'33'.repeat(20)}`,
      answer: 1n,
      roundId: 4n,
      updatedAtSeconds: 1,
      before: undefined,
    } as const;
    const wrong: ChainStatus = { ...chain(5n), state: 'wrong-chain', identity: undefined, block: undefined };
    const sent = { ...state(1), chain: wrong, latestWrites: [write], writesGenesisHash: hash(1) };
    for (const { store, apply } of [create(sent), create()]) {
      apply(sent);
      apply({ type: 'heartbeat', serverTimeMs: 2, chain: wrong, market });
      apply({ type: 'heartbeat', serverTimeMs: 3, chain: chain(6n), market });
      expect([...store.getState().latestWrites.byFeed.values()]).toEqual([write]);
    }
    const { store } = create(sent);
    expect([...store.getState().latestWrites.byFeed.values()]).toEqual([write]);
  });

  test('what did not change stays the same object', () => {
    const { store, apply } = create();
    apply(heartbeat(1));
    const before = store.getState();
    apply(heartbeat(2));
    expect(store.getState().chain).toBe(before.chain);
    expect(store.getState().market).toBe(before.market);
    apply(heartbeat(3, 6n));
    expect(store.getState().chain).not.toBe(before.chain);
    expect(store.getState().chain?.identity).toBe(before.chain?.identity);
  });

  test('malformed events are counted', () => {
    const { store } = create();
    store.getState().reportMalformed();
    expect(store.getState().malformedCount).toBe(1);
  });
});
