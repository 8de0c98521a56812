import type { PriceBook } from '@/lib/domain/book-position';
import type { BookOutcome } from '@/lib/domain/venue-model';
import type { Rational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { ZERO } from './book-values';
import {
  computeTotalPenalty,
  computeUnbackedDebt,
  isPairAccountLiquidatable,
  liquidatePairs,
  MAX_STEPS,
  type PairAccount,
  type PairRules,
} from './pair-liquidation';

export interface PairVenue {
  readonly rules: PairRules;
  readonly badDebtBearer: string;
  readonly assumptions: readonly string[];
}

const nothing: BookOutcome = {
  steps: [],
  penaltyValue: ZERO,
  badDebt: ZERO,
  badDebtBearer: undefined,
  assumptions: [],
};

/** Bad debt of the whole outcome: what the last step leaves unbacked, or all of it where there never was anything to seize. */
const readBadDebt = (steps: BookOutcome['steps'], unbacked: Rational): Rational => steps.at(-1)?.badDebt ?? unbacked;

function listEndings(steps: BookOutcome['steps'], badDebt: Rational, unfinished: boolean): readonly string[] {
  return [
    ...(steps.length === 0 && badDebt.numerator > 0n
      ? ['There is nothing of value to seize, so no liquidation takes place and all that is owed is bad debt.']
      : []),
    ...(unfinished ? [`Stopped after ${MAX_STEPS} liquidations, still liquidatable.`] : []),
  ];
}

/**
 * The outcome of a venue in which a liquidator picks a pair (`liquidatePairs`), with what was assumed. Nothing liquidatable: no steps.
 * Bad debt, base currency, is what is owed once nothing of value is left to seize.
 */
export function computePairOutcome(account: PairAccount, prices: PriceBook, venue: PairVenue): BookOutcome {
  if (!isPairAccountLiquidatable(account, prices)) return nothing;
  const { steps, unfinished } = liquidatePairs(account, prices, venue.rules);
  const badDebt = reduceRational(readBadDebt(steps, computeUnbackedDebt(account, prices)));
  return {
    steps,
    penaltyValue: computeTotalPenalty(steps),
    badDebt,
    badDebtBearer: badDebt.numerator > 0n ? venue.badDebtBearer : undefined,
    assumptions: [...venue.assumptions, ...listEndings(steps, badDebt, unfinished)],
  };
}
