import type { BookPosition, LegParameter } from '@/lib/domain/book-position';
import type { VenueModel } from '@/lib/domain/venue-model';
import {
  computeAccountEvaluation,
  computeTotalValue,
  computeWeightedValue,
  ONE,
  type WeightedLeg,
  ZERO,
} from '@/lib/risk/liquidation/book-values';
import { computeCrossPrices } from '@/lib/risk/liquidation/cross-prices';
import { describeWeightedEdge } from '@/lib/risk/liquidation/linear-edge';
import { compareRational } from '@/lib/units/rational';
import { findSwitchedOff } from '../find-switched-off';
import { findTooMany } from '../find-too-many';
import { COMPOUND_BAD_DEBT_BEARER, computeCompoundOutcome } from './book-outcome';
import { type CompoundV3Terms, compoundV3TermsSchema } from './book-terms';

type CompoundPosition = BookPosition<CompoundV3Terms>;

const NAME = 'Compound III';
const FACTORS = ['borrowCollateralFactor', 'liquidateCollateralFactor', 'liquidationFactor'] as const;

const weigh = ({ collateral }: CompoundPosition, parameter: LegParameter): readonly WeightedLeg[] =>
  collateral.map(({ asset, amount, parameters }) => ({ asset, amount, weight: parameters[parameter] ?? ZERO }));

/** The base asset supplied repays what is owed, so it never stands beside it (`Comet.supplyBase`). */
function findBaseAsCollateral({ collateral, debt }: CompoundPosition) {
  const index = collateral.findIndex(({ asset }) => asset === debt[0]?.asset);
  if (index < 0) return undefined;
  return { path: `collateral[${index}]`, message: 'The base asset of a Compound III market is not its collateral.' };
}

function findFactorAboveOne({ collateral }: CompoundPosition) {
  for (const [index, { parameters }] of collateral.entries()) {
    const factor = FACTORS.find((name) => compareRational(parameters[name] ?? ZERO, ONE) > 0);
    if (factor) return { path: `collateral[${index}].${factor}`, message: 'A factor is at most 1.' };
  }
  return undefined;
}

/** What lends as much as it is liquidated at is refused (`AssetList.getPackedAsset`, BorrowCFTooLarge); what lends nothing may carry nothing. */
function findFactorsCrossed({ collateral }: CompoundPosition) {
  const index = collateral.findIndex(({ parameters }) => {
    const [borrow, liquidate] = [
      parameters.borrowCollateralFactor ?? ZERO,
      parameters.liquidateCollateralFactor ?? ZERO,
    ];
    return borrow.numerator > 0n && compareRational(borrow, liquidate) >= 0;
  });
  if (index < 0) return undefined;
  const message = 'It must be below liquidateCollateralFactor: the contract refuses others.';
  return { path: `collateral[${index}].borrowCollateralFactor`, message };
}

/**
 * A position of a Compound III market over a book: may borrow while Σ C·borrowCollateralFactor ≥ D, liquidatable when
 * Σ C·liquidateCollateralFactor < D. Source: `comet`, `contracts/Comet.sol` (`isBorrowCollateralized`, `isLiquidatable`).
 *
 * Example: 10 WETH at 2,500 (82.5 % / 89.5 %) against 18,000: health factor 22,375 / 18,000, 2,625 still available.
 */
export const compoundV3Model: VenueModel<'compound-v3', CompoundV3Terms> = {
  id: 'compound-v3',
  name: NAME,
  axes: { collaterals: 'many', debts: 'one', badDebtBearer: COMPOUND_BAD_DEBT_BEARER, liquidity: 'one base pool' },
  liquidatorChooses: 'nothing',
  termsSchema: compoundV3TermsSchema,
  legParameters: { collateral: { required: FACTORS, optional: [] }, debt: { required: [], optional: [] } },
  findProblem: (position) =>
    findTooMany(position, 'debt', 'A Compound III market lends one asset, its base.') ??
    findBaseAsCollateral(position) ??
    findSwitchedOff(position, NAME) ??
    findFactorAboveOne(position) ??
    findFactorsCrossed(position),
  computeEvaluation: (position, prices) =>
    computeAccountEvaluation({
      collateralValue: computeTotalValue(position.collateral, prices),
      weightedCollateral: computeWeightedValue(weigh(position, 'liquidateCollateralFactor'), prices),
      debtValue: computeTotalValue(position.debt, prices),
      borrowLimit: computeWeightedValue(weigh(position, 'borrowCollateralFactor'), prices),
    }),
  computeLiquidationPrices: (position, prices) =>
    computeCrossPrices(
      { collateral: weigh(position, 'liquidateCollateralFactor'), debt: position.debt, idle: [] },
      prices,
    ),
  describeEdge: (position) => describeWeightedEdge(weigh(position, 'liquidateCollateralFactor'), position.debt),
  describeWithdrawal: (position) => ({
    allowed: true,
    edge: describeWeightedEdge(weigh(position, 'borrowCollateralFactor'), position.debt),
  }),
  computeOutcome: computeCompoundOutcome,
};
