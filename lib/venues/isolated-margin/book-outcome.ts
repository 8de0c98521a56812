import type { AssetAmount, BookOutcome } from '@/lib/domain/venue-model';
import { ONE, ZERO } from '@/lib/risk/liquidation/book-values';
import { type MarginAccount, sumValues } from '@/lib/risk/liquidation/margin-account';
import { computeTotalOutcome } from '@/lib/risk/liquidation/total-outcome';
import {
  divideRational,
  maxRational,
  minRational,
  multiplyRational,
  type Rational,
  subtractRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';

export const ISOLATED_MARGIN_BEARER = 'the insurance fund, then auto-deleveraging';

const ASSUMPTIONS = [
  'The whole position is taken over at its bankruptcy price, at the prices given: what margin is left goes to the insurance fund.',
  'One margin rate at every size: tiers are not modelled, nor are trading fees and funding.',
] as const;

const scale = (legs: readonly AssetAmount[], share: Rational): readonly AssetAmount[] =>
  legs.map(({ asset, amount }) => ({ asset, amount: reduceRational(multiplyRational(amount, share)) }));

/** held / owed by value, at most 1; 1 where nothing is owed. */
const computeCovered = (held: Rational, owed: Rational): Rational =>
  owed.numerator === 0n ? ONE : minRational(ONE, divideRational(held, owed));

/**
 * Liquidation of an isolated position, in one step: everything held is taken and pays what is owed; what it is worth beyond that is the fund's
 * gain (`fee`), what it falls short is the fund's loss. `assumptions` of the account stand beside the venue's.
 *
 * Example: 2 ETH at 2,740 against 5,400: 80 of margin are lost to the fund. At 2,650: 5,300 paid, 100 borne by the fund.
 */
export function computeIsolatedMarginOutcome(
  { collateral, debt }: MarginAccount,
  assumptions: readonly string[],
): BookOutcome {
  const [held, owed] = [sumValues(collateral), sumValues(debt)];
  const covered = computeCovered(held, owed);
  const equity = maxRational(ZERO, subtractRational(held, owed));
  const paid = multiplyRational(owed, covered);
  const step = {
    repaid: scale(debt, covered),
    seized: scale(collateral, ONE),
    fee: equity.numerator === 0n ? [] : scale(collateral, divideRational(equity, held)),
    penaltyValue: reduceRational(subtractRational(held, paid)),
    // What is gained goes to the fund, as the fee.
    bonusValue: ZERO,
    collateralLeft: scale(collateral, ZERO),
    debtLeft: scale(debt, ZERO),
    healthFactorAfter: null,
    badDebt: reduceRational(subtractRational(owed, paid)),
  };
  return computeTotalOutcome([step], ISOLATED_MARGIN_BEARER, [...ASSUMPTIONS, ...assumptions]);
}
