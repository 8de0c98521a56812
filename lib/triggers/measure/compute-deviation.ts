import { ONE } from '@/lib/risk/liquidation/book-values';
import { absoluteRational, divideRational, type Rational, subtractRational } from '@/lib/units/rational';

/** How far a price is off another, either way: |price / reference − 1|, exact; the reference is above 0. 97 of 100 and 103 of 100 are 3/100. */
export const computeDeviation = (price: Rational, reference: Rational): Rational =>
  absoluteRational(subtractRational(divideRational(price, reference), ONE));
