import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { policy } from '@/lib/config/policy';
import { FakeClock } from '../fake-clock';
import type { FeedEvent, PriceFeed } from '../price-feed';
import { EventStreamParser } from './event-stream';
import { createSimulatedFeed } from './simulated-feed';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const run of cleanUp.splice(0).reverse()) await run();
});

async function startSimulator() {
  const streams: ServerResponse[] = [];
  const tokens: unknown[] = [];
  const server: Server = createServer((request, response) => {
    tokens.push(request.headers['x-ballast-token']);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    streams.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const send = (event: string, data: unknown) => {
    streams.at(-1)?.write(`event: ${event}\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, streams, tokens, send };
}

function start(url: string) {
  const clock = new FakeClock();
  const feed = createSimulatedFeed({ clock, market: { url, token: 'secret' } }) as PriceFeed;
  cleanUp.push(() => feed.stop());
  const events: FeedEvent[] = [];
  feed.subscribe((event) => events.push(event));
  const ticks = () => events.flatMap((event) => (event.type === 'ticks' ? event.ticks : []));
  return { clock, feed, events, ticks };
}

test('ticks and settings arrive; what is no tick is reported and skipped', async () => {
  const simulator = await startSimulator();
  const { clock, feed, ticks } = start(simulator.url);
  await vi.waitFor(() => expect(feed.status().state).toBe('open'));
  expect(simulator.tokens).toEqual(['secret']);
  simulator.send('market', { sequence: 7, timeMs: 5_000, sentAtMs: clock.now() - 3, prices: { a: '3000.5', b: -1 } });
  await vi.waitFor(() =>
    expect(ticks()).toEqual([
      { assetId: 'a', price: '3000.5', observedAtMs: 5_000, sequence: 7 },
      { assetId: 'b', price: '-1', observedAtMs: 5_000, sequence: 7 },
    ]),
  );
  expect(feed.status()).toMatchObject({ latencyMs: 3, lastHeardAtMs: clock.now() });
  const done = (n: number) => ({
    venue: 'aave-v3',
    account: `0x${'A1'.repeat(20)}`,
    debtAsset: `0x${'b2'.repeat(20)}`,
    repaid: '1234567890123456789012',
    collateralAsset: `0x${'c3'.repeat(20)}`,
    seized: '5',
    timestampSeconds: n,
  });
  simulator.send('state', {
    market: { seed: 1, speed: 60, paused: false, more: 1 },
    liquidator: { on: true, liquidations: [9, 8, 7, 6, 5, 4].map(done) },
  });
  await vi.waitFor(() =>
    expect(feed.status().simulation).toMatchObject({ seed: 1, speed: 60, paused: false, liquidatorOn: true }),
  );
  const { liquidations } = feed.status().simulation ?? {};
  expect(liquidations?.map(({ timestampSeconds }) => timestampSeconds)).toEqual([9, 8, 7, 6, 5]);
  expect(liquidations?.[0]).toEqual({
    account: `0x${'a1'.repeat(20)}`,
    debtAsset: `0x${'b2'.repeat(20)}`,
    repaid: 1_234_567_890_123_456_789_012n,
    collateralAsset: `0x${'c3'.repeat(20)}`,
    seized: 5n,
    timestampSeconds: 9,
  });
  simulator.send('market', '{"sequence":');
  await vi.waitFor(() => expect(feed.status().problem).toBeDefined());
  simulator.send('market', { sequence: 8, timeMs: 5_500, prices: { a: '3001' } });
  await vi.waitFor(() => expect(ticks()).toHaveLength(3));
  expect(feed.status().problem).toBeUndefined();
});

test('a broken stream and a silent one are opened again, as new sessions', async () => {
  const simulator = await startSimulator();
  const { clock, feed, events } = start(simulator.url);
  await vi.waitFor(() => expect(feed.status().state).toBe('open'));

  simulator.streams[0]?.destroy();
  await vi.waitFor(() => expect(feed.status().state).toBe('down'));
  clock.advance(policy.stream.reconnectFromMs);
  await vi.waitFor(() => expect(feed.status().state).toBe('open'));
  expect(simulator.streams).toHaveLength(2);

  clock.advance(policy.market.lateAfterMs);
  await vi.waitFor(() => expect(feed.status().state).toBe('down'));
  clock.advance(policy.stream.reconnectToMs);
  await vi.waitFor(() => expect(feed.status().state).toBe('open'));
  expect(events.filter(({ type }) => type === 'session')).toHaveLength(3);
});

test('waiting grows while nobody is there, and a stopped feed stays stopped', async () => {
  const simulator = await startSimulator();
  const gone = start('http://127.0.0.1:1');
  await vi.waitFor(() => expect(gone.feed.status().state).toBe('down'));

  const { clock, feed } = start(simulator.url);
  await vi.waitFor(() => expect(feed.status().state).toBe('open'));
  feed.stop();
  clock.advance(60_000);
  expect(simulator.streams).toHaveLength(1);
});

test('without a simulator in the configuration there is no feed', () => {
  expect(createSimulatedFeed({ clock: new FakeClock(), market: undefined })).toBeUndefined();
});

test('the parser gives the same messages however the stream is cut', () => {
  const stream =
    ': hi\n\nevent: market\ndata: {"a":1}\n\ndata: one\r\ndata: two\r\n\r\nid: 4\nevent: x\n\nevent: y\ndata\n\n';
  const expected = [
    { event: 'market', data: '{"a":1}' },
    { event: 'message', data: 'one\ntwo' },
    { event: 'y', data: '' },
  ];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: stream.length }), (sizes) => {
      const parser = new EventStreamParser(1_000);
      const messages: unknown[] = [];
      let at = 0;
      for (const size of sizes) {
        messages.push(...parser.push(stream.slice(at, at + size)));
        at += size;
      }
      expect(messages).toEqual(expected);
    }),
  );
  const small = new EventStreamParser(20);
  expect(small.push(`data: ${'x'.repeat(30)}\n\ndata: ok\n\n`)).toEqual([{ event: 'message', data: 'ok' }]);
});
