import type { BookPosition } from '@/lib/domain/book-position';
import type { VenueModel } from '@/lib/domain/venue-model';
import {
  computeAccountEvaluation,
  computeTotalValue,
  computeWeightedValue,
  type WeightedLeg,
} from '@/lib/risk/liquidation/book-values';
import { computeCrossPrices } from '@/lib/risk/liquidation/cross-prices';
import { describeWeightedEdge } from '@/lib/risk/liquidation/linear-edge';
import { findSwitchedOff } from '../find-switched-off';
import { findTooMany } from '../find-too-many';
import { computeMorphoOutcome, MORPHO_BAD_DEBT_BEARER } from './book-outcome';
import { type MorphoBlueTerms, morphoBlueTermsSchema } from './book-terms';

const NAME = 'Morpho Blue';

const weigh = ({ collateral, terms }: BookPosition<MorphoBlueTerms>): readonly WeightedLeg[] =>
  collateral.map(({ asset, amount }) => ({ asset, amount, weight: terms.lltv }));

/**
 * A position of a Morpho Blue market over a book: healthy while C·P·LLTV ≥ D, the LLTV also being the most that may be borrowed.
 * Source: `morpho-blue`, `src/Morpho.sol` (`_isHealthy`, `liquidate`).
 *
 * Example: 10 wstETH at 3,000 and 86 % against 24,000: health factor 25,800 / 24,000 = 1.075, 1,800 still available.
 */
export const morphoBlueModel: VenueModel<'morpho-blue', MorphoBlueTerms> = {
  id: 'morpho-blue',
  name: NAME,
  axes: { collaterals: 'one', debts: 'one', badDebtBearer: MORPHO_BAD_DEBT_BEARER, liquidity: 'isolated market' },
  liquidatorChooses: 'nothing',
  termsSchema: morphoBlueTermsSchema,
  legParameters: { collateral: { required: [], optional: [] }, debt: { required: [], optional: [] } },
  findProblem: (position) =>
    findTooMany(position, 'collateral', 'A Morpho Blue market has one collateral.') ??
    findTooMany(position, 'debt', 'A Morpho Blue market lends one token.') ??
    findSwitchedOff(position, NAME),
  computeEvaluation(position, prices) {
    const weightedCollateral = computeWeightedValue(weigh(position), prices);
    return computeAccountEvaluation({
      collateralValue: computeTotalValue(position.collateral, prices),
      weightedCollateral,
      debtValue: computeTotalValue(position.debt, prices),
      borrowLimit: weightedCollateral,
    });
  },
  computeLiquidationPrices: (position, prices) =>
    computeCrossPrices({ collateral: weigh(position), debt: position.debt, idle: [] }, prices),
  describeEdge: (position) => describeWeightedEdge(weigh(position), position.debt),
  computeOutcome: computeMorphoOutcome,
};
