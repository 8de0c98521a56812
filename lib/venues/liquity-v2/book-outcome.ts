import type { BookOutcome } from '@/lib/domain/venue-model';
import { ONE, ZERO } from '@/lib/risk/liquidation/book-values';
import type { FaceValueLoan } from '@/lib/risk/liquidation/face-value-loan';
import { computeSplitOutcome, type PoolSplit } from '@/lib/risk/liquidation/pool-split';
import {
  addRational,
  divideRational,
  minRational,
  multiplyRational,
  type Rational,
  subtractRational,
} from '@/lib/units/rational';
import { computePoolPart, type LiquityV2Terms } from './book-terms';
import { BRANCHES, LIQUITY_V2 } from './branches';

export const LIQUITY_V2_BEARERS = {
  pool: 'the branch’s Stability Pool',
  redistributed: 'the branch’s other troves (redistribution)',
} as const;

/** The most collateral that a debt may take, (1 + penalty) · debt / price, and no more than there is (`_getCollPenaltyAndSurplus`). */
function computeSeized(available: Rational, debt: Rational, penalty: Rational, price: Rational): Rational {
  const asked = multiplyRational(debt, addRational(ONE, penalty));
  return price.numerator === 0n ? available : minRational(available, divideRational(asked, price));
}

/**
 * How `TroveManager._getOffsetAndRedistributionVals` divides a trove: collateral pro rata to debt between the Pool's part and the rest; out of
 * the Pool's part first the liquidator's, then at most 1.05 · debt / price; what it leaves over joins the rest, of which the redistribution
 * takes at most 1.10 (WETH) or 1.20 · debt / price. What is left then is the borrower's.
 *
 * Example (WETH): 2 WETH at 1,099 against 2,000, all by the Pool: 0.01 to the liquidator, 2,100/1,099 to the Pool, 0.0791… left.
 */
export function computeLiquityV2Split({ collateral, debt }: FaceValueLoan, terms: LiquityV2Terms): PoolSplit {
  const { poolPenalty, redistributionPenalty } = BRANCHES[terms.branch];
  const { amount, price } = collateral;
  const poolDebt = computePoolPart(debt.amount, terms);
  const poolPortion = divideRational(multiplyRational(amount, poolDebt), debt.amount);
  const liquidator = minRational(multiplyRational(poolPortion, LIQUITY_V2.gasShare), LIQUITY_V2.gasCap);
  const offered = subtractRational(poolPortion, liquidator);
  const toPool = computeSeized(offered, poolDebt, poolPenalty, price);
  const restDebt = subtractRational(debt.amount, poolDebt);
  const rest = subtractRational(subtractRational(amount, liquidator), toPool);
  const toOthers = restDebt.numerator === 0n ? ZERO : computeSeized(rest, restDebt, redistributionPenalty, price);
  return {
    liquidator,
    pool: { debt: poolDebt, collateral: toPool },
    redistributed: { debt: restDebt, collateral: toOthers },
    surplus: subtractRational(rest, toOthers),
  };
}

const ASSUMPTIONS = [
  'BOLD is counted at one dollar, and the entire debt (interest and fees accrued) is what is owed.',
  'The liquidator also gets the 0.0375 WETH that every trove sets aside; it is a separate deposit and no part of what is seized.',
  'This is not the branch’s last trove, and no other trove is liquidated before it.',
] as const;

/**
 * Liquidation of a trove, in one step: the branch's Stability Pool as far as it goes, redistribution for the rest, the remainder claimable.
 * Source: `liquity/bold`, `contracts/src/TroveManager.sol`.
 */
export const computeLiquityV2Outcome = (loan: FaceValueLoan, terms: LiquityV2Terms): BookOutcome =>
  computeSplitOutcome(loan, computeLiquityV2Split(loan, terms), LIQUITY_V2_BEARERS, [
    ...ASSUMPTIONS,
    ...(terms.stabilityPool === undefined ? ['The Stability Pool holds enough BOLD for the whole debt.'] : []),
  ]);
