import type { BadDebts } from './bad-debts';
import type { DeskItem } from './desk-book';
import type { ItemFalls } from './fall-ranges';
import { FALLS_BPS } from './falls';
import { type FineValue, fineValue } from './fine-value';

/** The book at one fall. */
export interface CurvePoint {
  readonly fallBps: number;
  /** CaR: Σ collateral, at the prices before the fall, of the positions that are liquidatable at it. */
  readonly collateralAtRisk: FineValue;
  /** Σ of what liquidations at that fall would leave unpaid, by each venue's own rule; undefined while that is not computed. */
  readonly badDebt: FineValue | undefined;
  readonly count: number;
}

export interface LiquidationCurve {
  readonly points: readonly CurvePoint[];
  /** Positions of which nothing can be said at any fall: the curve is at least what it shows. */
  readonly unpricedCount: number;
}

/**
 * The liquidation curve of some positions: for each fall the collateral at risk and the bad debt (`risk-terms`: CaR, BD; bad debt here by the
 * venue's outcome, step by step, not the full-liquidation bound). Collateral is counted at the prices before the fall, so that the curve says
 * how much of today's book stands behind a fall and does not sink while more positions turn.
 *
 * `ranges[i]` and `badDebts[i]` belong to `items[i]`; `chosen` are indexes of them.
 */
export function computeLiquidationCurve(
  items: readonly DeskItem[],
  ranges: readonly ItemFalls[],
  badDebts: readonly BadDebts[] | undefined,
  chosen: Iterable<number>,
): LiquidationCurve {
  const sums = FALLS_BPS.map(() => ({ collateral: 0n, badDebt: 0n, count: 0 }));
  let unpricedCount = 0;
  for (const place of chosen) {
    const [item, range] = [items[place], ranges[place]];
    if (range === 'unknown') unpricedCount += 1;
    if (!item?.figures.known || typeof range !== 'object') continue;
    const { collateralValue } = item.figures.value;
    sums.slice(range.from, range.to + 1).forEach((sum, step) => {
      sum.collateral += collateralValue;
      sum.badDebt += badDebts?.[place]?.[step] ?? 0n;
      sum.count += 1;
    });
  }
  const points = sums.map(({ collateral, badDebt, count }, index) => ({
    fallBps: FALLS_BPS[index] ?? 0,
    collateralAtRisk: fineValue(collateral),
    badDebt: badDebts && fineValue(badDebt),
    count,
  }));
  return { points, unpricedCount };
}
