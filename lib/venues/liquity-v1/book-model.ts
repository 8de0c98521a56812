import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { LinearEdge, VenueModel } from '@/lib/domain/venue-model';
import { ONE, ZERO } from '@/lib/risk/liquidation/book-values';
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
import { divideRational, maxRational, multiplyRational, type Rational, subtractRational } from '@/lib/units/rational';
import { findSwitchedOff } from '../find-switched-off';
import { computeLiquityV1Outcome, LIQUITY_V1_BEARERS } from './book-outcome';
import { LIQUITY_V1, type LiquityV1Terms, liquityV1Terms } from './book-terms';
import { describeLiquityV1Redemption } from './describe-redemption';
import { computeEdgeRatio, isRecoveryMode } from './edge-ratio';

const NAME = 'Liquity v1';
const FACE_TEXT = 'A trove owes LUSD at one dollar each, whatever the market pays for it: no price of it liquidates.';

const toLoan = (position: BookPosition<LiquityV1Terms>, prices: PriceBook): FaceValueLoan =>
  toFaceValueLoan(position, prices, ONE);

const isLiquidatable = (loan: FaceValueLoan, terms: LiquityV1Terms): boolean =>
  isBelowRatio(loan, computeEdgeRatio(loan.debt.amount, terms));

/**
 * What a trove may still draw before the one-off fee, base currency: up to 110 %, up to 150 % in recovery mode, where a trove that owes
 * cannot draw at all (its ratio may not fall). A new trove sets 200 LUSD aside. Source: `BorrowerOperations.sol`.
 */
function computeRoom(loan: FaceValueLoan, terms: LiquityV1Terms): Rational {
  const { minimumRatio, criticalRatio, minimumDebt, gasReserve } = LIQUITY_V1;
  const isNew = loan.debt.amount.numerator === 0n;
  if (isRecoveryMode(terms) && !isNew) return ZERO;
  const room = computeFaceValueRoom(loan, isRecoveryMode(terms) ? criticalRatio : minimumRatio, ONE, minimumDebt);
  if (!isNew) return room;
  return maxRational(ZERO, subtractRational(room, multiplyRational(gasReserve, loan.debt.price)));
}

function describeEdge({ collateral, debt, terms }: BookPosition<LiquityV1Terms>): LinearEdge {
  const ratio = computeEdgeRatio(debt[0]?.amount ?? ZERO, terms);
  const healthAtEdge = divideRational(ratio, LIQUITY_V1.minimumRatio);
  return describeFaceValueEdge(collateral, debt, { ratio, face: ONE, healthAtEdge });
}

/**
 * Liquity v1 troves: ETH against LUSD at one dollar, health factor = ICR / 110 %; liquidatable when ICR < 110 %, in recovery mode (total
 * ratio below 150 %) when ICR < total ratio and the Stability Pool covers the debt, so there at health factors above 1.
 *
 * Example: 10 ETH at 2,000 against 10,000: ICR 200 %, health factor 1.81…, liquidation price 1,100.
 */
export const liquityV1Model: VenueModel<'liquity-v1', LiquityV1Terms> = {
  id: 'liquity-v1',
  name: NAME,
  axes: {
    collaterals: 'one',
    debts: 'one',
    badDebtBearer: `${LIQUITY_V1_BEARERS.pool}, then ${LIQUITY_V1_BEARERS.redistributed}`,
    liquidity: 'LUSD is minted',
  },
  liquidatorChooses: 'nothing',
  fallAssumption:
    'Liquity v1: the total collateral ratio and the Stability Pool stay as the book has them, at every fall. In truth a fall can take the system into recovery mode, where troves below 150 % are liquidated too.',
  termsSchema: liquityV1Terms,
  legParameters: { collateral: { required: [], optional: [] }, debt: { required: [], optional: [] } },
  findProblem: (position) => findFaceValueProblem(position) ?? findSwitchedOff(position, NAME),
  computeEvaluation(position, prices) {
    const loan = toLoan(position, prices);
    return computeFaceValueEvaluation(loan, LIQUITY_V1.minimumRatio, {
      liquidatable: isLiquidatable(loan, position.terms),
      availableToBorrow: computeRoom(loan, position.terms),
    });
  },
  computeLiquidationPrices(position, prices) {
    const loan = toLoan(position, prices);
    return computeFaceValuePrices(position, loan, computeEdgeRatio(loan.debt.amount, position.terms), FACE_TEXT);
  },
  describeEdge,
  describeWithdrawal: ({ terms }) =>
    isRecoveryMode(terms) ? { allowed: false, text: 'In recovery mode no collateral can be withdrawn.' } : undefined,
  readLeastDebt: () => LIQUITY_V1.minimumDebt,
  describeRedemption: describeLiquityV1Redemption,
  computeOutcome(position, prices) {
    const loan = toLoan(position, prices);
    return isLiquidatable(loan, position.terms) ? computeLiquityV1Outcome(loan, position.terms) : NO_OUTCOME;
  },
};
