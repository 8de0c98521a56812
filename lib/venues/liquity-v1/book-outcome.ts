import type { BookOutcome } from '@/lib/domain/venue-model';
import { ONE, ZERO } from '@/lib/risk/liquidation/book-values';
import { computeFaceRatio, type FaceValueLoan, isBelowRatio } from '@/lib/risk/liquidation/face-value-loan';
import { computeSplitOutcome, type PoolSplit } from '@/lib/risk/liquidation/pool-split';
import {
  compareRational,
  divideRational,
  multiplyRational,
  type Rational,
  subtractRational,
} from '@/lib/units/rational';
import { computePoolPart, LIQUITY_V1, type LiquityV1Terms } from './book-terms';
import { isRecoveryMode } from './edge-ratio';

export const LIQUITY_V1_BEARERS = {
  pool: 'the Stability Pool',
  redistributed: 'all other troves (redistribution)',
} as const;

/** The whole trove: 0.5 % to the liquidator, the rest pro rata to debt (`_getOffsetAndRedistributionVals`). */
function splitWhole(collateral: Rational, debt: Rational, poolDebt: Rational): PoolSplit {
  const liquidator = multiplyRational(collateral, LIQUITY_V1.gasShare);
  const divided = subtractRational(collateral, liquidator);
  const toPool = divideRational(multiplyRational(divided, poolDebt), debt);
  return {
    liquidator,
    pool: { debt: poolDebt, collateral: toPool },
    redistributed: { debt: subtractRational(debt, poolDebt), collateral: subtractRational(divided, toPool) },
    surplus: ZERO,
  };
}

/** Recovery mode at 110 % or more: 1.10 · debt / price is taken, 0.5 % of that part to the liquidator (`_getCappedOffsetVals`). */
function splitCapped({ collateral, debt, faceDebt }: FaceValueLoan): PoolSplit {
  const taken = divideRational(multiplyRational(faceDebt, LIQUITY_V1.minimumRatio), collateral.price);
  const liquidator = multiplyRational(taken, LIQUITY_V1.gasShare);
  return {
    liquidator,
    pool: { debt: debt.amount, collateral: subtractRational(taken, liquidator) },
    redistributed: { debt: ZERO, collateral: ZERO },
    surplus: subtractRational(collateral.amount, taken),
  };
}

/** How `TroveManager` divides a liquidatable trove, by mode and collateral ratio. */
export function computeLiquityV1Split(loan: FaceValueLoan, terms: LiquityV1Terms): PoolSplit {
  const debt = loan.debt.amount;
  if (!isBelowRatio(loan, LIQUITY_V1.minimumRatio)) return splitCapped(loan);
  const isUnderwater = compareRational(computeFaceRatio(loan) ?? ONE, ONE) <= 0;
  const poolDebt = isRecoveryMode(terms) && isUnderwater ? ZERO : computePoolPart(debt, terms);
  return splitWhole(loan.collateral.amount, debt, poolDebt);
}

const ASSUMPTIONS = [
  'LUSD is counted at one dollar, and amounts owed are composite: net debt and the 200 LUSD set aside.',
  'The liquidator also gets those 200 LUSD; they were never the borrower’s to spend and are no part of what is seized.',
  'This is not the last trove, and no other trove is liquidated before it.',
] as const;

const describeMode = ({ totalCollateralRatio, stabilityPool }: LiquityV1Terms): readonly string[] => [
  totalCollateralRatio === undefined
    ? 'The system is in normal mode: no total collateral ratio is given.'
    : 'The total collateral ratio stays as given, whatever the price.',
  ...(stabilityPool === undefined ? ['The Stability Pool holds enough LUSD for the whole debt.'] : []),
];

/**
 * Liquidation of a trove, in one step. Normal mode: the Stability Pool as far as it goes, redistribution for the rest, all collateral lost.
 * Recovery mode: at 100 % or below redistribution alone; from 110 % the Pool alone, with a claimable surplus.
 * Source: `liquity/dev`, `packages/contracts/contracts/TroveManager.sol`.
 *
 * Example: 2 ETH at 1,800 against 3,400: 0.01 ETH to the liquidator, 1.99 to the Pool, penalty 200.
 */
export const computeLiquityV1Outcome = (loan: FaceValueLoan, terms: LiquityV1Terms): BookOutcome =>
  computeSplitOutcome(loan, computeLiquityV1Split(loan, terms), LIQUITY_V1_BEARERS, [
    ...ASSUMPTIONS,
    ...describeMode(terms),
  ]);
