import { type Rational, rational } from '@/lib/units/rational';
import type { DeskItem, LegValue } from './desk-book';
import { type FineValue, NO_VALUE, sumFine } from './fine-value';

/** How much of what an aggregate is made of could be priced. Every aggregate carries one. */
export interface Coverage {
  readonly pricedCount: number;
  /** Positions with a figure that is unknown. While there is one, nothing that contains it is called safe. */
  readonly unpricedCount: number;
  /**
   * Of the gross value that is known, the share that stands in positions that are not wholly priced; 0 to 1, null where no value is known. What
   * has no price comes on top and cannot be said: a lower bound.
   */
  readonly unpricedShareAtLeast: Rational | null;
}

const sumLegs = (legs: readonly LegValue[]): FineValue => sumFine(legs.map(({ value }) => value ?? NO_VALUE));

/** Coverage of some positions. Example: three of 100 each, one of which has a leg without a price beside its 100: 2, 1, at least 1/3. */
export function computeCoverage(items: readonly DeskItem[]): Coverage {
  let [unpricedCount, knownValue, unpricedValue] = [0, 0n, 0n];
  for (const { figures, legs } of items) {
    const value = sumLegs(legs);
    knownValue += value;
    if (figures.known) continue;
    unpricedCount += 1;
    unpricedValue += value;
  }
  return {
    pricedCount: items.length - unpricedCount,
    unpricedCount,
    unpricedShareAtLeast: knownValue > 0n ? rational(unpricedValue, knownValue) : null,
  };
}
