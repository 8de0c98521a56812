import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { VenueModel } from '@/lib/domain/venue-model';
import { ZERO } from '@/lib/risk/liquidation/book-values';
import {
  computeFaceValueEvaluation,
  computeFaceValueRoom,
  findFaceValueProblem,
  isBelowRatio,
  toFaceValueLoan,
} from '@/lib/risk/liquidation/face-value-loan';
import { computeFaceValuePrices } from '@/lib/risk/liquidation/face-value-prices';
import { describeFaceValueEdge } from '@/lib/risk/liquidation/linear-edge';
import { NO_OUTCOME } from '@/lib/risk/liquidation/total-outcome';
import { findSwitchedOff } from '../find-switched-off';
import { computeMakerMcdOutcome, MAKER_MCD_BEARER } from './book-outcome';
import { type MakerMcdTerms, makerMcdTerms } from './book-terms';

const NAME = 'Maker';
const FACE_TEXT = 'The vault counts what it owes at par, whatever the market pays for DAI: no price of it liquidates.';

const toLoan = (position: BookPosition<MakerMcdTerms>, prices: PriceBook) =>
  toFaceValueLoan(position, prices, position.terms.par);

/**
 * Maker vaults: safe while debt ≤ ink · spot with spot = price / par / mat (`dss/src/{vat,spot}.sol`); amounts owed are art · rate, the
 * price is dollars, and so is the book's base currency.
 *
 * Example (ETH-A, mat 145 %): 10 ETH at 2,000 against 10,000 DAI: health factor 20,000 / 14,500, liquidation price 1,450.
 */
export const makerMcdModel: VenueModel<'maker-mcd', MakerMcdTerms> = {
  id: 'maker-mcd',
  name: 'Maker vaults',
  axes: { collaterals: 'one', debts: 'one', badDebtBearer: MAKER_MCD_BEARER, liquidity: 'DAI is minted' },
  liquidatorChooses: 'nothing',
  termsSchema: makerMcdTerms,
  legParameters: { collateral: { required: [], optional: [] }, debt: { required: [], optional: [] } },
  findProblem: (position) => findFaceValueProblem(position) ?? findSwitchedOff(position, NAME),
  computeEvaluation(position, prices) {
    const { mat, par, dust, open } = position.terms;
    const loan = toLoan(position, prices);
    return computeFaceValueEvaluation(loan, mat, {
      liquidatable: isBelowRatio(loan, mat),
      availableToBorrow: open ? computeFaceValueRoom(loan, mat, par, dust) : ZERO,
    });
  },
  computeLiquidationPrices: (position, prices) =>
    computeFaceValuePrices(position, toLoan(position, prices), position.terms.mat, FACE_TEXT),
  describeEdge: ({ collateral, debt, terms }) =>
    describeFaceValueEdge(collateral, debt, { ratio: terms.mat, face: terms.par }),
  readLeastDebt: ({ dust }) => dust,
  computeOutcome(position, prices) {
    const loan = toLoan(position, prices);
    return isBelowRatio(loan, position.terms.mat) ? computeMakerMcdOutcome(loan, position.terms) : NO_OUTCOME;
  },
};
