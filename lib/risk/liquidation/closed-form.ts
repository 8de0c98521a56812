import type { NoLiquidationPriceReason } from '@/lib/domain/evaluation';
import { compareRational, type Rational, rational, subtractRational } from '@/lib/units/rational';
import { ZERO } from './book-values';

/** An account that is liquidatable when Σ collateral·threshold < Σ debt, seen from one of its assets. All in one unit of value. */
export interface OneAssetView {
  /** quantity·threshold of the asset as collateral: weighted value per unit of its price. */
  readonly collateralPerPrice: Rational;
  /** Quantity owed: debt per unit of its price. */
  readonly debtPerPrice: Rational;
  /** Σ other debt − Σ other collateral·threshold: what this asset's collateral must carry. */
  readonly owedByOthers: Rational;
}

export type ClosedFormPrice =
  | { readonly exists: true; readonly price: Rational; readonly direction: 'below' | 'above' }
  | { readonly exists: false; readonly reason: NoLiquidationPriceReason };

/**
 * Price of one asset, the others held, at which Σ collateral·threshold = Σ debt exactly: P* = owedByOthers / a with
 * a = collateralPerPrice − debtPerPrice. Over rationals, without rounding.
 *
 * a > 0: liquidatable below P*; a < 0 (a net short): above. None: `no-effect` when the asset weighs on neither side, `sides-cancel` when it
 * weighs the same on both, `never-below-zero` when the others carry the whole debt, `already-liquidatable` when they would not even if
 * the shorted asset were free.
 *
 * Example: 10 ETH at 80 % against 12,000 of stablecoins: 12,000 / 8 = 1,500, below.
 */
export function computeClosedFormPrice(view: OneAssetView): ClosedFormPrice {
  const { collateralPerPrice, debtPerPrice, owedByOthers } = view;
  const a = subtractRational(collateralPerPrice, debtPerPrice);
  if (a.numerator === 0n) {
    return { exists: false, reason: collateralPerPrice.numerator === 0n ? 'no-effect' : 'sides-cancel' };
  }
  const direction = a.numerator > 0n ? 'below' : 'above';
  const price = rational(owedByOthers.numerator * a.denominator, owedByOthers.denominator * a.numerator);
  if (compareRational(price, ZERO) > 0) return { exists: true, price, direction };
  return { exists: false, reason: direction === 'below' ? 'never-below-zero' : 'already-liquidatable' };
}

/** An account seen as a whole under a common fall of all its collateral. All in one unit of value. */
export interface UniformView {
  /** S = Σ collateral·threshold. */
  readonly weightedCollateral: Rational;
  /** D_s: debt in assets that are also collateral, and fall with it. */
  readonly sharedDebt: Rational;
  /** D_f: the other debt. */
  readonly fixedDebt: Rational;
}

export type ClosedFormFactor =
  | { readonly exists: true; readonly factor: Rational }
  | { readonly exists: false; readonly reason: NoLiquidationPriceReason };

/**
 * The common factor f on all collateral prices at which the account stands at its threshold: f = D_f / (S − D_s), so the uniform
 * liquidation drop is 1 − f (negative: already liquidatable). Over rationals, without rounding.
 *
 * None: `no-debt`; `never-below-zero` when everything owed falls with the collateral (D_f = 0 and S > D_s); `sides-cancel` when both sides
 * weigh the same; `already-liquidatable` when no common rise would help (S ≤ D_s).
 *
 * Example: S = 8,300, D_s = 0, D_f = 5,000: f = 0.602…, a drop of 39.8 %.
 */
export function computeClosedFormFactor({ weightedCollateral, sharedDebt, fixedDebt }: UniformView): ClosedFormFactor {
  const net = subtractRational(weightedCollateral, sharedDebt);
  const owesFixed = compareRational(fixedDebt, ZERO) > 0;
  if (!owesFixed && sharedDebt.numerator === 0n) return { exists: false, reason: 'no-debt' };
  if (net.numerator > 0n) {
    if (!owesFixed) return { exists: false, reason: 'never-below-zero' };
    const factor = rational(fixedDebt.numerator * net.denominator, fixedDebt.denominator * net.numerator);
    return { exists: true, factor };
  }
  return { exists: false, reason: net.numerator === 0n && !owesFixed ? 'sides-cancel' : 'already-liquidatable' };
}
