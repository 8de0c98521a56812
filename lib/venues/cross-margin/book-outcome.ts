import type { AssetAmount, BookOutcome, LiquidationStep } from '@/lib/domain/venue-model';
import { ZERO } from '@/lib/risk/liquidation/book-values';
import {
  computeFreeMargin,
  computeMarginHealth,
  isMarginMissing,
  type MarginAccount,
  type MarginLeg,
  sumValues,
} from '@/lib/risk/liquidation/margin-account';
import { computeTotalOutcome } from '@/lib/risk/liquidation/total-outcome';
import {
  absoluteRational,
  addRational,
  compareRational,
  divideRational,
  minRational,
  type Rational,
  subtractRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';

export const CROSS_MARGIN_BEARER = 'the insurance fund, then auto-deleveraging';

interface Closing {
  readonly held: MarginLeg;
  readonly owed: MarginLeg;
  /** Margin that closing one unit of value sets free. */
  readonly rate: Rational;
}

/** The pair that sets most margin free per unit closed; ties: the first asset held, then the first owed. */
function chooseClosing({ collateral, debt }: MarginAccount): Closing | undefined {
  let best: Closing | undefined;
  for (const held of collateral) {
    for (const owed of debt) {
      if (held.value.numerator === 0n || owed.value.numerator === 0n) continue;
      const rate = addRational(held.maintenance, owed.maintenance);
      if (!best || compareRational(rate, best.rate) > 0) best = { held, owed, rate };
    }
  }
  return best;
}

/** As much as the margin missing needs, and no more than either side is worth. */
function computeClosedValue({ held, owed, rate }: Closing, missing: Rational): Rational {
  const most = minRational(held.value, owed.value);
  return rate.numerator === 0n ? most : minRational(most, divideRational(missing, rate));
}

const reduceLeg = (legs: readonly MarginLeg[], from: MarginLeg, value: Rational): readonly MarginLeg[] =>
  legs.map((leg) => {
    if (leg !== from) return leg;
    const amount = reduceRational(subtractRational(leg.amount, divideRational(value, leg.price)));
    return { ...leg, amount, value: reduceRational(subtractRational(leg.value, value)) };
  });

const listAmounts = (legs: readonly MarginLeg[]): readonly AssetAmount[] =>
  legs.map(({ asset, amount }) => ({ asset, amount }));

const toAmount = ({ asset, price }: MarginLeg, value: Rational): readonly AssetAmount[] => [
  { asset, amount: reduceRational(divideRational(value, price)) },
];

const writeOff = (leg: MarginLeg): MarginLeg => ({ ...leg, amount: ZERO, value: ZERO });

function close(
  account: MarginAccount,
  closing: Closing,
): { readonly left: MarginAccount; readonly step: LiquidationStep } {
  const { held, owed } = closing;
  const value = computeClosedValue(closing, absoluteRational(computeFreeMargin(account, 'maintenance')));
  const after = {
    collateral: reduceLeg(account.collateral, held, value),
    debt: reduceLeg(account.debt, owed, value),
  };
  const isBankrupt = sumValues(after.collateral).numerator === 0n;
  const left = isBankrupt ? { ...after, debt: after.debt.map(writeOff) } : after;
  const health = computeMarginHealth(left);
  return {
    left,
    step: {
      repaid: toAmount(owed, value),
      seized: toAmount(held, value),
      fee: [],
      penaltyValue: ZERO,
      bonusValue: ZERO,
      collateralLeft: listAmounts(left.collateral),
      debtLeft: listAmounts(left.debt),
      healthFactorAfter: health && reduceRational(health),
      badDebt: isBankrupt ? reduceRational(sumValues(after.debt)) : ZERO,
    },
  };
}

const ASSUMPTIONS = [
  'The venue closes at the prices given and without a liquidation fee, no more than brings equity back to the maintenance margin.',
  'It closes first what sets most margin free; on a tie the first asset held, then the first owed.',
  'One margin rate at every size: tiers, offsets between positions, trading fees and funding are not modelled.',
] as const;

/**
 * Liquidation of a cross-margin account, step by step until equity meets the maintenance margin or nothing is left: each step sells one
 * asset held to repay one owed, value for value, min(held, owed, missing / (m held + m owed)). Debt left when nothing is held is the
 * insurance fund's loss. `assumptions` of the account stand beside the venue's.
 *
 * Example: 2 ETH at 2,750 (2 %) against 5,400: equity 100, required 110: 10 / 2 % = 500 closed, equity 100 of 100 required.
 */
export function computeCrossMarginOutcome(account: MarginAccount, assumptions: readonly string[]): BookOutcome {
  const steps: LiquidationStep[] = [];
  let left = account;
  for (let closing = chooseClosing(left); closing && isMarginMissing(left); closing = chooseClosing(left)) {
    const closed = close(left, closing);
    steps.push(closed.step);
    left = closed.left;
  }
  const unseizable = steps.length === 0 ? sumValues(account.debt) : ZERO;
  return computeTotalOutcome(steps, CROSS_MARGIN_BEARER, [...ASSUMPTIONS, ...assumptions], unseizable);
}
