import { formatFixed } from './format-fixed';

/**
 * An amount of a token (smallest unit) in whole tokens with about five significant digits: 241,600 · 101.2 · 0.82013 · < 0.000001.
 * Rounded down for what one has, up for what one owes: say which.
 */
export function formatAmount(amount: bigint, decimals: number, rounding: 'down' | 'up' = 'down'): string {
  if (amount === 0n) return '0';
  const magnitude = amount < 0n ? -amount : amount;
  const wholeDigits = magnitude.toString().length - decimals;
  const digits = Math.max(0, Math.min(decimals, 5 - wholeDigits));
  // Dust would otherwise need more zeros than anyone reads.
  if (wholeDigits < -5) return `${amount < 0n ? '−' : ''}< 0.000001`;
  const text = formatFixed(amount, decimals, digits, rounding);
  return digits > 0 ? text.replace(/\.?0+$/, '') : text;
}
