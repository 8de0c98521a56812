import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { encodeJson } from '@/lib/domain/codec';
import { FakeClock } from './fake-clock';
import type { StreamEnvironment } from './shared-stream';
import { startStreamClient } from './stream-client';
import type { ChainStatus, MarketFeedStatus, StreamEvent } from './stream-protocol';
import { parseStreamEvent } from './stream-schema';

const chain: ChainStatus = {
  state: 'starting',
  identity: undefined,
  block: undefined,
  blockSeenAtMs: undefined,
  transport: 'polling',
  problem: undefined,
};
const market: MarketFeedStatus = {
  state: 'none',
  source: undefined,
  lastTickAtMs: undefined,
  latencyMs: undefined,
  simulation: undefined,
  problem: undefined,
};
const ETH = 'eip155:1/erc20:0x1' as never;
const state = (serverTimeMs: number): StreamEvent => ({
  type: 'state',
  serverTimeMs,
  chain,
  market,
  prices: [],
  rejected: [],
  latestWrites: [],
  writesGenesisHash: undefined,
});
const heartbeat = (serverTimeMs: number): StreamEvent => ({ type: 'heartbeat', serverTimeMs, chain, market });

/** One browser: its tabs share locks, channels and a server. */
class FakeBrowser {
  readonly clock = new FakeClock();
  readonly sources: FakeSource[] = [];
  private readonly channels: { onmessage: ((event: MessageEvent) => void) | null }[] = [];
  private readonly waiting: { hold: () => Promise<void>; signal: AbortSignal }[] = [];
  private held = false;

  environment(lacks: { locks?: boolean; channel?: boolean } = {}): StreamEnvironment {
    return {
      clock: this.clock,
      openSource: () => {
        const source = new FakeSource();
        this.sources.push(source);
        return source;
      },
      openChannel: lacks.channel ? undefined : () => this.openChannel(),
      locks: lacks.locks ? undefined : { request: (_name, { signal }, hold) => this.request(signal, hold) },
    };
  }

  get open(): readonly FakeSource[] {
    return this.sources.filter(({ closed }) => !closed);
  }

  private openChannel() {
    const channel = {
      onmessage: null as ((event: MessageEvent) => void) | null,
      postMessage: (data: unknown) => {
        const copy = structuredClone(data);
        for (const other of this.channels) if (other !== channel) other.onmessage?.({ data: copy } as MessageEvent);
      },
      close: () => {
        this.channels.splice(this.channels.indexOf(channel), 1);
      },
    };
    this.channels.push(channel);
    return channel;
  }

  private async request(signal: AbortSignal, hold: () => Promise<void>): Promise<void> {
    this.waiting.push({ hold, signal });
    await this.grant();
  }

  private async grant(): Promise<void> {
    if (this.held) return;
    const next = this.waiting.shift();
    if (!next) return;
    if (next.signal.aborted) return this.grant();
    this.held = true;
    await next.hold();
    this.held = false;
    await this.grant();
  }
}

class FakeSource {
  closed = false;
  onerror: ((event: Event) => void) | null = null;
  private readonly listeners = new Map<string, (event: Event) => void>();
  addEventListener(type: string, listener: unknown): void {
    this.listeners.set(type, listener as (event: Event) => void);
  }
  close(): void {
    this.closed = true;
  }
  send(id: number, event: StreamEvent | string, type = typeof event === 'string' ? 'state' : event.type): void {
    const data = typeof event === 'string' ? event : encodeJson(event);
    this.listeners.get(type)?.({ lastEventId: String(id), data } as never);
  }
}

function openTab(browser: FakeBrowser, lacks = {}) {
  const events: StreamEvent[] = [];
  let malformed = 0;
  const stop = startStreamClient(
    {
      getState: () => ({
        applyEvent: (event) => events.push(event),
        reportMalformed: () => {
          malformed += 1;
        },
      }),
    },
    browser.environment(lacks),
  );
  return { events, stop, malformed: () => malformed };
}

