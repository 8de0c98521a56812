import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookLiquidationPair, BookOutcome } from '@/lib/domain/venue-model';
import type { PairRules } from '@/lib/risk/liquidation/pair-liquidation';
import { computePairOutcome } from '@/lib/risk/liquidation/pair-outcome';
import { computeMostRepaid } from './book-close-factor';
import { findEMode, listBookCollateral } from './book-legs';
import { type AaveV3Terms, isAtLeast, truncatesThreshold } from './book-terms';

export const AAVE_BAD_DEBT_BEARER = "the borrowed reserve's suppliers, or Umbrella";

const ASSUMPTIONS = [
  'The base currency of the book is the US dollar: the limits of 2,000 and 1,000 are in it. No pause, grace period or sentinel stands in the way.',
];
const KEEPS_DEBT =
  'Before 3.3 nothing is written off: the debt without collateral stays on the account, accrues on, and is counted as bad debt.';

/** Collateral that could be seized and says nothing of what a liquidator gains on it. */
function listBonusAssumptions({ collateral, terms }: BookPosition<AaveV3Terms>): readonly string[] {
  const silent = collateral.filter(
    (leg) => leg.enabled && !findEMode(leg, terms) && leg.parameters.liquidationBonus === undefined,
  );
  if (silent.length === 0) return [];
  const names = silent.map(({ asset }) => asset).join(', ');
  return [
    `No liquidation bonus is given for ${names}: none is counted, so penalty and bad debt may be larger than given.`,
  ];
}

const toRules = ({ version, liquidationProtocolFee }: AaveV3Terms): PairRules => ({
  computeMostRepaid: (pair) => computeMostRepaid(pair, version),
  feeShare: liquidationProtocolFee,
  unbackedDebt: isAtLeast(version, '3.3') ? 'written-off' : 'stays',
});

/**
 * Outcome by `LiquidationLogic` of the version in the terms: seized = repaid·(1 + bonus)/P, the protocol's fee out of the bonus, and since
 * 3.3 what is owed when the account's last collateral is gone burned into the reserves' `deficit`.
 *
 * Example, 3.6: 10 ETH at 2,000 (83 %, bonus 5 %) against 17,000: health factor 0.976, so 8,500 repaid for 4.4625 ETH; the 11,075 left
 * carry 9,192.25, which is more than the 8,500 still owed: healthy after one step.
 */
export function computeAaveOutcome(
  position: BookPosition<AaveV3Terms>,
  prices: PriceBook,
  chosen?: BookLiquidationPair,
): BookOutcome {
  const { terms } = position;
  const collateral = listBookCollateral(position).map(
    ({ asset, amount, counts, liquidationThreshold, liquidationBonus }) => {
      return { asset, amount, seizable: counts, weight: liquidationThreshold, bonus: liquidationBonus };
    },
  );
  const account = { collateral, debt: position.debt, truncatesAverage: truncatesThreshold(terms.version) };
  return computePairOutcome(account, prices, {
    rules: toRules(terms),
    repays: 'the most the close factor and the dust rule allow',
    chosen,
    badDebtBearer: AAVE_BAD_DEBT_BEARER,
    assumptions: [
      ...ASSUMPTIONS,
      ...(isAtLeast(terms.version, '3.3') ? [] : [KEEPS_DEBT]),
      ...listBonusAssumptions(position),
    ],
  });
}
