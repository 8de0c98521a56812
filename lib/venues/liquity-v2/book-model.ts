import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { VenueModel } from '@/lib/domain/venue-model';
import { ONE } from '@/lib/risk/liquidation/book-values';
import {
  computeFaceValueEvaluation,
  computeFaceValueRoom,
  type FaceValueLoan,
  findFaceValueProblem,
  isBelowRatio,
  toFaceValueLoan,
} from '@/lib/risk/liquidation/face-value-loan';
import { computeFaceValuePrices } from '@/lib/risk/liquidation/face-value-prices';
import { describeFaceValueEdge } from '@/lib/risk/liquidation/linear-edge';
import { NO_OUTCOME } from '@/lib/risk/liquidation/total-outcome';
import { findSwitchedOff } from '../find-switched-off';
import { computeLiquityV2Outcome, LIQUITY_V2_BEARERS } from './book-outcome';
import { type LiquityV2Terms, liquityV2Terms } from './book-terms';
import { BRANCHES, LIQUITY_V2 } from './branches';
import { describeLiquityV2Redemption } from './describe-redemption';

const NAME = 'Liquity v2';
const FACE_TEXT = 'A trove owes BOLD at one dollar each, whatever the market pays for it: no price of it liquidates.';

const toLoan = (position: BookPosition<LiquityV2Terms>, prices: PriceBook): FaceValueLoan =>
  toFaceValueLoan(position, prices, ONE);

/**
 * Liquity v2 troves: one collateral of a branch against BOLD at one dollar; liquidatable when ICR < MCR, in every state of the branch. May
 * draw up to MCR, before the upfront fee and while the branch's total ratio stays at its CCR or above, which a book does not know; a debt
 * below 2,000 BOLD is not lent. Source: `liquity/bold`, `contracts/src/{TroveManager,BorrowerOperations}.sol`.
 *
 * Example (wstETH, 120 %): 10 at 3,000 against 20,000: ICR 150 %, health factor 1.25, liquidation price 2,400.
 */
export const liquityV2Model: VenueModel<'liquity-v2', LiquityV2Terms> = {
  id: 'liquity-v2',
  name: NAME,
  axes: {
    collaterals: 'one',
    debts: 'one',
    badDebtBearer: `${LIQUITY_V2_BEARERS.pool}, then ${LIQUITY_V2_BEARERS.redistributed}`,
    liquidity: 'BOLD is minted',
  },
  liquidatorChooses: 'nothing',
  termsSchema: liquityV2Terms,
  legParameters: { collateral: { required: [], optional: [] }, debt: { required: [], optional: [] } },
  findProblem: (position) => findFaceValueProblem(position) ?? findSwitchedOff(position, NAME),
  computeEvaluation(position, prices) {
    const { minimumRatio } = BRANCHES[position.terms.branch];
    const loan = toLoan(position, prices);
    return computeFaceValueEvaluation(loan, minimumRatio, {
      liquidatable: isBelowRatio(loan, minimumRatio),
      availableToBorrow: computeFaceValueRoom(loan, minimumRatio, ONE, LIQUITY_V2.minimumDebt),
    });
  },
  computeLiquidationPrices: (position, prices) =>
    computeFaceValuePrices(position, toLoan(position, prices), BRANCHES[position.terms.branch].minimumRatio, FACE_TEXT),
  describeEdge: ({ collateral, debt, terms }) =>
    describeFaceValueEdge(collateral, debt, { ratio: BRANCHES[terms.branch].minimumRatio, face: ONE }),
  readLeastDebt: () => LIQUITY_V2.minimumDebt,
  describeRedemption: describeLiquityV2Redemption,
  computeOutcome(position, prices) {
    const loan = toLoan(position, prices);
    const isLiquidatable = isBelowRatio(loan, BRANCHES[position.terms.branch].minimumRatio);
    return isLiquidatable ? computeLiquityV2Outcome(loan, position.terms) : NO_OUTCOME;
  },
};
