import { WAD } from '@/lib/units/fixed';
import { mulDivDown } from '@/lib/units/rounding';
import { toSharesDown } from './shares';
import type { MarketTotals } from './state';

/**
 * Interest factor e^(rate·seconds) − 1 by the first three terms of its series, 18 decimals, each term rounded down.
 * Source: `MathLib.wTaylorCompounded`. At 5 % a year (1585489599n a second) over a year: 51270833309488116n, where e^0.05 − 1 is 0.051271096….
 */
export function computeCompoundedWad(ratePerSecond: bigint, elapsedSeconds: bigint): bigint {
  const first = ratePerSecond * elapsedSeconds;
  const second = mulDivDown(first, first, 2n * WAD);
  const third = mulDivDown(second, first, 3n * WAD);
  return first + second + third;
}

/**
 * A market's totals with interest added up to a later chain time, as `Morpho._accrueInterest` adds it: interest rounded down, the fee's
 * shares minted at the totals less the fee. A time not after the last update changes nothing.
 *
 * `ratePerSecond`: the rate model's answer for these totals at that time, 18 decimals (0 where the market has no rate model).
 */
export function accrueInterest(totals: MarketTotals, ratePerSecond: bigint, timestampSeconds: number): MarketTotals {
  const elapsed = timestampSeconds - totals.lastUpdateSeconds;
  if (elapsed <= 0) return totals;
  const factor = computeCompoundedWad(ratePerSecond, BigInt(elapsed));
  const interest = mulDivDown(totals.totalBorrowAssets, factor, WAD);
  const totalSupplyAssets = totals.totalSupplyAssets + interest;
  const feeAssets = mulDivDown(interest, totals.fee, WAD);
  const feeShares = toSharesDown(feeAssets, totalSupplyAssets - feeAssets, totals.totalSupplyShares);
  return {
    ...totals,
    totalSupplyAssets,
    totalSupplyShares: totals.totalSupplyShares + feeShares,
    totalBorrowAssets: totals.totalBorrowAssets + interest,
    lastUpdateSeconds: timestampSeconds,
  };
}
