import { expect, test } from 'vitest';
import { computeMedian, computePercentile } from './statistics';

test('a percentile is a sample, the smallest that covers its share', () => {
  expect(computePercentile([4, 1, 3, 2], 0.5)).toBe(2);
  expect(computePercentile([4, 1, 3, 2], 0.51)).toBe(3);
  expect(computePercentile([7], 0.95)).toBe(7);
  expect(computePercentile([3, 1, 2], 0)).toBe(1);
  expect(computePercentile([3, 1, 2], 1)).toBe(3);
});

test('of 40 samples the 95th percentile leaves out two', () => {
  expect(
    computePercentile(
      Array.from({ length: 40 }, (_, index) => 40 - index),
      0.95,
    ),
  ).toBe(38);
});

test('the median of an even number lies between the middle two', () => {
  expect(computeMedian([5, 1, 3])).toBe(3);
  expect(computeMedian([4, 1, 3, 2])).toBe(2.5);
  expect(computeMedian([100, -1])).toBe(49.5);
});

test('samples keep their order, and none is an error', () => {
  const samples = [3, 1, 2];
  computeMedian(samples);
  expect(samples).toEqual([3, 1, 2]);
  expect(() => computeMedian([])).toThrow(RangeError);
  expect(() => computePercentile([1], 1.5)).toThrow(RangeError);
});
