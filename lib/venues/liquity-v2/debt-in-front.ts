import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import { ONE, ZERO } from '@/lib/risk/liquidation/book-values';
import { isBelowRatio, toFaceValueLoan } from '@/lib/risk/liquidation/face-value-loan';
import { compareRational, type Rational, sumRational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import type { LiquityV2Terms } from './book-terms';
import { LIQUITY_V2 } from './branches';

type Trove = BookPosition<LiquityV2Terms>;

const owed = ({ debt }: Trove): Rational => debt[0]?.amount ?? ZERO;

/** A trove that a redemption left with less than the least debt: it is out of the line, or first in it. */
const isZombie = (trove: Trove): boolean => compareRational(owed(trove), LIQUITY_V2.minimumDebt) < 0;

/**
 * BOLD that is redeemed before a trove's turn comes, while its branch is not shut down: the debts of other troves of the branch that bear a
 * lower interest rate (`borrowRate`) and are worth their debt at these prices. A lower bound, since it protects: left out are a rate that is
 * not stated or is the same (the later trove goes first), and debts below 2,000 BOLD; of such a trove itself it is 0, since it may be the
 * next in line. A book does not tell a trove that was redeemed below 2,000 and grew back by redistributions: it is taken for an active one.
 * undefined: its own rate is not stated. Exact.
 * Source: `liquity/bold`, `contracts/src/{TroveManager,SortedTroves}.sol`.
 *
 * Example: at 5 %, beside 10,000 at 4 %, 8,000 at 5 % and 7,000 at 6 %: 10,000.
 */
export function computeLiquityV2DebtInFront(
  trove: Trove,
  others: readonly Trove[],
  prices: PriceBook,
): Rational | undefined {
  const rate = trove.debt[0]?.borrowRate;
  if (!rate) return undefined;
  if (isZombie(trove)) return ZERO;
  const isInFront = (other: Trove): boolean => {
    const otherRate = other.debt[0]?.borrowRate;
    return (
      other.id !== trove.id &&
      other.terms.branch === trove.terms.branch &&
      otherRate !== undefined &&
      compareRational(otherRate, rate) < 0 &&
      !isZombie(other) &&
      !isBelowRatio(toFaceValueLoan(other, prices, ONE), ONE)
    );
  };
  return reduceRational(sumRational(others.filter(isInFront).map(owed)));
}
