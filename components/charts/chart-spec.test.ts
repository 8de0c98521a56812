import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clearOfLine,
  computeTicks,
  computeZoom,
  findNearest,
  formatChartCsv,
  placeBetween,
  placeLabels,
  spreadLabels,
} from './chart-spec';

const pointAt = (x: number) => ({ x, y: 1, xText: String(x), yText: '1', csv: [String(x), '1'] });

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

  const PLOT = { low: 0, high: 200 };

  test('a label keeps clear of the line that passes under it', () => {
    const flat = [0, 50, 100].map((x) => ({ x, y: 50 }));
    expect(clearOfLine(flat, { from: 10, to: 40, wanted: 48 }, PLOT)).toBe(39);
    // Clear already, beside the line, or under the plot's top: left, left, below.
    expect(clearOfLine(flat, { from: 10, to: 40, wanted: 20 }, PLOT)).toBe(20);
    expect(clearOfLine(flat, { from: 110, to: 140, wanted: 48 }, PLOT)).toBe(48);
    const high = flat.map(({ x }) => ({ x, y: 6 }));
    expect(clearOfLine(high, { from: 10, to: 40, wanted: 4 }, PLOT)).toBe(17);
    // No sample under the label, yet the line crosses it: 40 at 20, 60 at 30.
    const steep = [
      { x: 0, y: 0 },
      { x: 50, y: 100 },
    ];
    expect(clearOfLine(steep, { from: 20, to: 30, wanted: 45 }, PLOT)).toBe(29);
  });

  test('labels that meet give way to those before them, others stay', () => {
    const label = (from: number, wanted: number) => ({ from, to: from + 40, wanted });
    expect(placeLabels([], [label(0, 50), label(20, 52), label(100, 52)], 13, PLOT)).toEqual([50, 63, 52]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 200 })), { maxLength: 5 }),
        (places) => {
          const labels = places.map(([from, wanted]) => label(from, wanted));
          const heights = placeLabels([], labels, 13, PLOT);
          labels.forEach((one, index) => {
            for (let other = 0; other < index; other += 1) {
              const beside = labels[other];
              if (!beside || beside.to <= one.from || one.to <= beside.from) continue;
              expect(Math.abs((heights[index] ?? 0) - (heights[other] ?? 0))).toBeGreaterThanOrEqual(13);
            }
          });
        },
      ),
    );
  });

  test('a word finds room between lines: right, left, the widest, nowhere', () => {
    const range = { low: 0, high: 300 };
    expect(placeBetween([], 60, range)).toBe(240);
    expect(placeBetween([280], 60, range)).toBe(0);
    expect(placeBetween([20, 280, 100], 60, range)).toBe(160);
    expect(placeBetween([50, 100, 150, 200, 250], 60, range)).toBeUndefined();
  });

  test('CSV carries plain cells under heads with units, quoted where they must be', () => {
    const points = [{ ...pointAt(1), csv: ['1000.5', 'no "figure", yet'] }];
    expect(formatChartCsv({ csvHead: ['ETH price (USD)', 'Health factor'], points })).toBe(
      'ETH price (USD),Health factor\r\n1000.5,"no ""figure"", yet"\r\n',
    );
  });
});
