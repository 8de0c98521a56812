import { groupThousands, MINUS } from './format-fixed';

/** From here on `toFixed` writes an exponent. */
const LARGEST = 1e21;

/**
 * Writes a float with a fixed number of decimals, thousands grouped, minus sign U+2212. `formatNumber(-1234.5, 1)` is "−1,234.5".
 *
 * By hand, for the browser's own number formats take tens of milliseconds to load on a phone and the first paint waits for nothing.
 */
export function formatNumber(value: number, digits: number): string {
  const magnitude = Math.abs(value);
  if (!(magnitude < LARGEST)) return `${value < 0 ? MINUS : ''}${Number.isNaN(value) ? 'NaN' : '∞'}`;
  const [whole = '', fraction] = magnitude.toFixed(digits).split('.');
  const text = fraction === undefined ? groupThousands(whole) : `${groupThousands(whole)}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}
