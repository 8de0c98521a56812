import { UnitsError } from './units-error';

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a decimal string into an integer with `decimals` decimals, exactly.
 *
 * Errors: `UnitsError` DECIMAL_TEXT when the text is no plain decimal, TOO_PRECISE when it has more non-zero decimals than the unit.
 * Example: `parseDecimal('3000.5', 8)` is 300050000000n.
 */
export function parseDecimal(text: string, decimals: number): bigint {
  const match = DECIMAL.exec(text);
  if (!match) throw new UnitsError('DECIMAL_TEXT', `"${text}" is not a decimal number.`);
  const [, sign, whole = '0', fraction = ''] = match;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > decimals) throw new UnitsError('TOO_PRECISE', `"${text}" has more than ${decimals} decimals.`);
  const magnitude = BigInt(whole + kept.padEnd(decimals, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

/** Writes an integer with `decimals` decimals as an exact decimal string without trailing zeros. `formatDecimal(300050000000n, 8)` is "3000.5". */
export function formatDecimal(raw: bigint, decimals: number): string {
  const digits = (raw < 0n ? -raw : raw).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${raw < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/**
 * The one place where a fixed-point figure becomes a float, for statistics and drawing: about 15 significant digits, never for money
 * that a contract decides. `toNumber(1500000000000000000n, 18)` is 1.5.
 */
export const toNumber = (raw: bigint, decimals: number): number => Number(formatDecimal(raw, decimals));
