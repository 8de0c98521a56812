import { type BaseValue, baseValue } from '@/lib/units/fixed';
import type { AavePosition, AaveReserve } from './state';

/** A debt ceiling has 2 decimals, the base currency 8. */
const BASE_PER_CEILING_UNIT = 10n ** 6n;

/**
 * The isolated collateral that an account stands on: its only collateral, if that has a debt ceiling; else `undefined`.
 * `UserConfiguration.getIsolationModeState`.
 */
export function findIsolatedCollateral(position: AavePosition): AaveReserve | undefined {
  let only: AaveReserve | undefined;
  for (const { usedAsCollateral, reserve } of position.holdings) {
    if (!usedAsCollateral) continue;
    if (only) return undefined;
    only = reserve;
  }
  return only && only.configuration.debtCeiling > 0n ? only : undefined;
}

/**
 * What the pool would still lend, base currency: the contract's `availableBorrowsBase`, and in isolation mode no more than is left under
 * the collateral's debt ceiling (which counts what was borrowed, without interest).
 *
 * Example: 1,000 by collateral, 300.00 left under the ceiling: 300.
 */
export function computeBorrowLimit(position: AavePosition, availableBorrowsBase: BaseValue): BaseValue {
  const isolated = findIsolatedCollateral(position);
  if (isolated === undefined) return availableBorrowsBase;
  const left = isolated.configuration.debtCeiling - isolated.isolationModeTotalDebt;
  const byCeiling = left > 0n ? left * BASE_PER_CEILING_UNIT : 0n;
  return baseValue(byCeiling < availableBorrowsBase ? byCeiling : availableBorrowsBase);
}
