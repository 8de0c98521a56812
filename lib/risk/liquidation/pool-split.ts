import type { BookOutcome, LiquidationStep } from '@/lib/domain/venue-model';
import { formatRational } from '@/lib/units/format-rational';
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
    bonusValue: reduceRational(multiplyRational(split.liquidator, price)),
    collateralLeft: [{ asset: collateral, amount: reduceRational(split.surplus) }],
    debtLeft: [{ asset: debt, amount: ZERO }],
    healthFactorAfter: null,
    badDebt: reduceRational(badDebt),
  };
}

/** Digits in a sentence; the figures of the step are exact. */
const WRITTEN = 9;

/** Who takes the debt on, and for what, a sentence each: "The Stability Pool pays off 3400 lusd for 1.99 eth.". */
function describeSplit({ collateral, debt }: FaceValueLoan, split: PoolSplit, bearers: PoolBearers): readonly string[] {
  const describe = (share: DebtShare, who: string, does: string): readonly string[] => {
    if (share.debt.numerator === 0n) return [];
    const [owed, got] = [formatRational(share.debt, 'up', WRITTEN), formatRational(share.collateral, 'down', WRITTEN)];
    return [
      `${who.charAt(0).toUpperCase()}${who.slice(1)} ${does} ${owed} ${debt.asset} for ${got} ${collateral.asset}.`,
    ];
  };
  return [
    ...describe(split.pool, bearers.pool, 'pays off'),
    ...describe(split.redistributed, bearers.redistributed, 'take over'),
  ];
}

/**
 * The one step of a liquidation that clears the whole loan: `repaid` is what the pool pays off and what the other borrowers take over, so
 * the penalty is negative where the collateral is worth less than the debt. Bad debt is what those who took the debt on got too little for,
 * Σ max(0, debt − collateral) by value, after the liquidator's part, which is the bonus. Who takes what stands first among the assumptions.
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
  return computeTotalOutcome([step], bearing.join(' and '), [...describeSplit(loan, split, bearers), ...assumptions]);
}
