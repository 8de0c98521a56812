import { MINUS } from './format-fixed';

/** One per number of decimals: making a formatter costs far more than using it, and tables use it at every tick. */
const formatters = new Map<number, Intl.NumberFormat>();

function formatterOf(digits: number): Intl.NumberFormat {
  const made = formatters.get(digits);
  if (made) return made;
  const formatter = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formatters.set(digits, formatter);
  return formatter;
}

/** Writes a float with a fixed number of decimals, thousands grouped, minus sign U+2212. `formatNumber(-1234.5, 1)` is "−1,234.5". */
export function formatNumber(value: number, digits: number): string {
  const text = formatterOf(digits).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}
