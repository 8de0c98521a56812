import type { PositionChange } from '@/lib/domain/venue-actions';
import { applyChange } from './apply-change';
import { computeBorrowed, computeHealth } from './health';
import { computeOraclePrice } from './oracle-price';
import type { MorphoPosition } from './state';

const MAX_UINT128 = 2n ** 128n - 1n;

/** Collateral and loan token are what a market has; everything else is another market's. */
function findWrongAsset({ market }: MorphoPosition, { kind, asset }: PositionChange): string | undefined {
  const { collateral, loan } = market;
  if (kind === 'supply' || kind === 'withdraw') {
    return asset === collateral.id ? undefined : `The collateral of this market is ${collateral.symbol}, nothing else.`;
  }
  return asset === loan.id ? undefined : `This market lends ${loan.symbol}, nothing else.`;
}

function findNothingThere(position: MorphoPosition, { kind, amount }: PositionChange): string | undefined {
  const { collateral, loan } = position.market;
  if (amount <= 0n) return 'The amount must be above 0.';
  if (kind === 'withdraw' && position.collateral === 0n) return `There is no ${collateral.symbol} to withdraw.`;
  if (kind === 'repay' && position.borrowShares === 0n) return `No ${loan.symbol} is owed in this market.`;
  return undefined;
}

/** The contract asks its oracle only where something is owed, and refuses when the oracle does not answer. */
function findUnhealthy({ market, collateral, borrowShares }: MorphoPosition): string | undefined {
  if (borrowShares === 0n) return undefined;
  const price = computeOraclePrice(market.oracle);
  if (!price.known) return `The market cannot tell that the position would be healthy: ${price.reason.text}`;
  const borrowed = computeBorrowed(borrowShares, market.totals);
  const health = computeHealth({ collateral, borrowShares }, borrowed, price.value, market.params.lltv);
  return health.liquidatable
    ? 'The position would not be healthy: its debt would exceed what its collateral carries.'
    : undefined;
}

function findShortage({ market }: MorphoPosition): string | undefined {
  const { totalBorrowAssets, totalSupplyAssets } = market.totals;
  return totalBorrowAssets > totalSupplyAssets
    ? `The market does not have so much ${market.loan.symbol} left to lend.`
    : undefined;
}

/**
 * Why Morpho would refuse an owner's change at the position's own block and the oracle's own price, one plain sentence; `undefined` where it
 * would not. In the contract's order: wrong token, no amount, nothing there, health afterwards (borrow, withdraw), then what is left to
 * lend (borrow). More than is owed or supplied means all of it, and is no obstacle. What the owner's wallet holds and has approved is not
 * looked at.
 *
 * Example: 10 wstETH at 3,000 and 86 % owing 24,000 USDC: 1,800 more may be borrowed, a unit more than that is not healthy.
 */
export function findObstacle(position: MorphoPosition, change: PositionChange): string | undefined {
  const refused = findWrongAsset(position, change) ?? findNothingThere(position, change);
  if (refused !== undefined) return refused;
  const after = applyChange(position, change);
  switch (change.kind) {
    case 'supply':
      return after.collateral > MAX_UINT128 ? 'The contract cannot hold so large an amount.' : undefined;
    case 'withdraw':
      return findUnhealthy(after);
    case 'borrow':
      return findUnhealthy(after) ?? findShortage(after);
    case 'repay':
      return undefined;
  }
}
