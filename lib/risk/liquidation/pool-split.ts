import type { BookOutcome, LiquidationStep } from '@/lib/domain/venue-model';
import {
  addRational,
  maxRational,
  multiplyRational,
  type Rational,
  subtractRational,
  sumRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { ZERO } from './book-values';
import type { FaceValueLoan } from './face-value-loan';
import { computeTotalOutcome } from './total-outcome';

/** Debt that someone takes on in a liquidation, and the collateral that comes with it. Tokens. */
export interface DebtShare {
  readonly debt: Rational;
  readonly collateral: Rational;
}

/** How a liquidation divides a whole loan. Collateral of the four parts together is all there was. */
export interface PoolSplit {
  /** Paid off by a pool of depositors. */
  readonly pool: DebtShare;
  /** Taken over by the other borrowers. */
  readonly redistributed: DebtShare;
  /** Collateral for whoever called the liquidation. */
  readonly liquidator: Rational;
  /** Collateral that stays the borrower's. */
  readonly surplus: Rational;
}

export interface PoolBearers {
  readonly pool: string;
  readonly redistributed: string;
}

/** Base currency: what a share's debt is worth more than its collateral; at least 0. */
const computeLoss = ({ debt, collateral }: DebtShare, loan: FaceValueLoan): Rational =>
  maxRational(
    ZERO,
    subtractRational(multiplyRational(debt, loan.debt.price), multiplyRational(collateral, loan.collateral.price)),
  );

function toStep(loan: FaceValueLoan, split: PoolSplit, badDebt: Rational): LiquidationStep {
  const [{ asset: collateral, price }, { asset: debt }] = [loan.collateral, loan.debt];
  const seized = sumRational([split.pool.collateral, split.redistributed.collateral, split.liquidator]);
  const cleared = addRational(split.pool.debt, split.redistributed.debt);
  return {
    repaid: [{ asset: debt, amount: reduceRational(cleared) }],
    seized: [{ asset: collateral, amount: reduceRational(seized) }],
    fee: [],
    penaltyValue: reduceRational(
      subtractRational(multiplyRational(seized, price), multiplyRational(cleared, loan.debt.price)),
    ),
    collateralLeft: [{ asset: collateral, amount: reduceRational(split.surplus) }],
    debtLeft: [{ asset: debt, amount: ZERO }],
    healthFactorAfter: null,
    badDebt: reduceRational(badDebt),
  };
}

/**
 * The one step of a liquidation that clears the whole loan: `repaid` is what the pool pays off and what the other borrowers take over, so
 * the penalty is negative where the collateral is worth less than the debt. Bad debt is what those who took the debt on got too little for,
 * Σ max(0, debt − collateral) by value, after the liquidator's part.
 *
 * Example: 10 ETH at 1,000 against 10,100, all by the pool, 0.05 ETH for the liquidator: penalty −100, bad debt 150.
 */
export function computeSplitOutcome(
  loan: FaceValueLoan,
  split: PoolSplit,
  bearers: PoolBearers,
  assumptions: readonly string[],
): BookOutcome {
  const losses = [
    [computeLoss(split.pool, loan), bearers.pool],
    [computeLoss(split.redistributed, loan), bearers.redistributed],
  ] as const;
  const step = toStep(loan, split, sumRational(losses.map(([loss]) => loss)));
  const bearing = losses.filter(([loss]) => loss.numerator > 0n).map(([, bearer]) => bearer);
  return computeTotalOutcome([step], bearing.join(' and '), assumptions);
}
