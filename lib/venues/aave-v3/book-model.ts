import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookEvaluation, VenueModel } from '@/lib/domain/venue-model';
import {
  computeAccountEvaluation,
  computeTotalValue,
  computeWeightedValue,
  ZERO,
} from '@/lib/risk/liquidation/book-values';
import { computeCrossPrices } from '@/lib/risk/liquidation/cross-prices';
import { describeWeightedEdge } from '@/lib/risk/liquidation/linear-edge';
import { BPS } from '@/lib/units/fixed';
import { divideRational, floorRational, multiplyRational, type Rational, rational } from '@/lib/units/rational';
import { type BookCollateral, findEMode, listBookCollateral } from './book-legs';
import { AAVE_BAD_DEBT_BEARER, computeAaveOutcome } from './book-outcome';
import { type AaveV3Terms, aaveV3TermsSchema, isAtLeast } from './book-terms';

type AavePosition = BookPosition<AaveV3Terms>;

const listCounting = (position: AavePosition): readonly BookCollateral[] =>
  listBookCollateral(position).filter(({ counts }) => counts);

const weigh = (legs: readonly BookCollateral[], name: 'ltv' | 'liquidationThreshold') =>
  legs.map((leg) => ({ asset: leg.asset, amount: leg.amount, weight: leg[name] }));

/** C times the average LTV, which every version truncates to whole basis points. 28,500 at 76.947… % lend 0.7694·28,500. */
function computeBorrowLimit(collateralValue: Rational, weighted: Rational): Rational {
  if (collateralValue.numerator === 0n) return ZERO;
  const averageBps = floorRational(divideRational(weighted, collateralValue), BPS);
  return multiplyRational(collateralValue, rational(averageBps, BPS));
}

function computeEvaluation(position: AavePosition, prices: PriceBook): BookEvaluation {
  const counting = listCounting(position);
  const collateralValue = computeTotalValue(counting, prices);
  return computeAccountEvaluation({
    collateralValue,
    weightedCollateral: computeWeightedValue(weigh(counting, 'liquidationThreshold'), prices),
    debtValue: computeTotalValue(position.debt, prices),
    borrowLimit: computeBorrowLimit(collateralValue, computeWeightedValue(weigh(counting, 'ltv'), prices)),
  });
}

/** Enabled collateral outside a mode needs a threshold of its own: without one nobody knows what it carries. */
function findMissingThreshold({ collateral, terms }: AavePosition) {
  const index = collateral.findIndex(
    (leg) => leg.enabled && !findEMode(leg, terms) && leg.parameters.liquidationThreshold === undefined,
  );
  if (index < 0) return undefined;
  return {
    path: `collateral[${index}].liquidationThreshold`,
    message: 'Missing: collateral outside the efficiency mode needs its own threshold.',
  };
}

function findEarlyLtvZero({ terms }: AavePosition) {
  if (isAtLeast(terms.version, '3.6') || !terms.eMode?.ltvZero.length) return undefined;
  return { path: 'terms.eMode.ltvZero', message: `Exists since 3.6, but the version is ${terms.version}.` };
}

/**
 * An account of an Aave v3 pool over a book, by the version in its terms: HF = Σ(Cᵢ·LTᵢ) / ΣDⱼ over what is enabled as collateral,
 * liquidatable below 1. Exact: the contracts' units and, before 3.5, the average threshold in whole basis points are left out (they move
 * the edge by at most one basis point of the collateral). The borrow limit keeps the truncated average LTV.
 * Source: `aave-v3-origin`, `src/contracts/protocol/libraries/logic/{Generic,Liquidation,Validation}Logic.sol`.
 *
 * Example: 5 ETH at 3,000 (83 %) and 0.15 BTC at 90,000 (78 %) against 18,000: HF 22,980 / 18,000, ETH liquidates below 1,800.
 */
export const aaveV3Model: VenueModel<'aave-v3', AaveV3Terms> = {
  id: 'aave-v3',
  name: 'Aave v3',
  axes: { collaterals: 'many', debts: 'many', badDebtBearer: AAVE_BAD_DEBT_BEARER, liquidity: 'shared pool' },
  liquidatorChooses: 'pair',
  termsSchema: aaveV3TermsSchema,
  legParameters: {
    collateral: { required: [], optional: ['liquidationThreshold', 'maxLtv', 'liquidationBonus'] },
    debt: { required: [], optional: [] },
  },
  findProblem: (position) => findEarlyLtvZero(position) ?? findMissingThreshold(position),
  computeEvaluation,
  computeLiquidationPrices(position, prices) {
    const collateral = weigh(listCounting(position), 'liquidationThreshold');
    const idle = listBookCollateral(position).filter(({ counts }) => !counts);
    return computeCrossPrices({ collateral, debt: position.debt, idle }, prices);
  },
  describeEdge: (position) =>
    describeWeightedEdge(
      listBookCollateral(position).map(({ asset, amount, counts, liquidationThreshold }) => {
        return { asset, amount, weight: counts ? liquidationThreshold : ZERO };
      }),
      position.debt,
    ),
  computeOutcome: computeAaveOutcome,
};
