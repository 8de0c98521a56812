/**
 * The smallest sample that at least `share` of all samples do not exceed (nearest rank, no interpolation: a figure that was measured).
 *
 * `share` from 0 to 1. Throws `RangeError` without samples or with another share.
 * Example: `computePercentile([4, 1, 3, 2], 0.5)` is 2; of 40 samples, 0.95 is the third largest.
 */
export function computePercentile(samples: readonly number[], share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A share from 0 to 1 is expected, got ${share}.`);
  const sorted = [...samples].sort((a, b) => a - b);
  // The tolerance keeps 0.95 · 40 from becoming 39 by its last binary digit.
  const rank = Math.max(1, Math.ceil(sorted.length * share - 1e-9));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError('There are no samples.');
  return value;
}

/** The middle sample; of an even number the mean of the two in the middle. Throws `RangeError` without samples. */
export function computeMedian(samples: readonly number[]): number {
  const lower = computePercentile(samples, 0.5);
  if (samples.length % 2 === 1) return lower;
  const sorted = [...samples].sort((a, b) => a - b);
  return (lower + (sorted[samples.length / 2] ?? lower)) / 2;
}
