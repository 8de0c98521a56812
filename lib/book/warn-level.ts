import { policy } from '@/lib/config/policy';
import { formatDecimal } from '@/lib/units/decimal';
import { BPS } from '@/lib/units/fixed';
import type { NearestLiquidation } from './position-row';

/** So many digits a suggested price has: it is read and changed by people. */
const DIGITS = 4;

const divideUp = (numerator: bigint, divisor: bigint): bigint => (numerator + divisor - 1n) / divisor;
const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The unit of the last digit that is kept. */
const stepOf = (magnitude: bigint): bigint => 10n ** BigInt(Math.max(0, magnitude.toString().length - DIGITS));

/**
 * A price at which to warn before an asset's liquidation price: 5 % (`policy.triggers.warnBeforeBps`) of that price before it, but no more than
 * half of what is left from today's, so that it lies ahead. Four digits, rounded toward today: sooner rather than later; to the last digit where
 * rounding would reach today's price. Answers in the oracle's decimals. `undefined` where the price is past already.
 *
 * level = liquidation ± min(5 % of liquidation, (today − liquidation) / 2). Example: 2,000 at 3,000 today: 2,100; at 2,050 today: 2,025.
 */
export function computeWarnLevel(
  { answer, decimals, direction }: Pick<NearestLiquidation, 'answer' | 'decimals' | 'direction'>,
  today: bigint,
): string | undefined {
  const gap = direction === 'below' ? today - answer : answer - today;
  if (gap <= 0n || answer <= 0n) return undefined;
  const margin = lesser(divideUp(answer * policy.triggers.warnBeforeBps, BPS), divideUp(gap, 2n));
  const exact = direction === 'below' ? answer + margin : answer - margin;
  const step = stepOf(exact);
  const rounded = (direction === 'below' ? divideUp(exact, step) : exact / step) * step;
  const isAhead = direction === 'below' ? rounded < today : rounded > today;
  return formatDecimal(isAhead ? rounded : exact, decimals);
}
