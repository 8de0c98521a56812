import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import type { AssetAmount, BookEvaluation } from '@/lib/domain/venue-model';
import { BPS } from '@/lib/units/fixed';
import {
  compareRational,
  divideRational,
  floorRational,
  maxRational,
  multiplyRational,
  type Rational,
  rational,
} from '@/lib/units/rational';
import { subtractAligned, sumAligned } from '@/lib/units/sum-aligned';

export const ZERO = rational(0n);
export const ONE = rational(1n);

/** Price of an asset of the book. Errors: `InvalidInputError` PRICE_MISSING; a missing price is never 0. */
export function readBookPrice(prices: PriceBook, asset: AssetKey): Rational {
  const price = prices.get(asset);
  if (price !== undefined) return price;
  throw new InvalidInputError('PRICE_MISSING', `The book has no price of "${asset}".`, {
    inputs: { asset },
    nextStep: 'Add it to the prices of the book.',
  });
}

/** amount · price, base currency. 5 ETH at 3,000 are 15,000. */
export const computeValue = ({ asset, amount }: AssetAmount, prices: PriceBook): Rational =>
  multiplyRational(amount, readBookPrice(prices, asset));

/** Σ amount · price, base currency; 0 of none. */
export const computeTotalValue = (legs: readonly AssetAmount[], prices: PriceBook): Rational =>
  sumAligned(legs.map((leg) => computeValue(leg, prices)));

/** Collateral that counts, with what a unit of its value carries: Aave's liquidation threshold, Morpho's LLTV and so on. */
export interface WeightedLeg extends AssetAmount {
  readonly weight: Rational;
}

/** Σ amount · price · weight, base currency. 5 ETH at 3,000 and 83 % carry 12,450. */
export const computeWeightedValue = (legs: readonly WeightedLeg[], prices: PriceBook): Rational =>
  sumAligned(legs.map((leg) => multiplyRational(computeValue(leg, prices), leg.weight)));

/**
 * The average weight of collateral in whole basis points, truncated: ⌊10⁴·weighted / value⌋ / 10⁴; 0 of nothing of value. What carries 21,930
 * of 28,500 does so at 76.94 %.
 */
export const truncateAverage = (weighted: Rational, value: Rational): Rational =>
  value.numerator === 0n ? ZERO : rational(floorRational(divideRational(weighted, value), BPS), BPS);

/** An account as every venue with Σ collateral·weight against Σ debt sees it; all base currency. */
export interface AccountValues {
  readonly collateralValue: Rational;
  /** Σ collateral·weight at the liquidation threshold. */
  readonly weightedCollateral: Rational;
  readonly debtValue: Rational;
  /** The most that may be owed when borrowing more. */
  readonly borrowLimit: Rational;
}

/**
 * Ratios of an account: health factor = Σ collateral·weight / Σ debt, ltv = debt / collateral, collateral ratio its inverse; liquidatable
 * strictly below (Σ collateral·weight < Σ debt); available to borrow = borrow limit − debt, at least 0. Exact, terms of `risk-terms`.
 *
 * Example: collateral 28,500 carrying 22,980 against 18,000, limit 21,930: health factor 1.27666…, ltv 0.63157…, 3,930 available.
 */
export function computeAccountEvaluation(account: AccountValues): BookEvaluation {
  const { collateralValue, weightedCollateral, debtValue, borrowLimit } = account;
  const owes = debtValue.numerator > 0n;
  return {
    collateralValue,
    debtValue,
    healthFactor: owes ? divideRational(weightedCollateral, debtValue) : null,
    ltv: collateralValue.numerator > 0n ? divideRational(debtValue, collateralValue) : null,
    collateralRatio: owes ? divideRational(collateralValue, debtValue) : null,
    liquidatable: compareRational(weightedCollateral, debtValue) < 0,
    availableToBorrow: maxRational(subtractAligned(borrowLimit, debtValue), ZERO),
  };
}
