import * as z from 'zod/mini';
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
import { CROSS_MARGIN_BEARER, computeCrossMarginOutcome } from './book-outcome';

/** All stands on the legs. */
export type CrossMarginTerms = Readonly<Record<never, never>>;

const NAME = 'Cross margin';

/**
 * One account whose whole equity backs all its positions: liquidatable when equity < Σ maintenance margins. A perpetual is two legs (long: the
 * base held, the entry notional owed; short: the reverse). A margin on collateral is its haircut h, so that it counts as C · (1 − h): the
 * maintenance margin in the test, the initial margin in what may be drawn or withdrawn.
 *
 * Examples: 2 ETH at 3,100 (2 %) against 5,400: liquidation price 2,755.10. 2 BTC at 90,000 (haircuts 10 and 20 %) against 150,000: health
 * factor 162,000 / 150,000, nothing more to draw.
 */
export const crossMarginModel: VenueModel<'cross-margin', CrossMarginTerms> = {
  id: 'cross-margin',
  name: NAME,
  axes: { collaterals: 'many', debts: 'many', badDebtBearer: CROSS_MARGIN_BEARER, liquidity: 'the venue’s order book' },
  liquidatorChooses: 'nothing',
  termsSchema: z.strictObject({}),
  legParameters: {
    collateral: { required: [], optional: ['initialMargin', 'maintenanceMargin'] },
    debt: { required: [], optional: ['initialMargin', 'maintenanceMargin'] },
  },
  findProblem: (position) => findSwitchedOff(position, NAME) ?? findMarginProblem(position),
  computeEvaluation: (position, prices) => computeMarginEvaluation(toMarginAccount(position, prices)),
  computeLiquidationPrices: (position, prices) => computeMarginPrices(toMarginAccount(position, prices), prices),
  describeEdge: (position) => describeMarginEdge(position, 'maintenance'),
  describeWithdrawal: (position) => ({ allowed: true, edge: describeMarginEdge(position, 'initial') }),
  computeOutcome(position, prices) {
    const account = toMarginAccount(position, prices);
    return isMarginMissing(account) ? computeCrossMarginOutcome(account, listCashAssumptions(position)) : NO_OUTCOME;
  },
};
