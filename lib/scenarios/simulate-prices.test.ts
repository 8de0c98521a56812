import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PathSetting, type PriceMover, simulatePath } from './simulate-prices';

const ETH: PriceMover = { key: 'eth', follows: 'market', yearlyVolatility: 0.75 };
const BTC: PriceMover = { key: 'btc', follows: 'market', yearlyVolatility: 0.6 };
const GOLD: PriceMover = { key: 'xaut', follows: 'own', yearlyVolatility: 0.18 };
const USD: PriceMover = { key: 'usdc', follows: 'pegged', yearlyVolatility: 0 };
/** A week in steps of an hour. */
const setting = (changes: Partial<PathSetting> = {}): PathSetting => ({
  movers: [ETH, BTC, GOLD, USD],
  seed: 1,
  stepSeconds: 3_600,
  stepCount: 168,
  ...changes,
});
const PATHS = 1_000;
/** Logarithms of where each mover ends, by path. */
const ends = (index: number, changes: Partial<PathSetting> = {}): number[] =>
  Array.from({ length: PATHS }, (_, path) => Math.log(simulatePath(setting(changes), path)[index]?.at(-1) ?? 0));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
};

test('the same seed and path give the same numbers, another of either others', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: PATHS - 2 }), (seed, path) => {
      const once = simulatePath(setting({ seed, stepCount: 20 }), path);
      expect(simulatePath(setting({ seed, stepCount: 20 }), path)).toEqual(once);
      expect(simulatePath(setting({ seed, stepCount: 20 }), path + 1)).not.toEqual(once);
      expect(simulatePath(setting({ seed: seed + 1, stepCount: 20 }), path)).not.toEqual(once);
      for (const line of once) {
        expect(line).toHaveLength(21);
        expect(line[0]).toBe(1);
        expect(line.every((relative) => relative > 0 && Number.isFinite(relative))).toBe(true);
      }
    }),
    { seed: 20_261_122, numRuns: 50 },
  );
});

describe('a week of 1,000 paths, five standard errors allowed', () => {
  const WEEK_YEARS = 604_800 / 31_557_600;
  const bound = (spread: number): number => (5 * spread) / Math.sqrt(PATHS);

  test('nothing drifts: what moves by itself ends at 1 on average, and its logarithm spreads by σ²T', () => {
    // 0.18² · 0.019165 = 0.00062094; the standard error of a variance of n normals is the variance · √(2/n).
    const logs = ends(2);
    const expected = 0.18 ** 2 * WEEK_YEARS;
    expect(Math.abs(mean(logs.map(Math.exp)) - 1)).toBeLessThan(bound(Math.sqrt(expected)));
    expect(Math.abs(variance(logs) - expected)).toBeLessThan(5 * expected * Math.sqrt(2 / PATHS));
  });

  test('with jumps too: the variance is σ²T and n·(p(μ² + δ²) − p²μ²) of the jumps', () => {
    // p = 12 · 3,600 / 31,557,600 = 0.00136893; jumps: 168 · (p · 0.0061 − p² · 0.0025) = 0.00140209; Brownian: 0.5625 · 0.0191650 = 0.0107803.
    const logs = ends(0);
    const expected = 0.0107803 + 0.00140209;
    expect(Math.abs(mean(logs.map(Math.exp)) - 1)).toBeLessThan(bound(Math.sqrt(Math.expm1(expected))));
    // Jumps have fatter tails than normals: their fourth moment is n·p·(μ⁴ + 6μ²δ² + 3δ⁴) = 0.22998 · 0.00009913 = 0.0000228 on top of 3·variance².
    const error = Math.sqrt((2 * expected ** 2 + 0.0000228) / PATHS);
    expect(Math.abs(variance(logs) - expected)).toBeLessThan(5 * error);
  });

  test('ether and bitcoin move together by their common share and the jumps, gold by itself', () => {
    const [eth, btc, gold] = [ends(0), ends(1), ends(2)];
    const correlation = (a: readonly number[], b: readonly number[]): number => {
      const [ma, mb] = [mean(a), mean(b)];
      return (
        mean(a.map((value, index) => (value - ma) * ((b[index] ?? 0) - mb))) / Math.sqrt(variance(a) * variance(b))
      );
    };
    // (0.7 · 0.75 · 0.6 · 0.019165 + 0.001402) / √(0.0121824 · (0.36 · 0.019165 + 0.001402)) = 0.0074390 / √(0.0121824 · 0.0083015) = 0.7397.
    expect(correlation(eth, btc)).toBeGreaterThan(0.66);
    expect(correlation(eth, btc)).toBeLessThan(0.82);
    expect(Math.abs(correlation(eth, gold))).toBeLessThan(5 / Math.sqrt(PATHS));
  });

  test('a dollar stays near where it is: a tenth of a per cent in the long run, whatever the length', () => {
    for (const stepCount of [168, 720]) {
      const logs = ends(3, { stepCount });
      expect(Math.abs(Math.sqrt(variance(logs)) - 0.001)).toBeLessThan((5 * 0.001) / Math.sqrt(2 * PATHS));
      expect(Math.abs(mean(logs))).toBeLessThan(bound(0.001));
    }
  });

  test('nor with jumps over sixty days, which without their compensation would end at 0.91', () => {
    // p = 12 · 21,600 / 31,557,600 = 0.00821356; 240 · (p · 0.0061 − p² · 0.0025) = 0.0119842, and 0.5625 · 0.164271 = 0.0924024.
    const logs = ends(0, { stepSeconds: 21_600, stepCount: 240 });
    expect(Math.abs(mean(logs.map(Math.exp)) - 1)).toBeLessThan(bound(Math.sqrt(Math.expm1(0.1043866))));
  });

  test('the step chosen does not matter for how far it goes', () => {
    const coarse = ends(0, { stepSeconds: 21_600, stepCount: 28 });
    expect(Math.abs(variance(coarse) - 0.0121824)).toBeLessThan(
      5 * Math.sqrt((2 * 0.0121824 ** 2 + 0.0000228) / PATHS),
    );
  });
});
