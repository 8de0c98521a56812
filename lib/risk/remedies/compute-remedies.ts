import { policy } from '@/lib/config/policy';
import { InvalidInputError } from '@/lib/domain/errors';
import { BPS } from '@/lib/units/fixed';
import { compareRational, divideRational, minRational, type Rational, rational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { ONE, ZERO } from '../liquidation/book-values';
import { computeCheapest } from './compute-cheapest';
import { judgeRemedy } from './judge-remedy';
import type { Remedy, RemedyMix, RemedyRequest } from './remedy';
import { computeMost, computeNeed, listRemedyActions, type RemedyAction, toPart } from './remedy-actions';

export interface Remedies {
  /** Whether the target is reached as it is, and nothing needs to be done. */
  readonly isReached: boolean;
  /** What a swap was taken to cost, as a share of what is sold. */
  readonly swapCost: Rational;
  /** The health factor at the evaluation prices, before; null without debt. */
  readonly healthFactorBefore: Rational | null;
  /** Each alone: those that reach the target first, the cheapest first; then those that do not, with the reason. */
  readonly single: readonly Remedy[];
  /** The cheapest way, of all of them together, that the venue's rules let through as far as a book knows them. */
  readonly cheapest: RemedyMix;
  /** The cheapest of all, which they do not let through; undefined where that is `cheapest`. */
  readonly refused: RemedyMix | undefined;
}

const SHORT: Readonly<Record<RemedyAction['kind'], string>> = {
  'add-collateral': 'All the cash there is for it does not reach the target.',
  repay: 'Repaying all of it, or all there is cash for, does not reach the target.',
  'repay-with-collateral': 'Selling all of it, or repaying all of the debt, does not reach the target.',
  'swap-collateral': 'Swapping all of it does not reach the target.',
  'swap-debt': 'Swapping all of it does not reach the target.',
};

/** One remedy alone: need / gain tokens, or as many as there are. */
function computeSingle(request: RemedyRequest, action: RemedyAction, need: Rational, before: Rational | null): Remedy {
  const idle = { ...toPart(action, ZERO), changes: [], reaches: false, healthFactorAfter: before } as const;
  if (action.problem !== undefined) return { ...idle, reason: 'refused', text: action.problem };
  if (action.gain.numerator <= 0n) return { ...idle, reason: 'no-help', text: 'It does not raise the health factor.' };
  const wanted = divideRational(need, action.gain);
  const most = computeMost(action);
  const part = toPart(action, most ? minRational(wanted, most) : wanted);
  return { ...part, ...judgeRemedy(request, part.changes, SHORT[action.kind]) };
}

function compareRemedies(a: Remedy, b: Remedy): number {
  if (a.reaches !== b.reaches) return a.reaches ? -1 : 1;
  return a.reaches ? compareRational(a.cost, b.cost) : 0;
}

/**
 * What brings a position to a target health factor at the evaluation prices, trades being made at the trade prices: collateral added, debt
 * repaid with cash or with collateral, collateral or debt swapped, each alone, and the cheapest mix. Exact, closed form: carried − ratio·owed
 * is linear in each amount, so an amount is what is missing over what a token gains. Cost: cash brought in, or the swap's cost.
 *
 * Aave before 3.5 with several thresholds: the line is up to a basis point of the collateral too cautious, and an amount by as much too large.
 * Where the venue's own figure is at the target already, nothing needs to be done.
 *
 * Every answer is put to the venue's own evaluation, and to those of its rules that a book knows: what it can hold, its limit for
 * withdrawals and loans, its least debt. Caps, pauses and what other accounts do are not in a book.
 *
 * Errors: `InvalidInputError` TARGET (below 1), SWAP_COST (not in [0, 1)), PRICE_MISSING.
 * Example: 5 ETH at 3,000 (83 %) against 12,000 of a dollar, target 1.25, swaps at 0.3 %: 15,000 − 12,450 = 2,550 missing; add
 * 2,550/2,490 = 1.0241 ETH, or repay 2,550/1.25 = 2,040, or sell 2,550/(1.25·2,991 − 2,490) = 2.0419 ETH at a cost of 18.38.
 */
export function computeRemedies(request: RemedyRequest): Remedies {
  const { target, model, position, evaluationPrices } = request;
  const swapCost = request.swapCost ?? rational(policy.remedies.swapCostBps, BPS);
  if (compareRational(target, ONE) < 0) {
    throw new InvalidInputError('TARGET', 'A target health factor is at least 1: below, the position is liquidatable.');
  }
  if (swapCost.numerator < 0n || compareRational(swapCost, ONE) >= 0) {
    throw new InvalidInputError('SWAP_COST', 'A swap costs a share of what is sold, from 0 to below 1.');
  }
  const need = computeNeed(request);
  const { healthFactor: before, liquidatable } = model.computeEvaluation(position, evaluationPrices);
  const healthFactorBefore = before && reduceRational(before);
  const isThere = before !== null && compareRational(before, target) >= 0 && !liquidatable;
  if (need.numerator <= 0n || isThere) {
    return { isReached: true, swapCost, healthFactorBefore, single: [], ...computeCheapest(request, [], need) };
  }
  const actions = listRemedyActions(request, swapCost);
  const single = actions.map((action) => computeSingle(request, action, need, healthFactorBefore));
  return {
    isReached: false,
    swapCost,
    healthFactorBefore,
    single: [...single].sort(compareRemedies),
    ...computeCheapest(request, actions, need),
  };
}
