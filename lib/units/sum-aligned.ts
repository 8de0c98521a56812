import { addRational, type Rational, rational } from './rational';

/** a + b where b's denominator is the smaller: over a's alone if b's divides it, as powers of ten do. */
function addSmaller(a: Rational, b: Rational): Rational {
  if (a.denominator % b.denominator !== 0n) return addRational(a, b);
  return rational(a.numerator + b.numerator * (a.denominator / b.denominator), a.denominator);
}

const add = (a: Rational, b: Rational): Rational =>
  a.denominator >= b.denominator ? addSmaller(a, b) : addSmaller(b, a);

/**
 * Sum of any number of fractions, exact as `sumRational`, but over the largest denominator where the others divide it: of decimal amounts
 * and prices, whose digits `sumRational` would multiply with every term. 0 of none. `1/10 + 3/100` is 13/100.
 */
export const sumAligned = (values: readonly Rational[]): Rational => values.reduce(add, rational(0n));

/** a − b, exact, over one denominator as `sumAligned`. `1/10 − 3/100` is 7/100. */
export const subtractAligned = (a: Rational, b: Rational): Rational => add(a, rational(-b.numerator, b.denominator));
