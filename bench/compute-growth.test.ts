import { expect, test } from 'vitest';
import { computeGrowth } from './compute-growth';

test('what rises between collections is no growth; what is left after them is', () => {
  // 15 samples a second apart rise by 1 each and fall back: 0 … 14, again and again.
  const saw = Array.from({ length: 150 }, (_, second) => second % 15);
  expect(computeGrowth(saw, 1_000)).toBeCloseTo(0, 9);
  // One more left after every 15 s: 40 in ten minutes.
  const leak = saw.map((height, second) => height + Math.floor(second / 15));
  expect(computeGrowth(leak, 1_000)).toBeCloseTo(40, 9);
});

test('too short to tell is 0', () => {
  expect(computeGrowth([1, 2, 3], 1_000)).toBe(0);
});
