import { formatDuration } from '@/lib/format/format-duration';
import { formatExact, MINUS, UNIT_SPACE } from '@/lib/format/format-fixed';
import { formatChange } from '@/lib/format/format-percent';
import { formatPriceRational, formatUsdRational } from '@/lib/format/format-rational-figures';
import { parseDecimal } from '@/lib/units/decimal';
import { WAD } from '@/lib/units/fixed';
import { floorRational, type Rational, rational, rationalToNumber } from '@/lib/units/rational';
import type { ConditionSide } from './trigger';
import type { LevelUnit } from './trigger-kind';

/** So many decimals a level may have. */
const LEVEL_DECIMALS = 18;

/** A level's text as an exact fraction. Errors: `UnitsError`. `parseLevel('1.25')` is 5/4. */
export const parseLevel = (text: string): Rational => rational(parseDecimal(text, LEVEL_DECIMALS), WAD);

const SPANS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** A length of time to the second, nothing rounded. `formatSpan(93600)` is "1 d 2 h", 0 is "0 s". */
export function formatSpan(seconds: number): string {
  let left = seconds;
  const parts = SPANS.flatMap(([unit, length]) => {
    const count = Math.floor(left / length);
    left -= count * length;
    return count > 0 ? [`${count}${UNIT_SPACE}${unit}`] : [];
  });
  return parts.join(' ') || `0${UNIT_SPACE}s`;
}

const withDollar = (text: string): string => (text.startsWith(MINUS) ? `${MINUS}$${text.slice(1)}` : `$${text}`);

/**
 * A level as people read it, to its last digit, so that a sentence says the very level that is compared.
 * `formatLevel('0.835', 'share')` is "83.5 %", `formatLevel('2500', 'price')` is "$2,500", `formatLevel('86400', 'duration')` is "1 d".
 */
export function formatLevel(level: string, unit: LevelUnit): string {
  const raw = parseDecimal(level, LEVEL_DECIMALS);
  switch (unit) {
    case 'ratio':
      return formatExact(raw, LEVEL_DECIMALS);
    case 'share':
    case 'change':
      return `${formatExact(raw * 100n, LEVEL_DECIMALS)}${UNIT_SPACE}%`;
    case 'rate':
      return `${formatExact(raw * 100n, LEVEL_DECIMALS)}${UNIT_SPACE}% a year`;
    case 'price':
    case 'value':
      return withDollar(formatExact(raw, LEVEL_DECIMALS));
    case 'duration':
      return formatSpan(Number(raw / WAD));
  }
}

const RATIO_DIGITS = 4;
const PERCENT_DIGITS = 2;
const RATIO_UNIT = 10n ** BigInt(RATIO_DIGITS);

/** Percent without a plus before it. */
const formatShare = (value: Rational, rounding: 'down' | 'up'): string =>
  formatChange(value, rounding, PERCENT_DIGITS).replace(/^\+/, '');

function formatRatio(value: Rational, rounding: 'down' | 'up'): string {
  const down = floorRational(value, RATIO_UNIT);
  const isExact = down * value.denominator === value.numerator * RATIO_UNIT;
  return formatExact(rounding === 'up' && !isExact ? down + 1n : down, RATIO_DIGITS);
}

/**
 * A figure as people read it, rounded toward the side on which it fires (down for 'below', up for 'above'), so that one past its level never
 * reads as the level. `formatMeasured(rational(124999999n, 100000000n), 'ratio', 'below')` is "1.2499".
 */
export function formatMeasured(value: Rational, unit: LevelUnit, side: ConditionSide): string {
  const rounding = side === 'below' ? 'down' : 'up';
  switch (unit) {
    case 'ratio':
      return formatRatio(value, rounding);
    case 'share':
      return formatShare(value, rounding);
    case 'change':
      return formatChange(value, rounding, PERCENT_DIGITS);
    case 'rate':
      return `${formatShare(value, rounding)} a year`;
    case 'price':
      return formatPriceRational(value, rounding);
    case 'value':
      return formatUsdRational(value, rounding);
    case 'duration':
      return formatDuration(rationalToNumber(value));
  }
}
