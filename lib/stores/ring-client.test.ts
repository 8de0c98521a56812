import { beforeEach, describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { createAlertStore } from './alert-store';
import { createHeardAlerts, HEARD_ALERTS_KEY } from './heard-alerts';
import { type RingState, startRinging, stopRinging } from './ring-client';
import { fakeDelivery, fakeFiring } from './testing/fake-alerts';

/** Storage that all tabs of one browser share. */
class FakeStorage {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, text: string) => void this.kept.set(key, text);
}

let storage: FakeStorage;
let clock: FakeClock;
beforeEach(() => {
  storage = new FakeStorage();
  clock = new FakeClock(1_000);
});

function openTab() {
  const alerts = createAlertStore();
  const heard = createHeardAlerts(() => storage);
  heard.getState().load();
  const ring = createStore<RingState>()(() => ({ ringing: [], sound: 'ready' }));
  const announced: number[][] = [];
  const announce = (due: readonly LoggedFiring[]) => announced.push(due.map(({ id }) => id));
  const end = startRinging({ alerts, heard, ring, announce, clock });
  const fire = (...firings: LoggedFiring[]) => {
    for (const firing of firings) {
      const event = { type: 'firing', serverTimeMs: clock.now(), unacknowledged: 1, firing, isMissed: false } as const;
      alerts.getState().applyEvent(event, clock.now());
    }
  };
  return { alerts, heard, ring, announced, fire, end, ringing: () => ring.getState().ringing };
}

describe('each alert is announced once', () => {
  test('in every tab that is open, and not again by one that opens later', () => {
    const [first, second] = [openTab(), openTab()];
    first.fire(fakeFiring(1));
    second.fire(fakeFiring(1));
    clock.advance(5_000);
    const later = openTab();
    later.fire(fakeFiring(1));
    expect([first.announced, second.announced, later.announced]).toEqual([[[1]], [[1]], []]);
  });

  test('an escalation when it falls due, without any word from the server', () => {
    const tab = openTab();
    tab.fire(fakeFiring(1, { deliveries: [fakeDelivery({ notBeforeMs: 60_500 })] }));
    clock.advance(59_000);
    expect(tab.announced).toEqual([]);
    clock.advance(1_000);
    expect(tab.announced).toEqual([[1]]);
  });

  test('those that fall due together are told together', () => {
    const tab = openTab();
    const at = (id: number) => fakeFiring(id, { deliveries: [fakeDelivery({ notBeforeMs: 10_500 })] });
    tab.fire(at(1), at(2));
    clock.advance(10_000);
    expect(tab.announced).toEqual([[2, 1]]);
  });

  test('by the server’s clock', () => {
    const tab = openTab();
    const firing = fakeFiring(1, { recordedAtMs: 0, deliveries: [fakeDelivery({ notBeforeMs: 100_000 })] });
    // The server is 98 s ahead: its 100,000 is 2,000 here.
    const event = { type: 'firing', serverTimeMs: 99_000, unacknowledged: 1, firing, isMissed: false } as const;
    tab.alerts.getState().applyEvent(event, clock.now());
    expect(tab.announced).toEqual([]);
    clock.advance(1_000);
    expect(tab.announced).toEqual([[1]]);
  });

  test('a browser that keeps nothing rings all the same', () => {
    storage.getItem = () => {
      throw new Error('denied');
    };
    storage.setItem = () => {
      throw new Error('denied');
    };
    const tab = openTab();
    tab.fire(fakeFiring(1));
    clock.advance(5_000);
    expect(tab.announced).toEqual([[1]]);
  });

  test('what is kept and cannot be read counts as nothing kept', () => {
    storage.kept.set(HEARD_ALERTS_KEY, '{"version":9}');
    const tab = openTab();
    tab.fire(fakeFiring(1));
    expect(tab.announced).toEqual([[1]]);
  });
});

describe('a critical alert rings on', () => {
  test('until it is acknowledged; others do not', () => {
    const tab = openTab();
    tab.fire(fakeFiring(1), fakeFiring(2, { firing: { severity: 'warning' } }), fakeFiring(3));
    expect(tab.ringing()).toEqual([3, 1]);
    tab.alerts.getState().acknowledged(3);
    expect(tab.ringing()).toEqual([1]);
    tab.alerts.getState().acknowledged(1);
    expect(tab.ringing()).toEqual([]);
  });

  test('until the sound is stopped in any tab; what falls due later rings again, though it is older', () => {
    const [first, second] = [openTab(), openTab()];
    const escalated = fakeFiring(1, { deliveries: [fakeDelivery({ notBeforeMs: 30_500 })] });
    for (const tab of [first, second]) tab.fire(escalated, fakeFiring(2));
    stopRinging(second.heard, second.ring);
    // As its `storage` event does.
    first.heard.getState().load();
    expect([first.ringing(), second.ringing()]).toEqual([[], []]);
    clock.advance(30_000);
    expect([first.ringing(), second.ringing()]).toEqual([[1], [1]]);
  });

  test('ended, nothing changes any more', () => {
    const tab = openTab();
    tab.end();
    tab.fire(fakeFiring(1));
    clock.advance(5_000);
    expect([tab.announced, tab.ringing()]).toEqual([[], []]);
  });
});
