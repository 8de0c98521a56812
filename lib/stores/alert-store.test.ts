import { describe, expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { createAlertStore } from './alert-store';
import { ARMED, fakeDelivery, fakeFiring } from './testing/fake-alerts';

const NOW_MS = 5_000;
const shared = { serverTimeMs: 7_000, unacknowledged: 1 };
const page = (firings: readonly ReturnType<typeof fakeFiring>[], rest = {}) => ({
  serverTimeMs: NOW_MS,
  firings: [...firings],
  nextBeforeId: null,
  unacknowledged: firings.length,
  ...rest,
});

function setUp() {
  const store = createAlertStore();
  const fire = (id: number, changes = {}, unacknowledged = 1) =>
    store
      .getState()
      .applyEvent(
        { type: 'firing', ...shared, unacknowledged, firing: fakeFiring(id, changes), isMissed: false },
        NOW_MS,
      );
  const ids = () => store.getState().open.map(({ id }) => id);
  return { store, fire, ids, get: () => store.getState() };
}

describe('what the stream says', () => {
  test('anything heard is a live connection, with the server’s clock and count', () => {
    const { get } = setUp();
    expect([get().connection, get().status]).toEqual(['connecting', undefined]);
    get().applyEvent({ type: 'ready', ...shared, status: ARMED }, NOW_MS);
    expect(get()).toMatchObject({ connection: 'live', clockOffsetMs: 2_000, unacknowledged: 1, status: ARMED });
    get().setConnection('lost');
    get().applyEvent({ type: 'changed', ...shared, what: 'channels' }, NOW_MS);
    expect(get()).toMatchObject({ connection: 'live', status: ARMED });
  });

  test('ready: anything may have been missed; changed: what it names; a firing: the firings', () => {
    const { get, fire } = setUp();
    get().applyEvent({ type: 'ready', ...shared, status: ARMED }, NOW_MS);
    expect(get().changes).toEqual({ triggers: 1, firings: 1, channels: 1 });
    get().applyEvent({ type: 'changed', ...shared, what: 'triggers' }, NOW_MS);
    fire(1);
    expect(get().changes).toEqual({ triggers: 2, firings: 2, channels: 1 });
    get().applyEvent({ type: 'status', ...shared, status: ARMED }, NOW_MS);
    expect(get().changes).toEqual({ triggers: 2, firings: 2, channels: 1 });
  });

  test('firings stand newest first, each once; one acknowledged before it came is none', () => {
    const { fire, ids, get } = setUp();
    for (const id of [2, 1, 3, 2]) fire(id);
    fire(4, { acknowledged: { by: 'Bob', note: null, atMs: 1 } });
    expect(ids()).toEqual([3, 2, 1]);
    expect(get().fresh).toEqual([3, 1, 2]);
  });

  test('one recorded long ago is no news, but open', () => {
    const { fire, ids, get } = setUp();
    // At server time 7000 the edge is 7000 − 900000 = −893000.
    fire(1, { recordedAtMs: -893_000 });
    fire(2, { recordedAtMs: -892_999 });
    expect([ids(), get().fresh]).toEqual([[2, 1], [2]]);
  });

  test('of many the newest are kept, and each that is still to ring', () => {
    const { fire, ids } = setUp();
    const later = { deliveries: [fakeDelivery({ step: 1, notBeforeMs: 600_000 })] };
    fire(1, later);
    fire(2, { deliveries: [fakeDelivery({ state: 'delivered' })] });
    for (let id = 3; id < 3 + policy.ringing.keptOpen; id += 1) fire(id, { deliveries: [] });
    expect(ids()).toHaveLength(policy.ringing.keptOpen + 1);
    expect([ids().at(-1), ids().includes(2)]).toEqual([1, false]);
  });
});

describe('a page of the log', () => {
  test('says what is open; what came after it was asked for stays', () => {
    const { fire, ids, get } = setUp();
    for (const id of [1, 2, 3]) fire(id);
    // Asked for when 2 was the newest: 1 was acknowledged elsewhere.
    get().takeOpen(page([fakeFiring(2)], { unacknowledged: 2 }), 2);
    expect([ids(), get().unacknowledged, get().fresh]).toEqual([[3, 2], 2, [3, 2]]);
    get().takeOpen(page([]), 3);
    expect([ids(), get().unacknowledged, get().fresh]).toEqual([[], 0, []]);
  });

  test('says nothing of what is older than it reaches', () => {
    const { fire, ids, get } = setUp();
    for (const id of [1, 5, 6]) fire(id);
    get().takeOpen(page([fakeFiring(6), fakeFiring(4)], { nextBeforeId: 4, unacknowledged: 9 }), 6);
    expect(ids()).toEqual([6, 4, 1]);
  });

  test('brings what became of a message', () => {
    const { fire, get } = setUp();
    fire(1);
    get().takeOpen(page([fakeFiring(1, { deliveries: [fakeDelivery({ state: 'dead' })] })]), 1);
    expect(get().open[0]?.deliveries[0]?.state).toBe('dead');
  });
});

test('acknowledged here: gone at once, counted once; put away: open still', () => {
  const { fire, ids, get } = setUp();
  fire(1);
  fire(2, {}, 2);
  get().putAway([2]);
  expect([ids(), get().fresh]).toEqual([[2, 1], [1]]);
  get().acknowledged(1);
  get().acknowledged(1);
  expect([ids(), get().fresh, get().unacknowledged]).toEqual([[2], [], 1]);
});
