import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { rational, rationalToNumber } from '@/lib/units/rational';
import { PriceRecord } from './price-record';

const { recordStepMs, recordGapMs } = policy.triggers;
const look = (record: PriceRecord, windowSeconds: number, nowMs: number, now: number) => {
  const found = record.computeExtremes('eth', 'market', windowSeconds, nowMs, rational(BigInt(now)));
  return found && [rationalToNumber(found.lowest), rationalToNumber(found.highest), found.isWhole];
};
const add = (record: PriceRecord, price: number, atMs: number) =>
  record.add('eth', 'market', rational(BigInt(price)), atMs);

test('nothing recorded is nothing known', () => {
  expect(look(new PriceRecord(), 60, 0, 1)).toBeUndefined();
});

test('100, then 120, then 105: highest and lowest of the window, and whether it is seen whole', () => {
  const record = new PriceRecord();
  for (const [price, seconds] of [
    [100, 0],
    [100, 30],
    [120, 60],
    [105, 100],
  ] as const) {
    add(record, price, seconds * 1_000);
  }
  expect(look(record, 100, 100_000, 105)).toEqual([100, 120, true]);
  expect(look(record, 60, 100_000, 105)).toEqual([105, 120, true]);
  expect(look(record, 300, 100_000, 105)).toEqual([100, 120, false]);
});

test('after a pause the record begins anew: what was between is not known', () => {
  const record = new PriceRecord();
  add(record, 100, 0);
  add(record, 101, recordGapMs + 1);
  expect(look(record, 60, recordGapMs + 1, 101)?.[2]).toBe(false);
  // And while nothing comes it does not stay whole by itself.
  add(record, 101, recordGapMs + 30_000);
  add(record, 101, recordGapMs + 60_001);
  expect(look(record, 60, recordGapMs + 60_001, 101)?.[2]).toBe(true);
  expect(look(record, 60, recordGapMs + 60_001 + recordGapMs + 1, 101)?.[2]).toBe(false);
});

test('never an extreme of more than the window, and none of less than the window but for a step', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 95, max: 105 })), {
        minLength: 1,
        maxLength: 60,
      }),
      fc.integer({ min: 60, max: 300 }),
      (moves, windowSeconds) => {
        const record = new PriceRecord();
        const seen: { readonly atMs: number; readonly price: number }[] = [];
        let nowMs = 1_700_000_000_000;
        for (const [waitMs, price] of moves) {
          nowMs += waitMs;
          add(record, price, nowMs);
          seen.push({ atMs: nowMs, price });
        }
        const now = seen.at(-1)?.price ?? 0;
        const [lowest, highest] = look(record, windowSeconds, nowMs, now) as [number, number, boolean];
        const within = (fromMs: number) => seen.filter(({ atMs }) => atMs >= fromMs).map(({ price }) => price);
        const window = within(nowMs - windowSeconds * 1_000);
        const inner = within(nowMs - windowSeconds * 1_000 + recordStepMs);
        // A price that stood still into the window is of it too.
        const before = seen.filter(({ atMs }) => atMs < nowMs - windowSeconds * 1_000).at(-1);
        const widest = [...window, ...(before ? [before.price] : [])];
        expect(highest).toBeLessThanOrEqual(Math.max(...widest));
        expect(lowest).toBeGreaterThanOrEqual(Math.min(...widest));
        expect(highest).toBeGreaterThanOrEqual(Math.max(...inner));
        expect(lowest).toBeLessThanOrEqual(Math.min(...inner));
      },
    ),
    { numRuns: 500 },
  );
});
