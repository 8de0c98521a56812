export const MINUS = '\u2212';
export const UNKNOWN_TEXT = '\u2014';
/** Between a number and its unit; never breaks. */
export const UNIT_SPACE = '\u00a0';

export type Rounding = 'down' | 'half' | 'up';

/** Thousands of a whole number's digits, grouped. `groupThousands('12345')` is "12,345". */
export const groupThousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

function divide(magnitude: bigint, divisor: bigint, rounding: Rounding): bigint {
  if (rounding === 'half') return (magnitude * 2n + divisor) / (divisor * 2n);
  return rounding === 'up' ? (magnitude + divisor - 1n) / divisor : magnitude / divisor;
}

/**
 * A rounding toward −∞ ('down') or +∞ ('up') as one of the magnitude, which is what `formatFixed` takes. `roundSigned(-1n, 'up')` is "down".
 */
export const roundSigned = (raw: bigint, rounding: Rounding): Rounding => {
  if (raw >= 0n || rounding === 'half') return rounding;
  return rounding === 'up' ? 'down' : 'up';
};

/**
 * Writes an integer with `decimals` decimals as text with `digits` decimals: thousands grouped, minus sign U+2212, rounded on the magnitude
 * ('half': half away from zero). A figure that rounds to zero carries no minus.
 * `formatFixed(-123456789n, 4, 2)` is "−12,345.68".
 */
export function formatFixed(raw: bigint, decimals: number, digits: number, rounding: Rounding = 'half'): string {
  const magnitude = raw < 0n ? -raw : raw;
  const shift = decimals - digits;
  const scaled = shift > 0 ? divide(magnitude, 10n ** BigInt(shift), rounding) : magnitude * 10n ** BigInt(-shift);
  const text = scaled.toString().padStart(digits + 1, '0');
  const whole = groupThousands(text.slice(0, text.length - digits));
  const fraction = digits > 0 ? `.${text.slice(text.length - digits)}` : '';
  return `${raw < 0n && scaled !== 0n ? MINUS : ''}${whole}${fraction}`;
}

/** The figure to its last unit, without trailing zeros: what a hover and a copy give. `formatExact(1052000n, 6)` is "1.052". */
export function formatExact(raw: bigint, decimals: number): string {
  const text = formatFixed(raw, decimals, decimals);
  return decimals > 0 ? text.replace(/\.?0+$/, '') : text;
}
