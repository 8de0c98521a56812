import { ONE, ZERO } from '@/lib/risk/liquidation/book-values';
import { computeFaceRatio, type FaceValueLoan, isBelowRatio } from '@/lib/risk/liquidation/face-value-loan';
import {
  addRational,
  divideRational,
  minRational,
  multiplyRational,
  type Rational,
  subtractRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { BRANCHES, type BranchName, LIQUITY_V2 } from './branches';

/** What a redemption makes of a trove; tokens, exact. */
export type LiquityV2Redemption =
  | {
      readonly redeemable: true;
      /** BOLD, at most the whole debt. */
      readonly redeemed: Rational;
      /** Collateral that leaves the trove. */
      readonly taken: Rational;
      /** Collateral that the redeemer pays for and leaves in the trove. */
      readonly feeKept: Rational;
      readonly collateralLeft: Rational;
      readonly debtLeft: Rational;
      /** null where the whole debt was redeemed. */
      readonly healthFactorAfter: Rational | null;
    }
  | { readonly redeemable: false; readonly reason: 'no-debt' | 'below-face-value' };

/** min(0.5 % + base rate, 100 %): `CollateralRegistry._calcRedemptionRate`. A base rate of 1 % makes 1.5 %. */
const computeRedemptionRate = (baseRate: Rational): Rational =>
  minRational(ONE, addRational(LIQUITY_V2.redemptionFeeFloor, baseRate));

/**
 * Redemption of up to `bold` against one trove whose turn it is: redeemed = min(bold, debt), collateral worth redeemed · (1 − fee) taken at
 * the loan's price, the fee left in the trove; a trove below 100 % is passed over. A trove worth at least its debt is never less safe
 * after it. No fee but the floor (base rate 0) is the worst case: the most collateral goes. So is the price: for wstETH and rETH the
 * contract redeems at the higher of two prices, which takes no more than this one does. While the branch is not shut down, after which
 * `urgentRedemption` takes 2 % above face value from any trove. `bold` and `baseRate` (a fraction): at least 0.
 * Source: `liquity/bold`, `contracts/src/TroveManager.sol` (`redeemCollateral`, `_redeemCollateralFromTrove`).
 *
 * Example (WETH): 6,000 against 10 at 3,000 owing 20,000: 1.99 taken, 0.01 kept; 8.01 and 14,000 left, health factor 24,030 / 15,400.
 */
export function computeLiquityV2Redemption(
  loan: FaceValueLoan,
  branch: BranchName,
  bold: Rational,
  baseRate: Rational = ZERO,
): LiquityV2Redemption {
  const { collateral, debt } = loan;
  if (debt.amount.numerator === 0n) return { redeemable: false, reason: 'no-debt' };
  if (isBelowRatio(loan, ONE)) return { redeemable: false, reason: 'below-face-value' };
  const redeemed = minRational(bold, debt.amount);
  const atFaceValue = divideRational(redeemed, collateral.price);
  const feeKept = multiplyRational(atFaceValue, computeRedemptionRate(baseRate));
  const taken = subtractRational(atFaceValue, feeKept);
  const collateralLeft = subtractRational(collateral.amount, taken);
  const debtLeft = subtractRational(debt.amount, redeemed);
  const value = multiplyRational(collateralLeft, collateral.price);
  const ratio = computeFaceRatio({ ...loan, collateral: { ...collateral, value }, faceDebt: debtLeft });
  return {
    redeemable: true,
    redeemed: reduceRational(redeemed),
    taken: reduceRational(taken),
    feeKept: reduceRational(feeKept),
    collateralLeft: reduceRational(collateralLeft),
    debtLeft: reduceRational(debtLeft),
    healthFactorAfter: ratio && reduceRational(divideRational(ratio, BRANCHES[branch].minimumRatio)),
  };
}
