import { formatFixed, type Rounding } from './format-fixed';

/** Decimals of a price by its size, as exchanges set their ticks: 47,612 · 2,846 · 312.45 · 1.0002 · 0.000012346. */
function chooseDigits(magnitude: bigint, decimals: number): number {
  const one = 10n ** BigInt(decimals);
  if (magnitude >= one * 1000n) return 0;
  if (magnitude >= one * 10n) return 2;
  if (magnitude >= one / 10n || magnitude === 0n) return Math.min(4, decimals);
  // Below a tenth: five significant digits, as far as the figure has them.
  return Math.min(decimals, decimals - magnitude.toString().length + 5);
}

/**
 * A price in dollars (integer, `decimals` decimals) as text with the decimals of its tick size.
 * A market's or an oracle's price is rounded half up; one that liquidates as `roundTowardToday` says.
 * `formatPrice(284600000000n, 8)` is "$2,846"; `formatPrice(100020000n, 8)` is "$1.0002"; `formatPrice(284610000000n, 8, 'up')` is "$2,847".
 */
export function formatPrice(answer: bigint, decimals: number, rounding: Rounding = 'half'): string {
  const text = formatFixed(answer, decimals, chooseDigits(answer < 0n ? -answer : answer, decimals), rounding);
  return answer < 0n ? `${text[0]}$${text.slice(1)}` : `$${text}`;
}
