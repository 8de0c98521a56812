import { formatDecimal } from '@/lib/units/decimal';
import { formatRational } from '@/lib/units/format-rational';
import type { Rational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';

/** So many digits after the point a book may have (`decimal-term.ts`). */
const MOST_DECIMALS = 60;

/** How often a prime divides a number. */
function countFactor(value: bigint, prime: bigint): number {
  let [left, count] = [value, 0];
  while (left % prime === 0n) {
    left /= prime;
    count += 1;
  }
  return count;
}

/**
 * A number as a book writes it: to its last digit where it ends, however many that are; where it does not end (a ratio of two oracles' answers)
 * at least 18 significant digits, rounded as told. 3/8 is "0.375"; 2/3 rounded down is "0.666666666666666666".
 */
export function formatBookNumber(value: Rational, rounding: 'down' | 'up'): string {
  const { numerator, denominator } = reduceRational(value);
  const [twos, fives] = [countFactor(denominator, 2n), countFactor(denominator, 5n)];
  const decimals = Math.max(twos, fives);
  if (decimals > MOST_DECIMALS || denominator !== 2n ** BigInt(twos) * 5n ** BigInt(fives)) {
    return formatRational(value, rounding);
  }
  return formatDecimal((numerator * 10n ** BigInt(decimals)) / denominator, decimals);
}
