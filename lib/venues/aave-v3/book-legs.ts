import type { BookLeg, BookPosition } from '@/lib/domain/book-position';
import { ZERO } from '@/lib/risk/liquidation/book-values';
import type { Rational } from '@/lib/units/rational';
import { type AaveV3Terms, type BookEMode, isAtLeast } from './book-terms';

/** What a collateral leg counts for under an account's terms. */
export interface BookCollateral {
  readonly asset: string;
  readonly amount: Rational;
  /** Counts as collateral and can be seized. */
  readonly counts: boolean;
  readonly ltv: Rational;
  readonly liquidationThreshold: Rational;
  /** The liquidator's gain: 0.05 is the contract's 10500. */
  readonly liquidationBonus: Rational;
}

const isZero = (value: Rational | undefined): boolean => value?.numerator === 0n;

/** The efficiency mode the leg is a collateral of. */
export const findEMode = (leg: BookLeg, { eMode }: AaveV3Terms): BookEMode | undefined =>
  eMode?.assets.includes(leg.asset) ? eMode : undefined;

/** Before 3.6 a base LTV of 0 kept the asset at LTV 0 inside the mode; since then only the mode's own list does. */
function computeEModeLtv(leg: BookLeg, eMode: BookEMode, terms: AaveV3Terms): Rational {
  const byMode = isAtLeast(terms.version, '3.6');
  const lendsNothing = byMode ? eMode.ltvZero.includes(leg.asset) : isZero(leg.parameters.maxLtv);
  return lendsNothing ? ZERO : eMode.ltv;
}

/** Before 3.6 a base threshold of 0 took the asset out of the collateral, inside a mode too. */
const isTakenOut = (leg: BookLeg, terms: AaveV3Terms): boolean =>
  !isAtLeast(terms.version, '3.6') && isZero(leg.parameters.liquidationThreshold);

/**
 * The terms in force of one collateral leg: the mode's for its collateral, else the leg's own; without `maxLtv` it lends nothing, without
 * `liquidationBonus` it pays none.
 * Source: `GenericLogic.calculateUserAccountData`, `ValidationLogic.{getUserReserveLtv,validateLiquidationCall}` of v3.0.2 … v3.6.0.
 *
 * Example: ETH at 83 % in a mode of 93 %: 0.93, also with a base threshold of 0 since 3.6, but not counting at all before.
 */
function computeBookCollateral(leg: BookLeg, terms: AaveV3Terms): BookCollateral {
  const { asset, amount, enabled, parameters } = leg;
  const eMode = findEMode(leg, terms);
  return {
    asset,
    amount,
    counts: enabled && !isTakenOut(leg, terms),
    ltv: eMode ? computeEModeLtv(leg, eMode, terms) : (parameters.maxLtv ?? ZERO),
    liquidationThreshold: eMode?.liquidationThreshold ?? parameters.liquidationThreshold ?? ZERO,
    liquidationBonus: eMode?.liquidationBonus ?? parameters.liquidationBonus ?? ZERO,
  };
}

/** All collateral legs of a position under its terms, in their order; those that do not count too. */
export const listBookCollateral = ({ collateral, terms }: BookPosition<AaveV3Terms>): readonly BookCollateral[] =>
  collateral.map((leg) => computeBookCollateral(leg, terms));
