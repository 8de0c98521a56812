import { MINUS } from './format-fixed';

/** Writes a float with a fixed number of decimals, thousands grouped, minus sign U+2212. `formatNumber(-1234.5, 1)` is "−1,234.5". */
export function formatNumber(value: number, digits: number): string {
  const text = Math.abs(value).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}
