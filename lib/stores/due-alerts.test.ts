import { describe, expect, test } from 'vitest';
import { listDueAlerts, ringsAtMs, willRing } from './due-alerts';
import { fakeDelivery, fakeFiring } from './testing/fake-alerts';

const NONE = new Set<number>();
const dueIds = (firings: readonly ReturnType<typeof fakeFiring>[], nowMs: number, heard: ReadonlySet<number> = NONE) =>
  listDueAlerts(firings, heard, nowMs).map(({ id }) => id);

describe('which alerts a page rings for', () => {
  test('those with a browser delivery, from when it is due, for fifteen minutes', () => {
    const at = fakeFiring(1, { recordedAtMs: 1_000, deliveries: [fakeDelivery({ notBeforeMs: 5_000 })] });
    expect([4_999, 5_000, 904_999, 905_000].map((nowMs) => dueIds([at], nowMs))).toEqual([[], [1], [1], []]);
  });

  test('not before it was recorded, though it was due at once', () => {
    expect(ringsAtMs(fakeFiring(1, { recordedAtMs: 1_000, deliveries: [fakeDelivery()] }))).toBe(1_000);
  });

  test('an escalation: the earliest that was not called off', () => {
    const deliveries = [
      fakeDelivery({ state: 'cancelled', notBeforeMs: 2_000 }),
      fakeDelivery({ state: 'leased', step: 2, notBeforeMs: 9_000 }),
      fakeDelivery({ state: 'delivered', step: 1, notBeforeMs: 6_000 }),
      fakeDelivery({ channelKind: 'email', notBeforeMs: 1_000 }),
    ];
    expect(ringsAtMs(fakeFiring(1, { deliveries }))).toBe(6_000);
  });

  test('none of another channel, called off, given up, or seen by somebody', () => {
    const silent = [
      { deliveries: [] },
      { deliveries: [fakeDelivery({ channelKind: 'in-app' })] },
      { deliveries: [fakeDelivery({ state: 'cancelled' as const })] },
      { deliveries: [fakeDelivery({ state: 'dead' as const })] },
      { acknowledged: { by: 'Bob', note: null, atMs: 1 } },
    ].map((changes, index) => fakeFiring(index, changes));
    expect(dueIds(silent, 1_000)).toEqual([]);
  });

  test('none that this browser has announced', () => {
    expect(dueIds([fakeFiring(2), fakeFiring(1)], 1_000, new Set([2]))).toEqual([1]);
  });

  test('still to ring is what waits for its time, not what was delivered', () => {
    const states = ['pending', 'leased', 'delivered', 'dead', 'cancelled'] as const;
    const told = states.map((state) => willRing(fakeFiring(1, { deliveries: [fakeDelivery({ state })] })));
    expect(told).toEqual([true, true, false, false, false]);
  });
});
