import { BPS, RAY } from '@/lib/units/fixed';
import { mulDivDown, mulDivHalfUp, mulDivUp } from '@/lib/units/rounding';
import { computeUnit } from './account-data';
import { toScaledDown, toScaledUp } from './scaled-amounts';
import type { AaveReserve } from './state';

/** All debt of the reserve without interest: the contract's total is that with interest, rounded up, which this undoes. */
const computeScaledBorrowed = ({ totalBorrowed, normalizedDebt }: AaveReserve): bigint =>
  toScaledDown(totalBorrowed ?? 0n, normalizedDebt);

/** The treasury's unminted claim at the block, without interest: its share of the interest since the last update. `_accrueToTreasury`. */
function computeTreasuryClaim(reserve: AaveReserve): bigint {
  const { accruedToTreasury = 0n, normalizedDebt, variableBorrowIndex, normalizedIncome, configuration } = reserve;
  const interest = mulDivDown(computeScaledBorrowed(reserve), normalizedDebt - variableBorrowIndex, RAY);
  const share = mulDivHalfUp(interest, configuration.reserveFactor, BPS);
  return accruedToTreasury + toScaledDown(share, normalizedIncome);
}

/** Whether a supply of `amount` token units stays within the reserve's cap. `ValidationLogic.validateSupply`. */
export function isWithinSupplyCap(reserve: AaveReserve, amount: bigint): boolean {
  const { configuration, totalSupplied, normalizedIncome } = reserve;
  if (configuration.supplyCap === undefined || totalSupplied === undefined) return true;
  const scaled =
    toScaledUp(totalSupplied, normalizedIncome) +
    toScaledDown(amount, normalizedIncome) +
    computeTreasuryClaim(reserve);
  return mulDivDown(scaled, normalizedIncome, RAY) <= configuration.supplyCap * computeUnit(configuration.decimals);
}

/** Whether a borrowing of `amount` token units stays within the reserve's cap. `ValidationLogic.validateBorrow`. */
export function isWithinBorrowCap(reserve: AaveReserve, amount: bigint): boolean {
  const { configuration, totalBorrowed, normalizedDebt, variableBorrowIndex } = reserve;
  if (configuration.borrowCap === undefined || totalBorrowed === undefined) return true;
  const index = totalBorrowed === 0n ? variableBorrowIndex : normalizedDebt;
  const scaled = computeScaledBorrowed(reserve) + toScaledUp(amount, index);
  return mulDivUp(scaled, index, RAY) <= configuration.borrowCap * computeUnit(configuration.decimals);
}

/**
 * Whether the pool holds the amount, as far as its totals tell: supplied less borrowed. That leaves out the treasury's unminted claim, which
 * is there besides, and a deficit, which is not.
 */
export const hasLiquidity = ({ totalSupplied, totalBorrowed }: AaveReserve, amount: bigint): boolean =>
  totalSupplied === undefined || totalBorrowed === undefined || amount <= totalSupplied - totalBorrowed;
