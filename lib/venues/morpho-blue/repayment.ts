import { toAssetsUp } from './shares';
import type { MarketTotals } from './state';

/**
 * Repayment of debt shares: assets rounded up, which may be a unit more than the market lends, so its total stops at 0.
 * Source: `Morpho.repay`, `Morpho.liquidate`, `UtilsLib.zeroFloorSub`.
 *
 * Example: 1,500,000 shares, the only ones, of 2 units lent: ⌈1,500,000 · 3 / 2,500,000⌉ = 2 units, 0 left.
 */
export function takeRepayment(
  totals: MarketTotals,
  shares: bigint,
): { readonly assets: bigint; readonly totals: MarketTotals } {
  const { totalBorrowAssets, totalBorrowShares } = totals;
  const assets = toAssetsUp(shares, totalBorrowAssets, totalBorrowShares);
  return { assets, totals: reduceBorrowing(totals, assets, shares) };
}

/** The market's borrowing less assets and shares; assets stop at 0. */
export function reduceBorrowing(totals: MarketTotals, assets: bigint, shares: bigint): MarketTotals {
  const { totalBorrowAssets, totalBorrowShares } = totals;
  return {
    ...totals,
    totalBorrowAssets: totalBorrowAssets > assets ? totalBorrowAssets - assets : 0n,
    totalBorrowShares: totalBorrowShares - shares,
  };
}
