import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { computeRetryDelayMs } from './compute-retry-delay';

test('doubling from two seconds to half an hour, half of it drawn', () => {
  expect([1, 2, 3, 10, 11, 12, 1_000].map((failures) => computeRetryDelayMs(failures, () => 0))).toEqual([
    // Half of 2 s, 4 s, 8 s, 1024 s, then of 1800 s for ever.
    ...[1_000, 2_000, 4_000, 512_000, 900_000, 900_000, 900_000],
  ]);
  // 2000/2 + 2000/2 · 0.5
  expect(computeRetryDelayMs(1, () => 0.5)).toBe(1_500);
});

test('all attempts together take between two and a half and five hours', () => {
  const waits = (draw: number) =>
    Array.from({ length: policy.delivery.maxAttempts - 1 }, (_, at) => computeRetryDelayMs(at + 1, () => draw)).reduce(
      (sum, wait) => sum + wait,
      0,
    );
  // 2 + 4 + … + 1024 = 2046 s and nine times 1800 s: 18 246 s. Half of it: 9123 s.
  expect([waits(0), waits(1)]).toEqual([9_123_000, 18_246_000]);
});

test('what the other side asks for is the least, but no more than the longest wait', () => {
  expect(computeRetryDelayMs(1, () => 0, 60_000)).toBe(60_000);
  expect(computeRetryDelayMs(11, () => 0, 60_000)).toBe(900_000);
  expect(computeRetryDelayMs(1, () => 0, 10 ** 12)).toBe(1_800_000);
});

test('random draws lie within their bounds, and never shrink with the failures', () => {
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      draw,
      fc.integer({ min: 0, max: 10 ** 7 }),
      (failures, random, asked) => {
        const wait = computeRetryDelayMs(failures, () => random, asked);
        // The obvious model: doubled by hand, one failure after another.
        let full = 2_000;
        for (let nth = 1; nth < failures; nth += 1) full = Math.min(1_800_000, full * 2);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(Math.max(full / 2, Math.min(asked, 1_800_000)));
        expect(wait).toBeLessThanOrEqual(Math.max(full, Math.min(asked, 1_800_000)));
        expect(computeRetryDelayMs(failures + 1, () => random)).toBeGreaterThanOrEqual(
          computeRetryDelayMs(failures, () => random),
        );
      },
    ),
  );
});
