import * as z from 'zod/mini';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { type Rational, rational } from '@/lib/units/rational';

const EXPECTED = 'must be a decimal string such as "0.86", not negative';
const DECIMAL = /^(\d{1,60})(?:\.(\d{1,60}))?$/;

function toRational(text: string): Rational {
  const [, whole = '0', fraction = ''] = DECIMAL.exec(text) ?? [];
  return rational(BigInt(whole + fraction), powerOfTen(fraction.length));
}

/**
 * Schema of a number among a venue's own terms: a plain decimal string, never negative, kept exactly as it is written.
 * "1.45" is 145/100; "-1", "1e3" and the number 1.45 are refused.
 */
export const decimalTerm = z.pipe(z.string(EXPECTED).check(z.regex(DECIMAL, EXPECTED)), z.transform(toRational));
