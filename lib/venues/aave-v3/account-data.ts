import { type Known, known, mapKnown } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import { type BaseValue, BPS, type Bps, baseValue, bps, WAD, type Wad, wad } from '@/lib/units/fixed';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { mulDivDown, mulDivHalfUp, mulDivUp } from '@/lib/units/rounding';
import { computeOwed, computeSupplied } from './accrual';
import { computeAnswer } from './price';
import type { AaveHolding, AavePosition } from './state';
import { computeCollateralTerms } from './terms';

/** What the contract answers as health factor of an account without debt. */
export const NO_DEBT_HEALTH_FACTOR: Wad = wad(2n ** 256n - 1n);

/** Token units of one whole token. */
export const computeUnit = (decimals: number): bigint => powerOfTen(decimals);

/** One asset's whole weight in an account: what counts as collateral, at which threshold, and what is owed. Amounts in token units. */
export interface Exposure {
  readonly holding: AaveHolding;
  readonly collateral: bigint;
  readonly owed: bigint;
  readonly ltv: Bps;
  readonly liquidationThreshold: Bps;
  /** 10^decimals: token units of one whole token. */
  readonly unit: bigint;
}

/** The reserves that the contract looks at: used as collateral, or owed. What is supplied but switched off is not among them. */
export function listExposures(position: AavePosition): readonly Exposure[] {
  const exposures: Exposure[] = [];
  for (const holding of position.holdings) {
    if (!holding.usedAsCollateral && holding.scaledDebt === 0n) continue;
    const { ltv, liquidationThreshold } = computeCollateralTerms(holding.reserve, position.eMode);
    exposures.push({
      holding,
      collateral: holding.usedAsCollateral ? computeSupplied(holding) : 0n,
      owed: holding.scaledDebt === 0n ? 0n : computeOwed(holding),
      ltv,
      liquidationThreshold,
      unit: computeUnit(holding.reserve.configuration.decimals),
    });
  }
  return exposures;
}

/** Value of collateral, base currency, rounded down: `GenericLogic._getUserBalanceInBaseCurrency`. */
export const computeCollateralValue = (amount: bigint, answer: bigint, unit: bigint): bigint =>
  mulDivDown(amount, answer, unit);

/** Value of a debt, base currency, rounded up: `GenericLogic._getUserDebtInBaseCurrency`. */
export const computeDebtValue = (amount: bigint, answer: bigint, unit: bigint): bigint =>
  mulDivUp(amount, answer, unit);

/** Sums over an account's collateral. */
export interface CollateralSums {
  readonly value: bigint;
  /** Σ value·threshold, basis points times base currency. */
  readonly byThreshold: bigint;
  /** Σ value·LTV. */
  readonly byLtv: bigint;
}

/** The account's collateral at the oracle's prices or at overriding ones; unknown as soon as one price that counts is. */
export function computeCollateralSums(exposures: readonly Exposure[], override?: PriceOverride): Known<CollateralSums> {
  let value = 0n;
  let byThreshold = 0n;
  let byLtv = 0n;
  for (const { holding, collateral, ltv, liquidationThreshold, unit } of exposures) {
    if (!holding.usedAsCollateral) continue;
    const answer = computeAnswer(holding.reserve, override);
    if (!answer.known) return answer;
    const worth = computeCollateralValue(collateral, answer.value, unit);
    value += worth;
    byThreshold += worth * liquidationThreshold;
    byLtv += worth * ltv;
  }
  return known({ value, byThreshold, byLtv });
}

/** The account's debt, base currency; unknown as soon as one price of it is. */
export function computeTotalDebt(exposures: readonly Exposure[], override?: PriceOverride): Known<bigint> {
  let total = 0n;
  for (const { holding, owed, unit } of exposures) {
    if (owed === 0n) continue;
    const answer = computeAnswer(holding.reserve, override);
    if (!answer.known) return answer;
    total += computeDebtValue(owed, answer.value, unit);
  }
  return known(total);
}

/**
 * ⌊wadDiv(Σ value·threshold, debt) / 10⁴⌋, wadDiv half up; `NO_DEBT_HEALTH_FACTOR` without debt. 18 decimals.
 * Example: 1,000 of collateral at 83 % against 500 of debt: 1.66.
 */
export const computeHealthFactor = (byThreshold: bigint, debt: bigint): Wad =>
  debt === 0n ? NO_DEBT_HEALTH_FACTOR : wad(mulDivHalfUp(byThreshold, WAD, debt) / BPS);

/** The six figures of `Pool.getUserAccountData`, same names, units and rounding. */
export interface AccountData {
  readonly totalCollateralBase: BaseValue;
  readonly totalDebtBase: BaseValue;
  readonly availableBorrowsBase: BaseValue;
  readonly currentLiquidationThreshold: Bps;
  readonly ltv: Bps;
  readonly healthFactor: Wad;
}

/** Average LTV truncated to whole basis points, as `GenericLogic.calculateUserAccountData` keeps it. */
export const computeAverageLtv = ({ value, byLtv }: CollateralSums): Bps => bps(value === 0n ? 0n : byLtv / value);

/** ⌊value·ltv⌋ − debt, at least 0: `GenericLogic.calculateAvailableBorrows`. */
export function computeAvailableBorrows(value: bigint, ltv: Bps, debt: bigint): BaseValue {
  const borrowable = mulDivDown(value, ltv, BPS) - debt;
  return baseValue(borrowable > 0n ? borrowable : 0n);
}

/** The contract's figures from the account's sums: averages truncated to whole basis points, `GenericLogic.calculateUserAccountData`. */
function computeAccountDataFromSums(sums: CollateralSums, debt: bigint): AccountData {
  const { value, byThreshold } = sums;
  const ltv = computeAverageLtv(sums);
  return {
    totalCollateralBase: baseValue(value),
    totalDebtBase: baseValue(debt),
    availableBorrowsBase: computeAvailableBorrows(value, ltv, debt),
    currentLiquidationThreshold: bps(value === 0n ? 0n : byThreshold / value),
    ltv,
    healthFactor: computeHealthFactor(byThreshold, debt),
  };
}

/**
 * What `Pool.getUserAccountData` answers at the position's block, to the last unit.
 *
 * Base currency 8 decimals (collateral down, debt up), ratios in basis points, health factor 18 decimals. At overriding prices: what it
 * would answer if the feeds said so. Unknown, with the asset's name, when a price the contract needs is missing or not above 0: the
 * contract itself reverts then.
 */
export function computeAccountData(position: AavePosition, override?: PriceOverride): Known<AccountData> {
  const exposures = listExposures(position);
  const sums = computeCollateralSums(exposures, override);
  if (!sums.known) return sums;
  return mapKnown(computeTotalDebt(exposures, override), (debt) => computeAccountDataFromSums(sums.value, debt));
}
