import { beforeEach, describe, expect, test } from 'vitest';
import type { AlertEvent } from '@/lib/alerts/alert-event';
import { policy } from '@/lib/config/policy';
import { FakeClock } from '@/lib/feeds/fake-clock';
import type { StreamEnvironment } from '@/lib/feeds/shared-stream';
import { createAlertStore } from './alert-store';
import { startAlertStream } from './alert-stream';
import { ARMED, fakeFiring } from './testing/fake-alerts';

class FakeSource {
  closed = false;
  onerror: ((event: Event) => void) | null = null;
  private readonly listeners = new Map<string, (event: Event) => void>();
  constructor(readonly url: string) {}
  addEventListener(type: string, listener: unknown): void {
    this.listeners.set(type, listener as (event: Event) => void);
  }
  close(): void {
    this.closed = true;
  }
  send(event: AlertEvent | string, type = typeof event === 'string' ? 'ready' : event.type): void {
    const data = typeof event === 'string' ? event : JSON.stringify(event);
    this.listeners.get(type)?.({ lastEventId: '', data } as never);
  }
}

/** One browser: the first tab holds the lock for good, and all hear the channel. */
function openBrowser() {
  const clock = new FakeClock();
  const sources: FakeSource[] = [];
  const channels: { onmessage: ((event: MessageEvent) => void) | null }[] = [];
  let isHeld = false;
  const environment: StreamEnvironment = {
    clock,
    openSource(url) {
      const source = new FakeSource(url);
      sources.push(source);
      return source;
    },
    openChannel() {
      const channel = {
        onmessage: null as ((event: MessageEvent) => void) | null,
        postMessage(data: unknown) {
          for (const other of channels) if (other !== channel) other.onmessage?.({ data } as MessageEvent);
        },
        close: () => void channels.splice(channels.indexOf(channel), 1),
      };
      channels.push(channel);
      return channel;
    },
    locks: {
      async request(_name, _options, hold) {
        if (isHeld) return new Promise(() => {});
        isHeld = true;
        await hold();
      },
    },
  };
  const openTab = () => {
    const store = createAlertStore();
    const stop = startAlertStream(store, environment);
    return { store, stop, get: () => store.getState() };
  };
  return { clock, sources, openTab };
}

let browser: ReturnType<typeof openBrowser>;
beforeEach(() => {
  browser = openBrowser();
});
const shared = { serverTimeMs: 1_700_000_000_000, unacknowledged: 1 };
const ready: AlertEvent = { type: 'ready', ...shared, status: ARMED };
const firing = (id: number): AlertEvent => ({ type: 'firing', ...shared, firing: fakeFiring(id), isMissed: false });

describe('one stream for all tabs', () => {
  test('what one hears the others are told; one that comes later knows the status at once', () => {
    const [first, second] = [browser.openTab(), browser.openTab()];
    expect(browser.sources.map(({ url }) => url)).toEqual(['/api/alerts']);
    browser.sources[0]?.send(ready);
    browser.sources[0]?.send({ ...firing(5), unacknowledged: 4 });
    for (const { get } of [first, second]) expect(get().open.map(({ id }) => id)).toEqual([5]);
    const third = browser.openTab();
    expect(third.get()).toMatchObject({ connection: 'live', status: ARMED, unacknowledged: 4 });
    expect(third.get().changes.firings).toBe(1);
    expect(browser.sources).toHaveLength(1);
  });

  test('a follower that takes over goes on after the last firing that it was told of', () => {
    browser.openTab();
    browser.openTab();
    browser.sources[0]?.send(ready);
    browser.sources[0]?.send(firing(5));
    browser.clock.advance(policy.ringing.followerPatienceMs + 500);
    expect(browser.sources.at(-1)?.url).toBe('/api/alerts?after=5');
  });
});

describe('a stream that breaks', () => {
  test('is opened again after the newest firing, whatever order they came in', () => {
    browser.openTab();
    for (const event of [ready, firing(7), firing(6)]) browser.sources[0]?.send(event);
    browser.sources[0]?.onerror?.({} as Event);
    browser.clock.advance(policy.stream.reconnectFromMs);
    expect(browser.sources.map(({ url, closed }) => [url, closed])).toEqual([
      ['/api/alerts', true],
      ['/api/alerts?after=7', false],
    ]);
  });

  test('says that nothing is heard, also before anything was, and until something is', () => {
    const { get } = browser.openTab();
    browser.clock.advance(policy.ringing.lostAfterMs);
    expect(get().connection).toBe('connecting');
    browser.clock.advance(1_000);
    expect(get().connection).toBe('lost');
    browser.sources.findLast(({ closed }) => !closed)?.send(ready);
    expect(get().connection).toBe('live');
    browser.clock.advance(policy.ringing.lostAfterMs + 1_000);
    expect(get().connection).toBe('lost');
  });

  test.each(['{', '{}', '{"type":"ready"}', JSON.stringify({ ...ready, status: {} })])(
    'what cannot be understood, %s, is as good as silence',
    (bad) => {
      const { get } = browser.openTab();
      for (let second = 0; second < 20; second += 1) {
        browser.sources.at(-1)?.send(bad);
        browser.clock.advance(1_000);
      }
      expect(get().connection).toBe('lost');
    },
  );

  test('ended, it hears nothing', () => {
    const { get, stop } = browser.openTab();
    stop();
    browser.sources[0]?.send(ready);
    browser.clock.advance(60_000);
    expect([get().connection, browser.sources.length]).toEqual(['connecting', 1]);
  });
});
