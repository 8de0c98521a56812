import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeTicks, computeZoom, findNearest, formatChartCsv, spreadLabels } from './chart-spec';

const pointAt = (x: number) => ({ x, y: 1, xText: String(x), yText: '1' });

describe('chart geometry', () => {
  test('ticks are round and inside', () => {
    expect(computeTicks({ low: 0, high: 10 }, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(computeTicks({ low: 0.83, high: 1.32 }, 5)).toEqual([0.9, 1, 1.1, 1.2, 1.3]);
    expect(computeTicks({ low: 7, high: 7 }, 5)).toEqual([7]);
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-5, max: 1e3, noNaN: true }),
        (low, share) => {
          const width = (Math.abs(low) + 1) * share;
          const ticks = computeTicks({ low, high: low + width }, 5);
          expect(ticks.length).toBeGreaterThanOrEqual(1);
          expect(ticks.length).toBeLessThanOrEqual(7);
          for (const tick of ticks) {
            expect(tick >= low - width * 1e-6 - 1e-6 && tick <= low + width * (1 + 1e-6) + 1e-6).toBe(true);
          }
        },
      ),
    );
  });

  test('the nearest point is found, none without points', () => {
    const points = [1, 2, 4, 8].map(pointAt);
    expect([findNearest(points, -5), findNearest(points, 3.1), findNearest(points, 99), findNearest([], 1)]).toEqual([
      0,
      2,
      3,
      undefined,
    ]);
  });

  test('zoom keeps its centre in and ends at the whole', () => {
    const whole = { low: 0, high: 100 };
    expect(computeZoom(whole, whole, 20, 0.5)).toEqual({ low: 10, high: 60 });
    expect(computeZoom({ low: 10, high: 60 }, whole, 20, 2)).toBeUndefined();
    expect(computeZoom({ low: 40, high: 60 }, whole, 50, 2)).toEqual({ low: 30, high: 70 });
  });

  test('labels never overlap while there is room', () => {
    expect(spreadLabels([100, 101, 50], 12, { low: 0, high: 200 })).toEqual([100, 112, 50]);
    expect(spreadLabels([199, 198], 12, { low: 0, high: 200 })).toEqual([200, 188]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }), (positions) => {
        const placed = [...spreadLabels(positions, 12, { low: 0, high: 300 })].sort((a, b) => a - b);
        placed.forEach((place, index) => {
          if (index > 0) expect(place - (placed[index - 1] ?? 0)).toBeGreaterThanOrEqual(12);
          expect(place >= 0 && place <= 300).toBe(true);
        });
      }),
    );
  });

  test('CSV carries the exact texts, quoted where they must be', () => {
    const points = [{ x: 1, y: 2, xText: '$1,000', yText: 'no "figure"' }];
    expect(formatChartCsv({ xLabel: 'ETH', yLabel: 'Health factor', points })).toBe(
      'ETH,Health factor\r\n"$1,000","no ""figure"""\r\n',
    );
  });
});
