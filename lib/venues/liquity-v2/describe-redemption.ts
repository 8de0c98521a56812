import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookRedemption } from '@/lib/domain/venue-model';
import { ONE } from '@/lib/risk/liquidation/book-values';
import { toFaceValueLoan } from '@/lib/risk/liquidation/face-value-loan';
import { formatRational } from '@/lib/units/format-rational';
import { ceilRational, floorRational, type Rational, rational } from '@/lib/units/rational';
import type { LiquityV2Terms } from './book-terms';
import { computeLiquityV2DebtInFront } from './debt-in-front';
import { computeLiquityV2Redemption } from './redemption';

type Trove = BookPosition<LiquityV2Terms>;

const MILLION = 1_000_000n;

/** Tokens to six decimals, rounded against who holds the trove: what can be lost up, what stands in front of it down. */
function write(amount: Rational, rounding: 'down' | 'up'): string {
  const round = rounding === 'up' ? ceilRational : floorRational;
  return formatRational(rational(round(amount, MILLION), MILLION), rounding);
}

/** What stands in front of a trove; undefined where its own rate is not stated or no other trove of its branch is known: then 0 would say too much. */
function findDebtInFront(trove: Trove, others: readonly Trove[], prices: PriceBook): Rational | undefined {
  const isOther = ({ id, terms }: Trove): boolean => id !== trove.id && terms.branch === trove.terms.branch;
  return others.some(isOther) ? computeLiquityV2DebtInFront(trove, others, prices) : undefined;
}

/**
 * The most that redemptions can take of a trove, in a sentence or three, and what stands in front of it among `others`, troves of whatever
 * branch: a lower bound, unknown where its own interest rate is, and where no other trove of its branch is known. Assets by their keys.
 * undefined: nothing is owed, so nothing can be redeemed.
 *
 * Example: 10 weth at 3,000 owing 20,000 bold: "… at most 6.633334 weth for its whole debt of 20000 bold, …".
 */
export function describeLiquityV2Redemption(
  trove: Trove,
  prices: PriceBook,
  others: readonly Trove[],
): BookRedemption | undefined {
  const loan = toFaceValueLoan(trove, prices, ONE);
  const { collateral, debt } = loan;
  const redemption = computeLiquityV2Redemption(loan, trove.terms.branch, debt.amount);
  if (!redemption.redeemable) {
    if (redemption.reason === 'no-debt') return undefined;
    const text = 'Worth less than its debt, it is passed over by redemptions unless its branch is shut down.';
    return { isPossible: false, debtInFront: undefined, text };
  }
  const debtInFront = findDebtInFront(trove, others, prices);
  const text = [
    `Even while healthy it can be redeemed against: at most ${write(redemption.taken, 'up')} ${collateral.asset} for its whole debt of ${write(debt.amount, 'up')} ${debt.asset}, at face value less a fee of at least 0.5 % that stays in it; 2 % above face value once its branch is shut down.`,
    'The lowest interest rate of a branch goes first.',
    debtInFront
      ? `In front of it stand at least ${write(debtInFront, 'down')} ${debt.asset} of the troves known here.`
      : trove.debt[0]?.borrowRate
        ? 'No other trove of its branch is known here, so what stands in front of it is not.'
        : 'Its own is not known here, nor what stands in front of it.',
  ].join(' ');
  return {
    isPossible: true,
    debtInFront: debtInFront && { asset: debt.asset, amount: debtInFront },
    text,
  };
}
