import { ceilDiv, floorDiv } from './rounding';
import { UnitsError } from './units-error';

/** An exact fraction; the denominator is always positive. Not reduced: the fractions here live for one formula. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Builds numerator/denominator with a positive denominator. Throws `UnitsError` DIVISOR on 0. `rational(1n, -2n)` is −1/2. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new UnitsError('DIVISOR', 'A fraction needs a denominator other than 0.');
  return denominator < 0n ? { numerator: -numerator, denominator: -denominator } : { numerator, denominator };
}

/** Sign of a − b: −1, 0 or 1. */
export function compareRational(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** |value|, exact. */
export const absoluteRational = ({ numerator, denominator }: Rational): Rational =>
  rational(numerator < 0n ? -numerator : numerator, denominator);

/** −value, exact. */
export const negateRational = ({ numerator, denominator }: Rational): Rational => rational(-numerator, denominator);

/** a − b, exact. */
export const subtractRational = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);

/** a + b, exact. */
export const addRational = (a: Rational, b: Rational): Rational =>
  a.denominator === b.denominator
    ? rational(a.numerator + b.numerator, a.denominator)
    : rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

/** a · b, exact. */
export const multiplyRational = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator);

/** a / b, exact. Throws `UnitsError` DIVISOR on b = 0. */
export const divideRational = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator);

export const minRational = (a: Rational, b: Rational): Rational => (compareRational(a, b) <= 0 ? a : b);
export const maxRational = (a: Rational, b: Rational): Rational => (compareRational(a, b) >= 0 ? a : b);

/** Sum of any number of fractions; 0 of none. */
export const sumRational = (values: readonly Rational[]): Rational => values.reduce(addRational, rational(0n));

/** ⌊fraction · scale⌋. `floorRational(rational(1n, 3n), 100n)` is 33n. */
export const floorRational = (value: Rational, scale = 1n): bigint =>
  floorDiv(value.numerator * scale, value.denominator);

/** ⌈fraction · scale⌉. `ceilRational(rational(1n, 3n), 100n)` is 34n. */
export const ceilRational = (value: Rational, scale = 1n): bigint =>
  ceilDiv(value.numerator * scale, value.denominator);

/** The fraction as a float with about 15 digits, for statistics and drawing only. */
export const rationalToNumber = (value: Rational): number => Number(floorRational(value, 10n ** 18n)) / 1e18;
