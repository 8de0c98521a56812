import type { PriceBook } from '@/lib/domain/book-position';
import type { BookLiquidationPair, BookOutcome } from '@/lib/domain/venue-model';
import { ZERO } from './book-values';
import {
  computeUnbackedDebt,
  isPairAccountLiquidatable,
  liquidatePairs,
  MAX_STEPS,
  type PairAccount,
  type PairLiquidation,
  type PairRules,
} from './pair-liquidation';
import { computeTotalOutcome, NO_OUTCOME } from './total-outcome';

export interface PairVenue {
  readonly rules: PairRules;
  /** How much a liquidator repays at a time: "the most the close factor allows". */
  readonly repays: string;
  /** The user's choice; undefined where there is none, or none to make. */
  readonly chosen: BookLiquidationPair | undefined;
  readonly badDebtBearer: string;
  readonly assumptions: readonly string[];
}

/** Why an account stays liquidatable, a sentence. */
function describeStop({ stopped, steps }: PairLiquidation): readonly string[] {
  switch (stopped) {
    case undefined:
      return [];
    case 'too-many':
      return [`Stopped after ${MAX_STEPS} liquidations, still liquidatable.`];
    case 'nothing-allowed':
      return [
        'The account stays liquidatable, but the rules allow no liquidation on any pair: what is left is too small, or pays for nothing.',
      ];
    case 'nothing-to-seize':
      return steps.length === 0
        ? ['There is nothing of value to seize, so no liquidation takes place and all that is owed is bad debt.']
        : ['Nothing of value is left to seize: what is still owed stays on the account, and is bad debt.'];
  }
}

/** What the liquidator is taken to do, one sentence, and a second where the chosen pair did not last. */
function describeLiquidator(
  { collateral, debt }: PairAccount,
  { repays, chosen }: PairVenue,
  { steps, stepsAsChosen }: PairLiquidation,
): readonly string[] {
  const does = `The liquidator repays ${repays}`;
  if (chosen === undefined) {
    const hasOnePair = collateral.length === 1 && debt.length === 1;
    return hasOnePair
      ? [`${does}.`]
      : [`${does}, on the pair that pays it most; on a tie the first collateral, then the first debt.`];
  }
  const asChosen = `${does}, on the pair chosen: ${chosen.collateral} seized for ${chosen.debt} repaid.`;
  if (stepsAsChosen === steps.length) return [asChosen];
  const spent =
    stepsAsChosen === 0
      ? 'The rules allow no liquidation on the pair chosen'
      : `After ${stepsAsChosen} of ${steps.length} steps the rules allow no more on the pair chosen`;
  return [asChosen, `${spent}: it goes on with the pair that pays the liquidator most.`];
}

/**
 * The outcome of a venue in which a liquidator picks a pair (`liquidatePairs`), with what was assumed. Nothing liquidatable: no steps.
 * Bad debt, base currency, is what is owed once nothing of value is left to seize, be it after the last step or from the start.
 */
export function computePairOutcome(account: PairAccount, prices: PriceBook, venue: PairVenue): BookOutcome {
  if (!isPairAccountLiquidatable(account, prices)) return NO_OUTCOME;
  const liquidation = liquidatePairs(account, prices, venue.rules, venue.chosen);
  const { steps } = liquidation;
  const unseizable = steps.length === 0 ? computeUnbackedDebt(account, prices) : ZERO;
  const assumptions = [
    ...describeLiquidator(account, venue, liquidation),
    ...venue.assumptions,
    ...describeStop(liquidation),
  ];
  return computeTotalOutcome(steps, venue.badDebtBearer, assumptions, unseizable);
}
