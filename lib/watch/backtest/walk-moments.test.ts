import { expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { toAssetId } from '@/lib/domain/asset';
import type { PriceSeries } from '@/lib/triggers/backtest/price-series';
import { rational } from '@/lib/units/rational';
import { describeSpan, walkMoments } from './walk-moments';

const [eth, usdc] = [toAssetId(1, `0x${'1'.repeat(40)}`), toAssetId(1, `0x${'2'.repeat(40)}`)];
const series = (asset: typeof eth, points: readonly (readonly [number, bigint])[]): PriceSeries => ({
  asset,
  source: 'market',
  points: points.map(([atMs, price]) => ({ atMs, price: rational(price) })),
});

test('a moment for each time at which any says something, from where all have begun to where the first ends', () => {
  const both = [
    series(eth, [
      [0, 10n],
      [10, 11n],
      [20, 12n],
      [30, 13n],
    ]),
    series(usdc, [
      [5, 1n],
      [20, 2n],
    ]),
  ];
  const moments = [...walkMoments(both)].map(({ atMs, market }) => [
    atMs,
    market.get(eth)?.numerator,
    market.get(usdc)?.numerator,
  ]);
  expect(moments).toEqual([
    [5, 10n, 1n],
    [10, 11n, 1n],
    [20, 12n, 2n],
  ]);
  expect(describeSpan(both)).toMatchObject({ range: { fromMs: 5, toMs: 20 }, count: 3, leftOut: 0 });
});

test('series that never meet have no moment, one without points is as none', () => {
  const apart = [series(eth, [[0, 1n]]), series(usdc, [[5, 1n]])];
  expect([...walkMoments(apart)]).toEqual([]);
  expect(describeSpan(apart).range).toBeUndefined();
  expect([...walkMoments([series(eth, [[0, 1n]]), series(usdc, [])])]).toHaveLength(1);
});

test('a pause of more than ten times the usual one is a hole; of too many moments the newest are kept', () => {
  // Every 10 ms, and once 101.
  const points = [10, 20, 30, 131, 141].map((atMs) => [atMs, 1n] as const);
  expect(describeSpan([series(eth, points)]).longestHoleMs).toBe(101);
  expect(describeSpan([series(eth, points.slice(0, 3))]).longestHoleMs).toBeUndefined();
  const many = series(
    eth,
    Array.from({ length: policy.preview.mostMoments + 3 }, (_, index) => [index, 1n] as const),
  );
  expect(describeSpan([many])).toMatchObject({ range: { fromMs: 3 }, count: policy.preview.mostMoments, leftOut: 3 });
  expect(walkMoments([many]).next().value?.atMs).toBe(3);
});
