import type { PriceBook } from '@/lib/domain/book-position';
import type { BookOutcome } from '@/lib/domain/venue-model';
import { ZERO } from './book-values';
import {
  computeUnbackedDebt,
  isPairAccountLiquidatable,
  liquidatePairs,
  MAX_STEPS,
  type PairAccount,
  type PairRules,
} from './pair-liquidation';
import { computeTotalOutcome, NO_OUTCOME } from './total-outcome';

export interface PairVenue {
  readonly rules: PairRules;
  readonly badDebtBearer: string;
  readonly assumptions: readonly string[];
}

const NOTHING_TO_SEIZE =
  'There is nothing of value to seize, so no liquidation takes place and all that is owed is bad debt.';
const UNFINISHED = `Stopped after ${MAX_STEPS} liquidations, still liquidatable.`;

/**
 * The outcome of a venue in which a liquidator picks a pair (`liquidatePairs`), with what was assumed. Nothing liquidatable: no steps.
 * Bad debt, base currency, is what is owed once nothing of value is left to seize, be it after the last step or from the start.
 */
export function computePairOutcome(account: PairAccount, prices: PriceBook, venue: PairVenue): BookOutcome {
  if (!isPairAccountLiquidatable(account, prices)) return NO_OUTCOME;
  const { steps, unfinished } = liquidatePairs(account, prices, venue.rules);
  const unseizable = steps.length === 0 ? computeUnbackedDebt(account, prices) : ZERO;
  const assumptions = [
    ...venue.assumptions,
    ...(unseizable.numerator > 0n ? [NOTHING_TO_SEIZE] : []),
    ...(unfinished ? [UNFINISHED] : []),
  ];
  return computeTotalOutcome(steps, venue.badDebtBearer, assumptions, unseizable);
}
