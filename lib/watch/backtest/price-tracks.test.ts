import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rational, rationalToNumber } from '@/lib/units/rational';
import { PriceTracks } from './price-tracks';

test('100, 120 and 105 within the hour: highest 120, lowest 100; whole once the series is an hour long', () => {
  const tracks = new PriceTracks();
  for (const [atMs, price] of [
    [0, 100n],
    [1_800_000, 120n],
    [3_600_000, 105n],
    [3_600_001, 105n],
  ] as const) {
    tracks.add('eth', 'market', { atMs, price: rational(price) });
  }
  const read = (nowMs: number) => {
    const found = tracks.computeExtremes('eth', 'market', 3_600, nowMs, rational(105n));
    return found && [rationalToNumber(found.lowest), rationalToNumber(found.highest), found.isWhole];
  };
  expect(read(1_800_000)).toEqual([100, 120, false]);
  expect(read(3_600_000)).toEqual([100, 120, true]);
  expect(read(3_600_001)).toEqual([105, 120, true]);
  // A look back at what was before.
  expect(read(1_800_000)).toEqual([100, 120, false]);
  expect(tracks.computeExtremes('eth', 'oracle', 3_600, 0, rational(1n))).toBeUndefined();
});

test('at every moment, and however often it is asked, what looking at all points of the window gives', () => {
  const points = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(
      points,
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.nat({ max: 59 }), { maxLength: 5 }),
      (steps, window, back) => {
        const tracks = new PriceTracks();
        let atMs = 0;
        const listed = steps.map(([pauseSeconds, price]) => {
          atMs += pauseSeconds * 1_000;
          tracks.add('eth', 'market', { atMs, price: rational(BigInt(price)) });
          return { atMs, price };
        });
        const asked = [...listed, ...back.flatMap((index) => listed[index] ?? [])];
        for (const { atMs: nowMs, price } of asked) {
          const within = listed.filter((point) => point.atMs <= nowMs && point.atMs >= nowMs - window * 1_000);
          const found = tracks.computeExtremes('eth', 'market', window, nowMs, rational(BigInt(price)));
          expect(found && rationalToNumber(found.highest)).toBe(Math.max(...within.map((point) => point.price)));
          expect(found && rationalToNumber(found.lowest)).toBe(Math.min(...within.map((point) => point.price)));
          expect(found?.isWhole).toBe((listed[0]?.atMs ?? 0) <= nowMs - window * 1_000);
        }
      },
    ),
    { seed: 20_261_122, numRuns: 300 },
  );
});
