import { ceilRational, floorRational, type Rational } from '@/lib/units/rational';
import { formatFixed, MINUS, type Rounding, roundSigned, UNIT_SPACE } from './format-fixed';
import { formatNumber } from './format-number';

const withUnit = (text: string): string => `${text}${UNIT_SPACE}%`;
const withPlus = (text: string): string => (text.startsWith(MINUS) || !/[1-9]/.test(text) ? text : `+${text}`);

/** A ratio with 18 decimals as percent, one decimal. `formatPercentWad(898000000000000000n)` is "89.8 %". */
export const formatPercentWad = (ratio: bigint, rounding: Rounding = 'half'): string =>
  withUnit(formatFixed(ratio * 100n, 18, 1, rounding));

/** Basis points as percent, trailing zero dropped. `formatPercentBps(8300)` is "83 %", 9450 is "94.5 %". */
export const formatPercentBps = (ratioBps: number | bigint): string =>
  withUnit(formatFixed(BigInt(ratioBps), 2, 2).replace(/\.?0+$/, ''));

/** A signed change in basis points. `formatChangeBps(-2000)` is "−20 %", 0 is "0 %". */
export const formatChangeBps = (changeBps: number): string => withPlus(formatPercentBps(Math.round(changeBps)));

/** A float ratio as percent. `formatPercentNumber(0.0312)` is "3.1 %". */
export const formatPercentNumber = (ratio: number, digits = 1): string => withUnit(formatNumber(ratio * 100, digits));

/** A signed change as a float. `formatChangeNumber(0.0012, 2)` is "+0.12 %"; what rounds to nothing carries no sign. */
export const formatChangeNumber = (ratio: number, digits = 1): string =>
  withUnit(withPlus(formatNumber(ratio * 100, digits)));

/**
 * A signed exact change, 'down' toward −∞ and 'up' toward +∞ from the exact figure; a rise carries a plus. A change to where a price liquidates
 * is rounded as `roundTowardToday` says. `formatChange({ numerator: -49n, denominator: 1000n })` is "−4.9 %"; −4.96 % rounded up is "−4.9 %".
 */
export function formatChange(change: Rational, rounding: 'down' | 'up', digits = 1): string {
  const scale = 10n ** 12n;
  const percent = (rounding === 'up' ? ceilRational : floorRational)(change, 100n * scale);
  return withUnit(withPlus(formatFixed(percent, 12, digits, roundSigned(percent, rounding))));
}
