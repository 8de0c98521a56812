import * as z from 'zod/mini';
import type { BookPosition } from '@/lib/domain/book-position';
import type { VenueModel } from '@/lib/domain/venue-model';
import {
  computeAccountEvaluation,
  computeTotalValue,
  computeWeightedValue,
  type WeightedLeg,
  ZERO,
} from '@/lib/risk/liquidation/book-values';
import { computeCrossPrices } from '@/lib/risk/liquidation/cross-prices';
import { describeWeightedEdge } from '@/lib/risk/liquidation/linear-edge';
import { findSwitchedOff } from '../find-switched-off';
import { CUSTOM_BAD_DEBT_BEARER, computeCustomOutcome } from './book-outcome';

/** A venue without terms of its own: all stands on the legs. */
export type CustomTerms = Readonly<Record<never, never>>;

const NAME = 'A custom venue';

const weigh = (
  { collateral }: BookPosition<CustomTerms>,
  parameter: 'liquidationThreshold' | 'maxLtv',
): readonly WeightedLeg[] =>
  collateral.map(({ asset, amount, parameters }) => ({ asset, amount, weight: parameters[parameter] ?? ZERO }));

/**
 * The plainest cross-collateral venue, by the legs' own parameters: liquidatable when Σ collateral·threshold < Σ debt. A leg without
 * `maxLtv` lends nothing, one without `liquidationBonus` pays none.
 *
 * Example: 10 ETH at 2,000 and 80 % against 12,000: health factor 16,000 / 12,000, liquidation price 1,500.
 */
export const customModel: VenueModel<'custom', CustomTerms> = {
  id: 'custom',
  name: 'Custom',
  axes: {
    collaterals: 'many',
    debts: 'many',
    badDebtBearer: CUSTOM_BAD_DEBT_BEARER,
    liquidity: 'not stated',
  },
  liquidatorChooses: 'pair',
  termsSchema: z.strictObject({}),
  legParameters: {
    collateral: { required: ['liquidationThreshold'], optional: ['maxLtv', 'liquidationBonus'] },
    debt: { required: [], optional: [] },
  },
  findProblem: (position) => findSwitchedOff(position, NAME),
  computeEvaluation: (position, prices) =>
    computeAccountEvaluation({
      collateralValue: computeTotalValue(position.collateral, prices),
      weightedCollateral: computeWeightedValue(weigh(position, 'liquidationThreshold'), prices),
      debtValue: computeTotalValue(position.debt, prices),
      borrowLimit: computeWeightedValue(weigh(position, 'maxLtv'), prices),
    }),
  computeLiquidationPrices: (position, prices) =>
    computeCrossPrices({ collateral: weigh(position, 'liquidationThreshold'), debt: position.debt, idle: [] }, prices),
  describeEdge: (position) => describeWeightedEdge(weigh(position, 'liquidationThreshold'), position.debt),
  computeOutcome: computeCustomOutcome,
};
