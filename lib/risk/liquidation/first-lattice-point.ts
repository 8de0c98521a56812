import { ceilDiv, floorDiv } from '@/lib/units/rounding';

/** The line (slope·x + offset) / divisor, divisor > 0. */
export interface IntegerLine {
  readonly slope: bigint;
  readonly offset: bigint;
  readonly divisor: bigint;
}

const ceilAt = ({ slope, offset, divisor }: IntegerLine, x: bigint): bigint => ceilDiv(slope * x + offset, divisor);
const floorAt = ({ slope, offset, divisor }: IntegerLine, x: bigint): bigint => floorDiv(slope * x + offset, divisor);

/**
 * The smallest integer x ≥ 0 for which an integer lies between two lines, low(x) ≤ y ≤ high(x), where high rises faster than low.
 *
 * Works like Euclid's algorithm on both slopes at once, so in a number of steps that grows with the digits of the slopes, not with the
 * answer: move to where the lines cross; shear the plane by the whole part of the lower slope; then either a line of slope below 0 or
 * above 1 meets the next integer first, or both slopes lie in (0, 1) and the same question is asked with x and y exchanged.
 *
 * Example: between x/3 + 1/10 and x/2 + 2/10 the first integer is 1 at x = 2.
 */
export function computeFirstLatticePoint(low: IntegerLine, high: IntegerLine): bigint {
  const crossing = ceilDiv(
    low.offset * high.divisor - high.offset * low.divisor,
    high.slope * low.divisor - low.slope * high.divisor,
  );
  const start = crossing > 0n ? crossing : 0n;
  const base = ceilAt(low, start);
  if (base <= floorAt(high, start)) return start;

  // Between two neighbouring integers here: measure y from the lower one, x from here, and take the whole part off both slopes.
  const below = base - 1n;
  const whole = floorDiv(low.slope, low.divisor);
  const shift = (line: IntegerLine): IntegerLine => ({
    slope: line.slope - whole * line.divisor,
    offset: line.offset + line.slope * start - below * line.divisor,
    divisor: line.divisor,
  });
  const [lower, upper] = [shift(low), shift(high)];
  if (lower.slope === 0n) return start + ceilDiv(upper.divisor - upper.offset, upper.slope);
  if (upper.slope >= upper.divisor) {
    // A further shear by 1 lets the lower line fall: it meets 0, or the upper one meets 1.
    const meetsZero = ceilDiv(lower.offset, lower.divisor - lower.slope);
    const rise = upper.slope - upper.divisor;
    if (rise === 0n) return start + meetsZero;
    const meetsOne = ceilDiv(upper.divisor - upper.offset, rise);
    return start + (meetsOne < meetsZero ? meetsOne : meetsZero);
  }
  // y = 1, 2, …: x runs from (d·y − e)/slope of the upper line to that of the lower.
  const y =
    1n +
    computeFirstLatticePoint(
      { slope: upper.divisor, offset: upper.divisor - upper.offset, divisor: upper.slope },
      { slope: lower.divisor, offset: lower.divisor - lower.offset, divisor: lower.slope },
    );
  return start + ceilDiv(upper.divisor * y - upper.offset, upper.slope);
}
