import { type Known, known, type UnknownReason } from '@/lib/domain/known';
import { compareRational, type Rational } from '@/lib/units/rational';
import type { Named } from '../subject';
import type { Measure, MeasureContext } from '../trigger-kind';

/** Whether a is further than b on a side: lower for 'below', higher for 'above'. */
const isFurther = (a: Rational, b: Rational, side: MeasureContext['side']): boolean =>
  compareRational(a, b) === (side === 'below' ? -1 : 1);

/**
 * Whether a figure is past its level: strictly, so that at the level itself it is not; or can be liquidated, which is past every level.
 * 1.2499 is past "below 1.25", 1.25 is not.
 */
export const isPast = ({ value, isLiquidatable }: Measure, { side, level }: MeasureContext): boolean =>
  isLiquidatable === true || isFurther(value, level, side);

/** What one position or asset gives: a figure, null where it has none, or why it is unknown. */
export type Reading = Known<{ readonly value: Rational; readonly isLiquidatable?: true } | null>;

const isWorse = (a: Measure, b: Measure | undefined, side: MeasureContext['side']): boolean => {
  if (!b) return true;
  if (a.isLiquidatable !== b.isLiquidatable) return a.isLiquidatable === true;
  return isFurther(a.value, b.value, side);
};

/**
 * The figure furthest on the context's side over many; null where none has one. What can be liquidated comes before what cannot. Where one is
 * unknown, or some were not seen at all, the answer is known only if a known one is past the level already: else an unknown one may be.
 *
 * Example, below 1.25: of 1.4, unknown and 1.2 it is 1.2; of 1.4 and unknown it is unknown; of 1.4 and none it is 1.4.
 */
export function measureWorst<Item extends Named>(
  items: Iterable<Item>,
  read: (item: Item) => Reading,
  unseen: UnknownReason | undefined,
  context: MeasureContext,
): Known<Measure | null> {
  let worst: Measure | undefined;
  let reason = unseen;
  for (const item of items) {
    const reading = read(item);
    if (!reading.known) reason ??= reading.reason;
    else if (reading.value) {
      const measure = { ...reading.value, of: { id: item.id, name: item.name } };
      if (isWorse(measure, worst, context.side)) worst = measure;
    }
  }
  if (reason && !(worst && isPast(worst, context))) return { known: false, reason };
  return known(worst ?? null);
}

/** A figure as one reading: null stays null. */
export const toReading = (figure: Known<Rational | null>): Reading =>
  figure.known ? known(figure.value && { value: figure.value }) : figure;
