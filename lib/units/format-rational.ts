import { powerOfTen } from './power-of-ten';
import { ceilRational, floorRational, type Rational } from './rational';

/** So many significant digits where none are asked for; figures that end earlier are written in full and without zeros at their end. */
const SIGNIFICANT = 18;

/** How many digits stand before the point, at most one too many; 0 and below where the first digit comes after the point. */
function countWholeDigits({ numerator, denominator }: Rational): number {
  const magnitude = numerator < 0n ? -numerator : numerator;
  return magnitude.toString().length - denominator.toString().length + 1;
}

/**
 * A fraction as a decimal string of at least `significant` digits (18): 'down' toward −∞, 'up' toward +∞; exact where it ends by then. What
 * stands before the point is never cut. `formatRational(rational(2n, 3n), 'down')` is "0.666666666666666666",
 * `formatRational(rational(3n, 2n), 'up')` is "1.5", `formatRational(rational(2n, 3n), 'up', 4)` is "0.6667".
 */
export function formatRational(value: Rational, rounding: 'down' | 'up', significant = SIGNIFICANT): string {
  if (value.numerator === 0n) return '0';
  const decimals = Math.max(0, significant - countWholeDigits(value) + 1);
  const scaled = (rounding === 'down' ? floorRational : ceilRational)(value, powerOfTen(decimals));
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
