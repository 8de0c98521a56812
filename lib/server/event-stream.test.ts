import { expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { EventStreamParser } from '@/lib/feeds/simulated/event-stream';
import type { StreamEvent } from '@/lib/feeds/stream-protocol';
import { parseStreamEvent } from '@/lib/feeds/stream-schema';
import { openEventStream } from './event-stream';
import type { StateEvent } from './live-hub';

const base = {
  serverTimeMs: 1,
  chain: {
    state: 'starting',
    identity: undefined,
    block: { number: 2n ** 80n, hash: `0x${'0'.repeat(64)}`, timestampSeconds: 1 },
    blockSeenAtMs: undefined,
    transport: 'polling',
    problem: undefined,
  },
  market: {
    state: 'none',
    source: undefined,
    lastTickAtMs: undefined,
    latencyMs: undefined,
    simulation: undefined,
    problem: undefined,
  },
} as const;
const heartbeat: StreamEvent = { type: 'heartbeat', ...base };
const stateEvent = (serverTimeMs: number): StateEvent => ({
  type: 'state',
  ...base,
  serverTimeMs,
  prices: [],
  rejected: [],
  latestWrites: [],
  writesGenesisHash: undefined,
});

function open() {
  const listeners = new Set<(id: number, event: StreamEvent) => void>();
  let id = 7;
  let closed = 0;
  const abort = new AbortController();
  const hub = {
    lastId: () => id,
    state: () => stateEvent(id),
    subscribe: (listener: (id: number, event: StreamEvent) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const publish = (event: StreamEvent = heartbeat) => {
    id += 1;
    for (const listener of listeners) listener(id, event);
  };
  const stream = openEventStream(hub, abort.signal, () => {
    closed += 1;
  });
  const reader = stream.getReader();
  const parser = new EventStreamParser(100_000);
  const read = async () => {
    const { value, done } = await reader.read();
    if (done) return undefined;
    const [message] = parser.push(new TextDecoder().decode(value));
    const event = parseStreamEvent(message?.data ?? '');
    expect(message?.event).toBe(event?.type);
    return event;
  };
  return { publish, read, reader, abort, listeners, closed: () => closed };
}

test('the state comes first, then every event, as the browser reads them', async () => {
  const { publish, read } = open();
  expect(await read()).toEqual(stateEvent(7));
  publish();
  publish({ type: 'block', ...base, writes: [] });
  expect(await read()).toEqual(heartbeat);
  expect((await read())?.type).toBe('block');
});

test('a slow reader loses what does not fit and then gets the newest state, not a heap of old events', async () => {
  const { publish, read, listeners } = open();
  await read();
  const slow = policy.stream.queuedEvents * 10;
  for (let i = 0; i < slow; i++) publish({ type: 'block', ...base, writes: [] });
  let count = 0;
  let event = await read();
  while (event?.type === 'block') {
    count += 1;
    event = await read();
  }
  expect(count).toBeLessThanOrEqual(policy.stream.queuedEvents + 1);
  expect(event).toMatchObject({ type: 'state', serverTimeMs: 7 + slow });
  publish();
  expect(await read()).toEqual(heartbeat);
  expect(listeners.size).toBe(1);
});

test('a reader that takes nothing for many heartbeats is given up', async () => {
  const { publish, read, listeners, closed } = open();
  await read();
  for (let i = 0; i < policy.stream.queuedEvents + 20; i++) publish();
  expect([listeners.size, closed()]).toEqual([0, 1]);
});

test.each(['abort', 'cancel'] as const)('%s ends the subscription, once', async (how) => {
  const { publish, read, reader, abort, listeners, closed } = open();
  await read();
  if (how === 'abort') abort.abort();
  else await reader.cancel();
  abort.abort();
  publish();
  expect([listeners.size, closed()]).toEqual([0, 1]);
});
