import type { BookOutcome, LiquidationStep } from '@/lib/domain/venue-model';
import { type Rational, sumRational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { ZERO } from './book-values';

/** Nothing to liquidate. */
export const NO_OUTCOME: BookOutcome = {
  steps: [],
  penaltyValue: ZERO,
  badDebt: ZERO,
  badDebtBearer: undefined,
  assumptions: [],
};

/**
 * An outcome of its steps: penalty and bad debt are their sums, and the bearer is named only where there is bad debt. `unseizable` is owed by
 * an account from which nothing can be seized, base currency.
 */
export function computeTotalOutcome(
  steps: readonly LiquidationStep[],
  bearer: string,
  assumptions: readonly string[],
  unseizable: Rational = ZERO,
): BookOutcome {
  const badDebt = reduceRational(sumRational([unseizable, ...steps.map((step) => step.badDebt)]));
  return {
    steps,
    penaltyValue: reduceRational(sumRational(steps.map((step) => step.penaltyValue))),
    badDebt,
    badDebtBearer: badDebt.numerator > 0n ? bearer : undefined,
    assumptions,
  };
}
