import { policy } from '@/lib/config/policy';
import type { AssetId } from '@/lib/domain/asset';
import type { PriceSeries } from '@/lib/triggers/backtest/price-series';
import type { Rational } from '@/lib/units/rational';

/** All prices that are told of one moment; of the same assets throughout. */
export interface PriceMoment {
  readonly atMs: number;
  readonly market: ReadonlyMap<AssetId, Rational>;
  readonly oracle: ReadonlyMap<AssetId, Rational>;
}

export interface PriceSpan {
  /** `undefined`: no moment at which all series have begun and none has ended. */
  readonly range: { readonly fromMs: number; readonly toMs: number } | undefined;
  /** Moments within the range, and those older ones that are too many. */
  readonly count: number;
  readonly leftOut: number;
  /** The longest pause of a series that is many times its usual one; `undefined`: none is. */
  readonly longestHoleMs: number | undefined;
}

const { mostMoments, holeFactor } = policy.preview;

/** Each time once, rising, at which a series says something while all of them do. */
function listTimes(series: readonly PriceSeries[]): readonly number[] {
  const filled = series.filter(({ points }) => points.length > 0);
  const fromMs = Math.max(...filled.map(({ points }) => points[0]?.atMs ?? 0));
  const toMs = Math.min(...filled.map(({ points }) => points.at(-1)?.atMs ?? 0));
  const times = new Set(filled.flatMap(({ points }) => points.map(({ atMs }) => atMs)));
  return [...times].filter((atMs) => atMs >= fromMs && atMs <= toMs).sort((a, b) => a - b);
}

function findHole({ points }: PriceSeries): number | undefined {
  const pauses = points.slice(1).map(({ atMs }, index) => atMs - (points[index]?.atMs ?? atMs));
  const sorted = [...pauses].sort((a, b) => a - b);
  const [usual, longest] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return usual !== undefined && longest !== undefined && longest > holeFactor * usual ? longest : undefined;
}

/** What a set of series covers. A series without a point is as one that is not there. */
export function describeSpan(series: readonly PriceSeries[]): PriceSpan {
  const times = listTimes(series);
  const kept = times.slice(-mostMoments);
  const [fromMs, toMs] = [kept[0], kept.at(-1)];
  const holes = series.flatMap((one) => findHole(one) ?? []);
  return {
    range: fromMs === undefined || toMs === undefined ? undefined : { fromMs, toMs },
    count: kept.length,
    leftOut: times.length - kept.length,
    longestHoleMs: holes.length > 0 ? Math.max(...holes) : undefined,
  };
}

/**
 * Series of different rhythms as moments: one for each time at which any of them says something, from where all have begun to where the first ends,
 * each price as it was told last; of more than `policy.preview.mostMoments` the newest.
 *
 * Example: ETH at 0, 10 and 20 s and USDC at 5 and 20 s: moments at 5 (ETH of 0), 10 (USDC of 5) and 20.
 */
export function* walkMoments(series: readonly PriceSeries[]): Generator<PriceMoment, void> {
  const cursors = series.filter(({ points }) => points.length > 0).map((one) => ({ ...one, next: 0 }));
  const latest = { market: new Map<AssetId, Rational>(), oracle: new Map<AssetId, Rational>() };
  for (const atMs of listTimes(series).slice(-mostMoments)) {
    for (const cursor of cursors) {
      for (let point = cursor.points[cursor.next]; point && point.atMs <= atMs; point = cursor.points[cursor.next]) {
        latest[cursor.source].set(cursor.asset, point.price);
        cursor.next += 1;
      }
    }
    yield { atMs, market: new Map(latest.market), oracle: new Map(latest.oracle) };
  }
}