let browser: FakeBrowser;
beforeEach(() => {
  browser = new FakeBrowser();
});
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('between tabs', () => {
  test('one tab listens for all; a later one gets the whole state from it at once', async () => {
    const first = openTab(browser);
    const second = openTab(browser);
    expect(browser.sources).toHaveLength(1);
    browser.sources[0]?.send(1, state(1));
    const price = { assetId: ETH, answer: 5n, observedAtMs: 1, receivedAtMs: 1, source: 't' };
    browser.sources[0]?.send(2, { type: 'market', serverTimeMs: 2, market, prices: [price], rejected: [] });
    browser.sources[0]?.send(3, { type: 'block', serverTimeMs: 3, chain: { ...chain, state: 'live' }, writes: [] });
    expect(first.events.map(({ type }) => type)).toEqual(['state', 'market', 'block']);
    expect(second.events).toEqual(first.events);

    const third = openTab(browser);
    expect(third.events).toEqual([
      { ...state(3), chain: { ...chain, state: 'live' }, prices: [price], serverTimeMs: 3 },
    ]);
    browser.sources[0]?.send(4, heartbeat(4));
    expect(third.events.at(-1)).toEqual(heartbeat(4));
    expect(browser.sources).toHaveLength(1);
  });

  test('a tab that comes while another chain answers gets the right one’s writes, and whose they are', () => {
    const genesisHash = `0x${'1'.repeat(64)}` as const;
    const right = { ...chain, state: 'live', identity: { chainId: 1, genesisHash } } as const;
    const write = {
      feed: `0x${'3'.repeat(40)}`,
      answer: 1n,
      roundId: 4n,
      updatedAtSeconds: 1,
      before: undefined,
    } as const;
    openTab(browser);
    browser.sources[0]?.send(1, state(1));
    browser.sources[0]?.send(2, { type: 'block', serverTimeMs: 2, chain: right, writes: [write] });
    const wrong = { ...chain, state: 'wrong-chain', identity: undefined } as const;
    browser.sources[0]?.send(3, { type: 'heartbeat', serverTimeMs: 3, chain: wrong, market });
    browser.sources[0]?.send(4, { type: 'heartbeat', serverTimeMs: 4, chain: wrong, market });
    const sent = { ...state(4), chain: wrong, latestWrites: [write], writesGenesisHash: genesisHash };
    expect(openTab(browser).events).toEqual([sent]);
    browser.sources[0]?.send(5, { type: 'heartbeat', serverTimeMs: 5, chain: right, market });
    expect(openTab(browser).events).toEqual([{ ...sent, serverTimeMs: 5, chain: right }]);
  });

  test('the leader goes: the next takes over, and the others follow it', async () => {
    const first = openTab(browser);
    const second = openTab(browser);
    const third = openTab(browser);
    browser.sources[0]?.send(1, state(1));
    first.stop();
    await settle();
    expect(browser.open).toHaveLength(1);
    browser.open[0]?.send(9, state(2));
    expect([second.events.at(-1), third.events.at(-1)]).toEqual([state(2), state(2)]);
    expect(first.events).toHaveLength(1);
  });

  test('a tab that waited in line and was closed is passed over', async () => {
    const first = openTab(browser);
    openTab(browser).stop();
    const third = openTab(browser);
    first.stop();
    await settle();
    browser.open[0]?.send(1, state(7));
    expect(third.events).toEqual([state(7)]);
  });

  test('a follower that hears nothing listens for itself, and stops when the leader speaks again', () => {
    openTab(browser);
    const follower = openTab(browser);
    const [leaderSource] = browser.sources;
    leaderSource?.send(1, state(1));
    browser.clock.advance(policy.stream.followerPatienceMs + 500);
    expect(browser.open.length).toBe(2);
    browser.open[1]?.send(5, state(5));
    expect(follower.events.at(-1)).toEqual(state(5));
    leaderSource?.send(6, heartbeat(6));
    expect(browser.open).toEqual([leaderSource]);
    expect(follower.events.at(-1)).toEqual(heartbeat(6));
  });

  test('the same event from two sources counts once, an older one not at all', () => {
    openTab(browser);
    const follower = openTab(browser);
    browser.sources[0]?.send(1, state(1));
    browser.clock.advance(policy.stream.followerPatienceMs + 500);
    browser.sources[1]?.send(8, state(8));
    browser.sources[0]?.send(7, heartbeat(7));
    browser.sources[0]?.send(8, heartbeat(8));
    expect(follower.events.map(({ serverTimeMs }) => serverTimeMs)).toEqual([1, 8]);
    // A server that was started again counts from the beginning: its state resets the numbers.
    browser.sources[0]?.send(1, state(20));
    browser.sources[0]?.send(2, heartbeat(21));
    expect(follower.events.map(({ serverTimeMs }) => serverTimeMs)).toEqual([1, 8, 20, 21]);
  });

  test.each([{ locks: true }, { channel: true }])('without %j every tab listens for itself', (lacks) => {
    const tabs = [openTab(browser, lacks), openTab(browser, lacks)];
    expect(browser.open.length).toBeGreaterThanOrEqual(1);
    browser.clock.advance(policy.stream.followerPatienceMs + 500);
    expect(browser.open).toHaveLength(2);
    for (const source of browser.open) source.send(1, state(1));
    for (const { events } of tabs) expect(events).toEqual([state(1)]);
  });
});

