import { UnitsError } from './units-error';

/**
 * Integer multiply-then-divide with the rounding in the name. All take non-negative integers; a zero or negative divisor is an error,
 * because no contract this project mirrors divides by one.
 */
function assertDivisor(divisor: bigint): void {
  if (divisor <= 0n) throw new UnitsError('DIVISOR', `A divisor must be positive, got ${divisor}.`);
}

/** ⌊a·b / divisor⌋. `mulDivDown(7n, 1n, 2n)` is 3n. */
export function mulDivDown(a: bigint, b: bigint, divisor: bigint): bigint {
  assertDivisor(divisor);
  return (a * b) / divisor;
}

/** ⌈a·b / divisor⌉ for a·b ≥ 0. `mulDivUp(7n, 1n, 2n)` is 4n. */
export function mulDivUp(a: bigint, b: bigint, divisor: bigint): bigint {
  assertDivisor(divisor);
  const product = a * b;
  return product === 0n ? 0n : (product - 1n) / divisor + 1n;
}

/** a·b / divisor rounded half up, as `(a·b + ⌊divisor/2⌋) / divisor`. `mulDivHalfUp(7n, 1n, 2n)` is 4n, `mulDivHalfUp(5n, 1n, 4n)` is 1n. */
export function mulDivHalfUp(a: bigint, b: bigint, divisor: bigint): bigint {
  assertDivisor(divisor);
  return (a * b + divisor / 2n) / divisor;
}

/** ⌊numerator / denominator⌋ toward minus infinity, any sign, denominator > 0. `floorDiv(-7n, 2n)` is -4n. */
export function floorDiv(numerator: bigint, denominator: bigint): bigint {
  assertDivisor(denominator);
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}

/** ⌈numerator / denominator⌉ toward plus infinity, any sign, denominator > 0. `ceilDiv(-7n, 2n)` is -3n. */
export function ceilDiv(numerator: bigint, denominator: bigint): bigint {
  return -floorDiv(-numerator, denominator);
}
