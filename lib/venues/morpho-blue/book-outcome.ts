import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookOutcome } from '@/lib/domain/venue-model';
import { ONE, ZERO } from '@/lib/risk/liquidation/book-values';
import { computeCoveredDebt, type PairRules } from '@/lib/risk/liquidation/pair-liquidation';
import { computePairOutcome } from '@/lib/risk/liquidation/pair-outcome';
import { minRational, subtractRational } from '@/lib/units/rational';
import { computeBookIncentive } from './book-incentive';
import type { MorphoBlueTerms } from './book-terms';

export const MORPHO_BAD_DEBT_BEARER = "the market's suppliers";

const rules: PairRules = {
  computeMostRepaid: (pair) => minRational(pair.debtValue, computeCoveredDebt(pair)),
  feeShare: ZERO,
  unbackedDebt: 'written-off',
};

/**
 * Outcome by `Morpho.liquidate`: any part may be repaid, so the liquidator repays all, or what all the collateral pays for:
 * seized = repaid·LIF/P. When no collateral is left, the debt that is left is taken off the market's supply.
 *
 * Example: 10 wstETH at 2,700 and 86 % against 24,000: 24,000 repaid, 24,000/0.958/2,700 = 9.2786 wstETH seized.
 */
export function computeMorphoOutcome(position: BookPosition<MorphoBlueTerms>, prices: PriceBook): BookOutcome {
  const { lltv } = position.terms;
  const bonus = subtractRational(computeBookIncentive(lltv), ONE);
  const collateral = position.collateral.map(({ asset, amount }) => {
    return { asset, amount, seizable: true, weight: lltv, bonus };
  });
  return computePairOutcome({ collateral, debt: position.debt }, prices, {
    rules,
    badDebtBearer: MORPHO_BAD_DEBT_BEARER,
    repays: 'the whole debt, or as much as the collateral pays for',
    chosen: undefined,
    assumptions: [],
  });
}
