import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookRedemption } from '@/lib/domain/venue-model';
import { ONE } from '@/lib/risk/liquidation/book-values';
import { isBelowRatio, toFaceValueLoan } from '@/lib/risk/liquidation/face-value-loan';
import { LIQUITY_V1, type LiquityV1Terms } from './book-terms';

/**
 * What redemptions can take of a trove: collateral worth its debt at face value, the lowest collateral ratio first, troves below 110 % passed
 * over. How much stands in front of it is not followed: unknown. undefined: nothing is owed.
 * Source: `liquity/dev`, `packages/contracts/contracts/TroveManager.sol`, `redeemCollateral`.
 *
 * Example: 10 ETH at 2,000 owing 10,000 LUSD can be redeemed against; at 1,099 it is passed over.
 */
export function describeLiquityV1Redemption(
  trove: BookPosition<LiquityV1Terms>,
  prices: PriceBook,
): BookRedemption | undefined {
  const loan = toFaceValueLoan(trove, prices, ONE);
  if (loan.debt.amount.numerator === 0n) return undefined;
  const isPossible = !isBelowRatio(loan, LIQUITY_V1.minimumRatio);
  return {
    isPossible,
    debtInFront: undefined,
    text: isPossible
      ? 'Even while healthy it can be redeemed against: collateral worth its whole debt at face value. The lowest collateral ratio goes first; what stands in front of it is not known here.'
      : 'Below 110 % it is passed over by redemptions.',
  };
}
