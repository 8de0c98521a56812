import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookLiquidationPair, BookOutcome } from '@/lib/domain/venue-model';
import { ZERO } from '@/lib/risk/liquidation/book-values';
import { computeCoveredDebt, type PairRules } from '@/lib/risk/liquidation/pair-liquidation';
import { computePairOutcome } from '@/lib/risk/liquidation/pair-outcome';
import { minRational } from '@/lib/units/rational';

export const CUSTOM_BAD_DEBT_BEARER = 'the lender';

const rules: PairRules = {
  computeMostRepaid: (pair) => minRational(pair.debtValue, computeCoveredDebt(pair)),
  feeShare: ZERO,
  unbackedDebt: 'stays',
};

/**
 * Outcome under the plainest rules: any part of a debt may be repaid, for collateral of the same value and the leg's bonus on top.
 *
 * Example: 10 ETH at 2,000 (threshold 80 %, bonus 5 %) against 17,000: 17,000 repaid, 8.925 ETH seized, penalty 850, 1.075 ETH left.
 */
export function computeCustomOutcome(
  position: BookPosition,
  prices: PriceBook,
  chosen?: BookLiquidationPair,
): BookOutcome {
  const collateral = position.collateral.map(({ asset, amount, parameters }) => ({
    asset,
    amount,
    seizable: true,
    weight: parameters.liquidationThreshold ?? ZERO,
    bonus: parameters.liquidationBonus ?? ZERO,
  }));
  return computePairOutcome({ collateral, debt: position.debt }, prices, {
    rules,
    badDebtBearer: CUSTOM_BAD_DEBT_BEARER,
    repays: 'as much as it can',
    chosen,
    assumptions: [
      'Without a close factor, a minimum size or a fee: the venue is not a known one. A leg without a bonus has none.',
    ],
  });
}