describe('one tab', () => {
  test('a broken stream is opened again, waiting longer each time, until an event comes', () => {
    openTab(browser);
    const opened = () => browser.sources.length;
    const fail = () => browser.open[0]?.onerror?.({} as Event);
    for (const waitMs of [500, 1_000, 2_000, 4_000, 4_000]) {
      const before = opened();
      fail();
      browser.clock.advance(waitMs - 1);
      expect(opened()).toBe(before);
      browser.clock.advance(1);
      expect(opened()).toBe(before + 1);
    }
    browser.open[0]?.send(1, state(1));
    fail();
    browser.clock.advance(policy.stream.reconnectFromMs);
    expect(browser.open).toHaveLength(1);
  });

  test('a stream that falls silent though open is opened again', () => {
    openTab(browser);
    browser.sources[0]?.send(1, state(1));
    browser.clock.advance(policy.stream.lostAfterMs + 500 + policy.stream.reconnectFromMs + 500);
    expect(browser.sources[0]?.closed).toBe(true);
    expect(browser.open).toHaveLength(1);
  });

  test('malformed events are dropped and counted, and do not stop the rest', () => {
    const tab = openTab(browser);
    const source = browser.sources[0];
    for (const bad of ['{', '{}', '{"type":"state"}', encodeJson({ ...state(1), serverTimeMs: '1' })])
      source?.send(1, bad);
    source?.send(2, state(2));
    expect([tab.malformed(), tab.events]).toEqual([4, [state(2)]]);
  });

  test('stopped, it opens nothing more', async () => {
    const tab = openTab(browser);
    tab.stop();
    await settle();
    browser.clock.advance(60_000);
    expect(browser.open).toHaveLength(0);
    expect(browser.sources).toHaveLength(1);
  });
});

test('every event survives its way through the codec and the schema', () => {
  const hex = (digits: number) => fc.stringMatching(new RegExp(`^0x[0-9a-f]{${digits}}$`));
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const big = fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n });
  const ms = fc.integer({ min: 0 });
  const chainStatus = fc.record({
    state: fc.constantFrom('starting', 'live', 'stalled', 'unreachable', 'wrong-chain'),
    identity: optional(fc.record({ chainId: ms, genesisHash: hex(64) })),
    block: optional(fc.record({ number: fc.bigInt({ min: 0n }), hash: hex(64), timestampSeconds: ms })),
    blockSeenAtMs: optional(ms),
    transport: fc.constantFrom('websocket', 'polling'),
    problem: optional(fc.string()),
  });
  const marketStatus = fc.record({
    state: fc.constantFrom('live', 'late', 'down', 'none'),
    source: optional(fc.string()),
    lastTickAtMs: optional(ms),
    latencyMs: optional(ms),
    simulation: optional(
      fc.record({
        seed: ms,
        speed: ms,
        paused: fc.boolean(),
        liquidatorOn: fc.boolean(),
        liquidations: fc.array(
          fc.record({
            account: hex(40),
            debtAsset: hex(40),
            repaid: big,
            collateralAsset: hex(40),
            seized: big,
            timestampSeconds: ms,
          }),
        ),
      }),
    ),
    problem: optional(fc.string()),
  });
  const prices = fc.array(
    fc.record({
      assetId: fc.string(),
      answer: fc.bigInt({ min: 1n }),
      observedAtMs: ms,
      receivedAtMs: ms,
      source: fc.string(),
    }),
  );
  const rejected = fc.array(fc.record({ assetId: fc.string(), reason: fc.string(), atMs: ms }));
  const writes = fc.array(
    fc.record({
      feed: hex(40),
      answer: big,
      roundId: big,
      updatedAtSeconds: ms,
      before: optional(fc.record({ answer: big, updatedAtSeconds: ms })),
    }),
  );
  const event = fc.oneof(
    fc.record({
      type: fc.constant('state'),
      serverTimeMs: ms,
      chain: chainStatus,
      market: marketStatus,
      prices,
      rejected,
      latestWrites: writes,
      writesGenesisHash: optional(hex(64)),
    }),
    fc.record({ type: fc.constant('block'), serverTimeMs: ms, chain: chainStatus, writes }),
    fc.record({ type: fc.constant('market'), serverTimeMs: ms, market: marketStatus, prices, rejected }),
    fc.record({ type: fc.constant('heartbeat'), serverTimeMs: ms, chain: chainStatus, market: marketStatus }),
  );
  fc.assert(
    fc.property(event, (sent) => {
      expect(parseStreamEvent(encodeJson(sent))).toEqual(sent);
    }),
  );
  expect(parseStreamEvent(encodeJson({ ...state(1), prices: [{ assetId: 'x', answer: 0n }] }))).toBeUndefined();
});
