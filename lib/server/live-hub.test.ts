import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, custom } from 'viem';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { policy } from '@/lib/config/policy';
import { toAssetId } from '@/lib/domain/asset';
import { FakeClock } from '@/lib/feeds/fake-clock';
import type { ChainStatus, StreamEvent } from '@/lib/feeds/stream-protocol';
import { formatHealth } from './health';
import { type LiveHub, startLiveHub, toMarketStatus } from './live-hub';

const ETH = toAssetId(31_337, `0x${'11'.repeat(20)}`);
const starting: ChainStatus = {
  state: 'starting',
  identity: undefined,
  block: undefined,
  blockSeenAtMs: undefined,
  transport: 'polling',
  problem: undefined,
};

let clock: FakeClock;
let simulator: ReturnType<typeof createServer>;
let streams: ServerResponse[];
let chain: ChainStatus;
let chainListeners: Set<(status: ChainStatus) => void>;
let hub: LiveHub;
let events: { id: number; event: StreamEvent }[];

beforeEach(async () => {
  clock = new FakeClock();
  streams = [];
  chain = starting;
  chainListeners = new Set();
  events = [];
  simulator = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    streams.push(response);
  });
  await new Promise<void>((resolve) => simulator.listen(0, '127.0.0.1', resolve));
  hub = startLiveHub({
    clock,
    chain: {
      status: () => chain,
      subscribe: (listener) => {
        chainListeners.add(listener);
        return () => void chainListeners.delete(listener);
      },
      watchLogs: () => () => {},
      stop: () => {},
    },
    context: {
      config: { chainId: 31_337, name: 'Test', stalledAfterMs: 4_000, multicall3: `0x${'99'.repeat(20)}` },
      client: createClient({ transport: custom({ request: () => Promise.reject(new Error('no chain')) }) }),
      market: { url: `http://127.0.0.1:${(simulator.address() as AddressInfo).port}`, token: undefined },
    },
  });
  hub.subscribe((id, event) => events.push({ id, event }));
  await vi.waitFor(() => expect(hub.market().state).toBe('late'));
});
afterEach(async () => {
  hub.stop();
  simulator.closeAllConnections();
  await new Promise((resolve) => simulator.close(resolve));
});

const tick = (sequence: number, price: string) =>
  streams
    .at(-1)
    ?.write(`event: market\ndata: ${JSON.stringify({ sequence, timeMs: sequence, prices: { [ETH]: price } })}\n\n`);
const marketEvents = () => events.flatMap(({ event }) => (event.type === 'market' ? [event] : []));

test('accepted prices go out; a refused one leaves the last with its age and is reported', async () => {
  tick(1, '3000');
  await vi.waitFor(() => expect(hub.market().state).toBe('live'));
  expect(marketEvents().at(-1)?.prices).toMatchObject([{ assetId: ETH, answer: 300_000_000_000n }]);
  const receivedAtMs = clock.now();
  clock.advance(1_000);
  tick(2, '-1');
  await vi.waitFor(() => expect(marketEvents().at(-1)?.rejected).toHaveLength(1));
  expect(hub.state()).toMatchObject({
    prices: [{ assetId: ETH, answer: 300_000_000_000n, receivedAtMs }],
    rejected: [{ assetId: ETH, atMs: clock.now() }],
  });
});

test('a feed that goes on talking nonsense is late, not live', async () => {
  tick(1, '3000');
  await vi.waitFor(() => expect(hub.market().state).toBe('live'));
  for (let n = 2; n < 10; n++) {
    clock.advance(1_000);
    tick(n, '0');
    await vi.waitFor(() => expect(hub.state().rejected).toHaveLength(n - 1));
  }
  expect(hub.market().state).toBe('late');
  expect(marketEvents().some(({ market }) => market.state === 'late')).toBe(true);
});

test('a feed that breaks off is down, and that is told', async () => {
  tick(1, '3000');
  await vi.waitFor(() => expect(hub.market().state).toBe('live'));
  streams[0]?.destroy();
  await vi.waitFor(() => expect(marketEvents().at(-1)?.market.state).toBe('down'));
  expect(hub.state().prices).toHaveLength(1);
});

test('heartbeats come every two seconds and numbers only grow', () => {
  clock.advance(10_000);
  const beats = events.filter(({ event }) => event.type === 'heartbeat');
  expect(beats).toHaveLength(10_000 / policy.stream.heartbeatEveryMs);
  const ids = events.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  expect(new Set(ids).size).toBe(ids.length);
  expect(hub.lastId()).toBe(ids.at(-1));
});

test('ready once the chain has been live, whatever comes after', () => {
  const become = (state: ChainStatus['state']) => {
    chain = { ...starting, state };
    for (const listener of chainListeners) listener(chain);
  };
  expect(hub.isReady()).toBe(false);
  become('live');
  become('unreachable');
  expect(hub.isReady()).toBe(true);
  const last = events.at(-1)?.event;
  expect(last).toMatchObject({ type: 'block', chain: { state: 'unreachable' } });
});

test('market status and health', () => {
  expect(toMarketStatus(undefined, undefined, 0).state).toBe('none');
  const health = formatHealth({
    ready: true,
    nowMs: 5_000,
    chain: {
      ...starting,
      block: { number: 2n ** 70n, hash: `0x${'0'.repeat(64)}`, timestampSeconds: 1 },
      blockSeenAtMs: 4_000,
    },
    market: toMarketStatus(undefined, undefined, 0),
    oracleFeeds: undefined,
  });
  expect(JSON.parse(JSON.stringify(health))).toMatchObject({
    ready: true,
    chain: { block: (2n ** 70n).toString(), blockAgeMs: 1_000 },
    feeds: { market: { state: 'none' } },
  });
});
