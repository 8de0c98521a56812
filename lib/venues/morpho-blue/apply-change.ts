import type { PositionChange } from '@/lib/domain/venue-actions';
import { tokenAmount } from '@/lib/units/fixed';
import { computeBorrowed } from './health';
import { reduceBorrowing, takeRepayment } from './repayment';
import { toSharesDown, toSharesUp } from './shares';
import type { MarketTotals, MorphoPosition } from './state';

const withTotals = (position: MorphoPosition, borrowShares: bigint, totals: MarketTotals): MorphoPosition => ({
  ...position,
  borrowShares,
  market: { ...position.market, totals },
});

/** Shares for what is borrowed, rounded up. */
function borrow(position: MorphoPosition, assets: bigint): MorphoPosition {
  const { totals } = position.market;
  const shares = toSharesUp(assets, totals.totalBorrowAssets, totals.totalBorrowShares);
  return withTotals(position, position.borrowShares + shares, {
    ...totals,
    totalBorrowAssets: totals.totalBorrowAssets + assets,
    totalBorrowShares: totals.totalBorrowShares + shares,
  });
}

/** All that is owed goes by its shares, so that nothing is left; a part by its assets, the shares for it rounded down. */
function repay(position: MorphoPosition, amount: bigint): MorphoPosition {
  const { borrowShares, market } = position;
  const { totals } = market;
  if (amount >= computeBorrowed(borrowShares, totals)) {
    return withTotals(position, 0n, takeRepayment(totals, borrowShares).totals);
  }
  const shares = toSharesDown(amount, totals.totalBorrowAssets, totals.totalBorrowShares);
  return withTotals(position, borrowShares - shares, reduceBorrowing(totals, amount, shares));
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
 * The position after its owner's change, with the market's totals, as `Morpho` would store it at the position's own block: `supply` and
 * `withdraw` are of collateral, `borrow` and `repay` of the loan token, amounts in token units. To withdraw or repay more than there is
 * means all of it; all of a debt is repaid by its shares, which costs the debt as it is shown (rounded up).
 *
 * Source: `Morpho.supplyCollateral`, `withdrawCollateral`, `borrow`, `repay`. What the market would refuse is not checked here
 * (`findObstacle`). Example: owing 24,000 USDC where a share is a millionth of a unit, repaying 4,000 leaves 20,000e12 shares.
 */
export function applyChange(position: MorphoPosition, { kind, amount }: PositionChange): MorphoPosition {
  const { collateral } = position;
  switch (kind) {
    case 'supply':
      return { ...position, collateral: tokenAmount(collateral + amount) };
    case 'withdraw':
      return { ...position, collateral: tokenAmount(collateral - smaller(amount, collateral)) };
    case 'borrow':
      return borrow(position, amount);
    case 'repay':
      return repay(position, amount);
  }
}
