import { WAD, type Wad, wad } from '@/lib/units/fixed';
import { mulDivDown } from '@/lib/units/rounding';
import { toAssetsUp } from './shares';
import type { MarketTotals } from './state';

/** Scale of an oracle's `price()`. */
export const ORACLE_PRICE_SCALE = 10n ** 36n;

export interface Borrower {
  readonly collateral: bigint;
  readonly borrowShares: bigint;
}

/** Health in the market's own terms: amounts in the loan token's smallest unit. */
export interface Health {
  /** Collateral at the oracle's price, rounded down. */
  readonly collateralInLoan: bigint;
  /** What the collateral carries, rounded down twice, as the contract does. */
  readonly maxBorrow: bigint;
  /** null without debt. */
  readonly healthFactor: Wad | null;
  readonly liquidatable: boolean;
}

/** What a borrower owes with interest up to the totals' own time, rounded up. Example: 1,000,000 shares of an empty market are 1 unit. */
export const computeBorrowed = (borrowShares: bigint, totals: MarketTotals): bigint =>
  toAssetsUp(borrowShares, totals.totalBorrowAssets, totals.totalBorrowShares);

/**
 * Health of a borrower at an oracle price, by `Morpho._isHealthy`: healthy while
 * borrowed ≤ ⌊⌊collateral · price / 1e36⌋ · lltv / 1e18⌋.
 *
 * healthFactor = ⌊maxBorrow · 1e18 / borrowed⌋. It never contradicts the venue's test: for integers a and b > 0, ⌊a·W/b⌋ < W exactly when
 * a·W/b < W (W is an integer), that is when a < b. So healthFactor < 1e18 exactly when maxBorrow < borrowed, the contract's "unhealthy".
 *
 * `price` has 36 decimals more than loan units per collateral unit; 0 is taken as the contract takes it: no value at all.
 * Example: 10 wstETH at 3,000 USDC (price 3000e24), 86 %: maxBorrow 25,800 USDC; owing 24,000 gives 1.075.
 */
export function computeHealth(borrower: Borrower, borrowed: bigint, price: bigint, lltv: bigint): Health {
  const collateralInLoan = mulDivDown(borrower.collateral, price, ORACLE_PRICE_SCALE);
  const maxBorrow = mulDivDown(collateralInLoan, lltv, WAD);
  return {
    collateralInLoan,
    maxBorrow,
    healthFactor: borrowed === 0n ? null : wad(mulDivDown(maxBorrow, WAD, borrowed)),
    liquidatable: maxBorrow < borrowed,
  };
}
