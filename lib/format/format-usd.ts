import { formatFixed, MINUS, type Rounding, roundSigned } from './format-fixed';

const STEPS = [
  { unit: 'T', exponent: 12 },
  { unit: 'B', exponent: 9 },
  { unit: 'M', exponent: 6 },
  { unit: 'k', exponent: 3 },
] as const;

const withSign = (negative: boolean, text: string): string => `${negative && /[1-9]/.test(text) ? MINUS : ''}$${text}`;

/** Whether a magnitude, rounded to a thousandth of a unit, makes a whole one: 999,950 rounds to 1.00M, never to 1,000k. */
function reaches(magnitude: bigint, unit: bigint, rounding: Rounding): boolean {
  if (rounding === 'half') return magnitude * 2000n >= 1999n * unit;
  return rounding === 'down' ? magnitude >= unit : magnitude * 1000n > 999n * unit;
}

/**
 * Dollars (8 decimals) with a unit and about three significant digits: the strip and the bars. 'down' toward −∞ for what one has, 'up' toward +∞
 * for what one owes. `formatUsdCompact(482012345678901n)` is "$4.82M", rounded up "$4.83M"; 612,000 is "$612k", 9,130 is "$9.13k", 12.3 is "$12.30".
 */
export function formatUsdCompact(value: bigint, rounding: Rounding = 'half'): string {
  const magnitude = value < 0n ? -value : value;
  const onMagnitude = roundSigned(value, rounding);
  for (const { unit, exponent } of STEPS) {
    if (!reaches(magnitude, 10n ** BigInt(8 + exponent), onMagnitude)) continue;
    const scaled = magnitude / 10n ** BigInt(8 + exponent);
    const digits = scaled >= 100n ? 0 : scaled >= 10n ? 1 : 2;
    return withSign(value < 0n, `${formatFixed(magnitude, 8 + exponent, digits, onMagnitude)}${unit}`);
  }
  return withSign(value < 0n, formatFixed(magnitude, 8, 2, onMagnitude));
}

/**
 * Dollars (8 decimals) in full: no cents from 1,000 up; 'down' toward −∞ for what one has, 'up' toward +∞ for what one owes or loses.
 * `formatUsd(48712012000000n)` is "$487,120", rounded up "$487,121"; 12.3 is "$12.30".
 */
export function formatUsd(value: bigint, rounding: Rounding = 'half'): string {
  const magnitude = value < 0n ? -value : value;
  const digits = magnitude >= 100_000_000_000n ? 0 : 2;
  return withSign(value < 0n, formatFixed(magnitude, 8, digits, roundSigned(value, rounding)));
}

/** A float of dollars, for statistics such as carry. `formatUsdNumber(-214.4)` is "−$214.40". */
export const formatUsdNumber = (valueUsd: number): string => formatUsd(BigInt(Math.round(valueUsd * 1e8)));
