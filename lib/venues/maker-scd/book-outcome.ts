import type { BookOutcome, LiquidationStep } from '@/lib/domain/venue-model';
import { ONE, ZERO } from '@/lib/risk/liquidation/book-values';
import type { FaceValueLoan } from '@/lib/risk/liquidation/face-value-loan';
import { computeTotalOutcome } from '@/lib/risk/liquidation/total-outcome';
import { divideRational, maxRational, multiplyRational, type Rational, subtractRational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { computeBite, SAI } from './bite';

export const MAKER_SCD_BEARER = 'every PETH holder, by dilution';

/** SAI that selling PETH brings: amount · tag / par · 0.97 (`SaiTap.ask`, `src/tap.sol`). */
const computeSale = (peth: Rational, tag: Rational): Rational =>
  divideRational(multiplyRational(multiplyRational(peth, tag), SAI.saleRate), SAI.par);

/** The PETH that need not be sold to cover the debt: it stays with the PETH holders. 7.91 at 200 for 1,400 SAI: 7.91 − 1,400/194. */
function computeHoldersPart(taken: Rational, tab: Rational, tag: Rational): Rational {
  const perPeth = computeSale(ONE, tag);
  if (perPeth.numerator === 0n) return ZERO;
  return maxRational(ZERO, subtractRational(taken, divideRational(tab, perPeth)));
}

function toStep({ collateral, debt }: FaceValueLoan): LiquidationStep {
  const [{ amount: ink, price: tag }, { amount: tab }] = [collateral, debt];
  const taken = reduceRational(computeBite({ ink, tab }, tag, SAI));
  const fee = computeHoldersPart(taken, tab, tag);
  const shortfall = maxRational(ZERO, subtractRational(tab, computeSale(taken, tag)));
  const sold = multiplyRational(subtractRational(taken, fee), tag);
  const paid = multiplyRational(subtractRational(tab, shortfall), debt.price);
  return {
    repaid: [{ asset: debt.asset, amount: tab }],
    seized: [{ asset: collateral.asset, amount: taken }],
    fee: fee.numerator === 0n ? [] : [{ asset: collateral.asset, amount: reduceRational(fee) }],
    penaltyValue: reduceRational(subtractRational(multiplyRational(taken, tag), debt.value)),
    // Those who buy it at 3 % off.
    bonusValue: reduceRational(subtractRational(sold, paid)),
    collateralLeft: [{ asset: collateral.asset, amount: reduceRational(subtractRational(ink, taken)) }],
    debtLeft: [{ asset: debt.asset, amount: ZERO }],
    healthFactorAfter: null,
    badDebt: reduceRational(multiplyRational(shortfall, debt.price)),
  };
}

const ASSUMPTIONS = [
  'The price of the collateral is that of one PETH (ETH times PETH’s rate); a book that names ETH counts one PETH as one ETH.',
  'SAI is counted at its target price of one dollar, and the stability fee payable in MKR is left out.',
  'The PETH taken is sold at the price given less 3 %; what that does not bring is made up by minting PETH.',
] as const;

/**
 * `bite` in one step: the system takes the whole debt and PETH for 1.13 times it, as far as there is any; the rest stays in the cup. Bad debt is
 * what the sale at 3 % off falls short of the debt. Source: `makerdao/sai`, `src/{tub,tap}.sol`.
 *
 * Example: 10 PETH at 200 against 1,400: 7.91 taken, 2.09 left, penalty 182. At 120: all taken, 1,164 raised, 236 bad.
 */
export const computeMakerScdOutcome = (loan: FaceValueLoan): BookOutcome =>
  computeTotalOutcome([toStep(loan)], MAKER_SCD_BEARER, ASSUMPTIONS);
