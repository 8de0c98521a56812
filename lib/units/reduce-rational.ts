import { type Rational, rational } from './rational';

function computeGreatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a < 0n ? -a : a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/**
 * The same fraction in lowest terms, for figures that go through many steps and would grow without bound. Exact.
 * `reduceRational(rational(6n, 4n))` is 3/2.
 */
export function reduceRational({ numerator, denominator }: Rational): Rational {
  const divisor = computeGreatestCommonDivisor(numerator, denominator);
  return rational(numerator / divisor, denominator / divisor);
}
