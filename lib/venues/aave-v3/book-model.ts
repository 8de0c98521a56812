import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookEvaluation, VenueModel } from '@/lib/domain/venue-model';
import {
  computeAccountEvaluation,
  computeTotalValue,
  computeWeightedValue,
  truncateAverage,
} from '@/lib/risk/liquidation/book-values';
import { computeCrossPrices } from '@/lib/risk/liquidation/cross-prices';
import { multiplyRational, type Rational } from '@/lib/units/rational';
import { describeAaveEdge } from './book-edge';
import { type BookCollateral, findEMode, listBookCollateral } from './book-legs';
import { AAVE_BAD_DEBT_BEARER, computeAaveOutcome } from './book-outcome';
import { computeTruncatedPrices } from './book-prices';
import {
  type AaveV3Terms,
  aaveV3TermsSchema,
  findModeBorrowProblem,
  isAtLeast,
  renameModeAssets,
  truncatesThreshold,
} from './book-terms';

type AavePosition = BookPosition<AaveV3Terms>;

const listCounting = (position: AavePosition): readonly BookCollateral[] =>
  listBookCollateral(position).filter(({ counts }) => counts);

const weigh = (legs: readonly BookCollateral[], name: 'ltv' | 'liquidationThreshold') =>
  legs.map((leg) => ({ asset: leg.asset, amount: leg.amount, weight: leg[name] }));

/** C times its average weight, truncated to whole basis points. 28,500 at 76.947… % lend 0.7694·28,500. */
const computeAtWholeBps = (collateralValue: Rational, weighted: Rational): Rational =>
  multiplyRational(collateralValue, truncateAverage(weighted, collateralValue));

/** Every version truncates the average LTV; those before 3.5 the average threshold too. */
function computeEvaluation(position: AavePosition, prices: PriceBook): BookEvaluation {
  const counting = listCounting(position);
  const collateralValue = computeTotalValue(counting, prices);
  const weighted = computeWeightedValue(weigh(counting, 'liquidationThreshold'), prices);
  const truncates = truncatesThreshold(position.terms.version);
  return computeAccountEvaluation({
    collateralValue,
    weightedCollateral: truncates ? computeAtWholeBps(collateralValue, weighted) : weighted,
    debtValue: computeTotalValue(position.debt, prices),
    borrowLimit: computeAtWholeBps(collateralValue, computeWeightedValue(weigh(counting, 'ltv'), prices)),
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
 * liquidatable below 1; before 3.5 ΣC times the average threshold truncated to whole basis points. Exact but for the contracts' units. The
 * borrow limit keeps the truncated average LTV.
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
  renameAssets: renameModeAssets,
  legParameters: {
    collateral: { required: [], optional: ['liquidationThreshold', 'maxLtv', 'liquidationBonus'] },
    debt: { required: [], optional: [] },
  },
  findProblem: (position) => findEarlyLtvZero(position) ?? findMissingThreshold(position),
  computeEvaluation,
  computeLiquidationPrices(position, prices) {
    const collateral = weigh(listCounting(position), 'liquidationThreshold');
    const idle = listBookCollateral(position).filter(({ counts }) => !counts);
    const crossed = { collateral, debt: position.debt, idle };
    return truncatesThreshold(position.terms.version)
      ? computeTruncatedPrices(crossed, prices)
      : computeCrossPrices(crossed, prices);
  },
  describeEdge: describeAaveEdge,
  findBorrowProblem: findModeBorrowProblem,
  computeOutcome: computeAaveOutcome,
};
