import { type Fixed, WAD } from '@/lib/units/fixed';
import { ceilRational, floorRational, type Rational } from '@/lib/units/rational';

/**
 * A value in the book's base currency with 18 decimals. Values of a book are rounded once, leg by leg, so that ten thousand of them add up
 * exactly and a sum of parts is the whole; fractions with different denominators would grow with every term.
 */
export type FineValue = Fixed<'value', 18>;

export const FINE_DECIMALS = 18;

/** Says that a raw integer is a value with 18 decimals. `fineValue(15n * 10n ** 17n)` is 1.5. */
export const fineValue = (raw: bigint): FineValue => raw as FineValue;

export const NO_VALUE = fineValue(0n);

/** Rounded toward −∞: what is held. 2/3 is 0.666666666666666666. */
export const floorFine = (value: Rational): FineValue => fineValue(floorRational(value, WAD));

/** Rounded toward +∞: what is owed. 2/3 is 0.666666666666666667. */
export const ceilFine = (value: Rational): FineValue => fineValue(ceilRational(value, WAD));

/** Sum of any number of values, exact; 0 of none. */
export const sumFine = (values: Iterable<FineValue>): FineValue => {
  let sum = 0n;
  for (const value of values) sum += value;
  return fineValue(sum);
};

export const absoluteFine = (value: FineValue): FineValue => (value < 0n ? fineValue(-value) : value);
