import * as z from 'zod/mini';
import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { VenueModel } from '@/lib/domain/venue-model';
import { ZERO } from '@/lib/risk/liquidation/book-values';
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
import { SAI } from './bite';
import { computeMakerScdOutcome, MAKER_SCD_BEARER } from './book-outcome';

/** A cup has no terms of its own. */
export type MakerScdTerms = Readonly<Record<never, never>>;

const NAME = 'Maker SCD (Sai)';
const FACE_TEXT = 'A cup owes SAI at its target price, whatever the market pays for it: no price of it liquidates.';

const toLoan = (position: BookPosition<MakerScdTerms>, prices: PriceBook): FaceValueLoan =>
  toFaceValueLoan(position, prices, SAI.par);

/**
 * Single-Collateral Dai: PETH against SAI at par, safe while tag · ink ≥ par · tab · mat (`SaiTub.safe`, `makerdao/sai`, `src/tub.sol`).
 *
 * Example: 10 PETH at 300 against 1,000 SAI: health factor 3,000 / 1,500, liquidation price 150.
 */
export const makerScdModel: VenueModel<'maker-scd', MakerScdTerms> = {
  id: 'maker-scd',
  name: NAME,
  axes: { collaterals: 'one', debts: 'one', badDebtBearer: MAKER_SCD_BEARER, liquidity: 'SAI is minted' },
  liquidatorChooses: 'nothing',
  termsSchema: z.strictObject({}),
  legParameters: { collateral: { required: [], optional: [] }, debt: { required: [], optional: [] } },
  findProblem: (position) => findFaceValueProblem(position) ?? findSwitchedOff(position, NAME),
  computeEvaluation(position, prices) {
    const loan = toLoan(position, prices);
    return computeFaceValueEvaluation(loan, SAI.mat, {
      liquidatable: isBelowRatio(loan, SAI.mat),
      availableToBorrow: computeFaceValueRoom(loan, SAI.mat, SAI.par, ZERO),
    });
  },
  computeLiquidationPrices: (position, prices) =>
    computeFaceValuePrices(position, toLoan(position, prices), SAI.mat, FACE_TEXT),
  describeEdge: ({ collateral, debt }) => describeFaceValueEdge(collateral, debt, { ratio: SAI.mat, face: SAI.par }),
  computeOutcome(position, prices) {
    const loan = toLoan(position, prices);
    return isBelowRatio(loan, SAI.mat) ? computeMakerScdOutcome(loan) : NO_OUTCOME;
  },
};
