import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import { ZERO } from '@/lib/risk/liquidation/book-values';
import { compareRational, type Rational } from '@/lib/units/rational';
import type { AnyModel } from './form-positions';

/** Positions that a venue would not open, by the rule that forbids it. */
export interface Refusal {
  readonly reason: 'too-little' | 'too-much';
  /** How many of the positions. */
  readonly count: number;
  /** One sentence. */
  readonly text: string;
}

/** What the venue would lend against the collateral if nothing were owed yet, base currency. */
export function computeCapacity(model: AnyModel, position: BookPosition, prices: PriceBook): Rational {
  const debt = position.debt.map((leg) => ({ ...leg, amount: ZERO }));
  return model.computeEvaluation({ ...position, debt }, prices).availableToBorrow;
}

function owesTooLittle(model: AnyModel, { debt, terms }: BookPosition): boolean {
  const least = model.readLeastDebt?.(terms) ?? ZERO;
  return debt.some(({ amount }) => amount.numerator > 0n && compareRational(amount, least) < 0);
}

/** At the most exactly it is lent. */
const owesTooMuch = (model: AnyModel, position: BookPosition, prices: PriceBook): boolean =>
  compareRational(model.computeEvaluation(position, prices).debtValue, computeCapacity(model, position, prices)) > 0;

/**
 * Which of the positions a venue would not open as they are: what is owed is below its least debt, or above what it lends against the
 * collateral. A position may be refused by both. Example: 18,000 against 15,000 of ETH at Maker's 145 %: at most 10,344.82…, refused.
 */
export function listRefusals(
  model: AnyModel,
  positions: readonly BookPosition[],
  prices: PriceBook,
): readonly Refusal[] {
  const of = positions.length === 1 ? 'It' : undefined;
  const name = (count: number): string => of ?? `${count} of the ${positions.length}`;
  const small = positions.filter((each) => owesTooLittle(model, each)).length;
  const large = positions.filter((each) => owesTooMuch(model, each, prices)).length;
  const refusals: readonly Refusal[] = [
    {
      reason: 'too-little',
      count: small,
      text: `${name(small)} would owe less than the venue’s least debt: it would be refused.`,
    },
    {
      reason: 'too-much',
      count: large,
      text: `${name(large)} would owe more than the venue lends against the collateral: it would be refused.`,
    },
  ];
  return refusals.filter(({ count }) => count > 0);
}
