import * as z from 'zod/mini';
import type { BookPosition } from '@/lib/domain/book-position';
import type { VenueModel } from '@/lib/domain/venue-model';
import { findMarginProblem } from '@/lib/risk/liquidation/find-margin-problem';
import {
  computeMarginEvaluation,
  computeMarginPrices,
  describeMarginEdge,
  isMarginMissing,
  listCashAssumptions,
  toMarginAccount,
} from '@/lib/risk/liquidation/margin-account';
import { NO_OUTCOME } from '@/lib/risk/liquidation/total-outcome';
import { findSwitchedOff } from '../find-switched-off';
import { findTooMany } from '../find-too-many';
import { computeIsolatedMarginOutcome, ISOLATED_MARGIN_BEARER } from './book-outcome';

/** All stands on the legs. */
export type IsolatedMarginTerms = Readonly<Record<never, never>>;

const NAME = 'Isolated margin';

/** One thing held against one thing owed; beside it only margin in the asset that is owed. */
function findSecondHolding({ collateral, debt }: BookPosition) {
  const [first, second, third] = collateral;
  const isMargin = [first, second].some((leg) => leg?.asset === debt[0]?.asset);
  if (!second || (isMargin && !third)) return undefined;
  const path = isMargin ? 'collateral[2]' : 'collateral[1]';
  return { path, message: 'An isolated position holds one asset, and margin in the asset it owes.' };
}

/**
 * One position with its own margin: liquidatable when equity < maintenance margin. A perpetual is two legs (long: the base held, the entry
 * notional owed; short: the reverse), its margin in cash either beside them or taken off what is owed.
 *
 * Example: long 2 at 3,100 with equity 800, maintenance 2 %: liquidation price 5,400 / 1.96 = 2,755.10.
 */
export const isolatedMarginModel: VenueModel<'isolated-margin', IsolatedMarginTerms> = {
  id: 'isolated-margin',
  name: NAME,
  axes: {
    collaterals: 'one',
    debts: 'one',
    badDebtBearer: ISOLATED_MARGIN_BEARER,
    liquidity: 'the venue’s order book',
  },
  liquidatorChooses: 'nothing',
  termsSchema: z.strictObject({}),
  legParameters: {
    collateral: { required: [], optional: ['initialMargin', 'maintenanceMargin'] },
    debt: { required: [], optional: ['initialMargin', 'maintenanceMargin'] },
  },
  findProblem: (position) =>
    findSecondHolding(position) ??
    findTooMany(position, 'debt', 'An isolated position owes one asset.') ??
    findSwitchedOff(position, NAME) ??
    findMarginProblem(position),
  computeEvaluation: (position, prices) => computeMarginEvaluation(toMarginAccount(position, prices)),
  computeLiquidationPrices: (position, prices) => computeMarginPrices(toMarginAccount(position, prices), prices),
  describeEdge: (position) => describeMarginEdge(position, 'maintenance'),
  describeWithdrawal: (position) => ({ allowed: true, edge: describeMarginEdge(position, 'initial') }),
  computeOutcome(position, prices) {
    const account = toMarginAccount(position, prices);
    return isMarginMissing(account) ? computeIsolatedMarginOutcome(account, listCashAssumptions(position)) : NO_OUTCOME;
  },
};
