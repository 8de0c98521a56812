import { MINUS } from '@/lib/format/format-fixed';
import { formatDecimal, parseDecimal } from '@/lib/units/decimal';
import { UnitsError } from '@/lib/units/units-error';
import { formatSpan } from '../format-level';
import type { ConditionSide } from '../trigger';
import type { LevelUnit } from '../trigger-kind';
import { parseSpan } from './span-text';

const LEVEL_DECIMALS = 18;
/** A percentage has two decimals less than the fraction it is kept as. */
const PERCENT_DECIMALS = 16;
const PERCENT_UNITS: ReadonlySet<LevelUnit> = new Set(['share', 'change', 'rate']);
/** Thousands may be grouped, but then as they are written here: "2,500.5". */
const GROUPED = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/;

/** A change on the side of a fall is kept with a minus and typed without: the side says it already. */
const isFall = (unit: LevelUnit, side: ConditionSide): boolean => unit === 'change' && side === 'below';

const negate = (level: string): string => (level.startsWith('-') ? level.slice(1) : `-${level}`);

/** What belongs before and behind a level's field. `levelAffixes('price')` is `{ before: '$', after: '' }`. */
export function levelAffixes(unit: LevelUnit): { readonly before: string; readonly after: string } {
  switch (unit) {
    case 'share':
    case 'change':
      return { before: '', after: '%' };
    case 'rate':
      return { before: '', after: '% a year' };
    case 'price':
    case 'value':
      return { before: '$', after: '' };
    case 'ratio':
    case 'duration':
      return { before: '', after: '' };
  }
}

/**
 * A level as its field shows it, to its last digit: shares, changes and rates in percent, times in words, all else as it is; a fall without its
 * minus. `formatLevelText('0.835', 'share', 'above')` is "83.5", `formatLevelText('-0.1', 'change', 'below')` is "10".
 */
export function formatLevelText(level: string, unit: LevelUnit, side: ConditionSide): string {
  if (unit === 'duration') return formatSpan(Number(level));
  const signed = isFall(unit, side) ? negate(level) : level;
  const decimals = PERCENT_UNITS.has(unit) ? PERCENT_DECIMALS : LEVEL_DECIMALS;
  return formatDecimal(parseDecimal(signed, LEVEL_DECIMALS), decimals);
}

/**
 * What was typed into a level's field as the level that is kept; `undefined` where it is no such figure. Takes what `formatLevelText` gives, with
 * or without its unit, thousands grouped or not, and either minus.
 *
 * Example: `parseLevelText('83.5 %', 'share', 'above')` is "0.835", `parseLevelText('10', 'change', 'below')` is "-0.1", `parseLevelText('1,5',
 * 'ratio', 'below')` is `undefined`.
 */
export function parseLevelText(text: string, unit: LevelUnit, side: ConditionSide): string | undefined {
  if (unit === 'duration') return parseSpan(text)?.toString();
  const bare = text
    .trim()
    .replace(MINUS, '-')
    .replace(/^(-?)\s*\$/, '$1')
    .replace(/\s*%(\s*a year)?$/, '');
  const plain = GROUPED.test(bare) ? bare.replaceAll(',', '') : bare;
  try {
    const raw = parseDecimal(plain, PERCENT_UNITS.has(unit) ? PERCENT_DECIMALS : LEVEL_DECIMALS);
    return formatDecimal(isFall(unit, side) ? -raw : raw, LEVEL_DECIMALS);
  } catch (error) {
    if (error instanceof UnitsError) return undefined;
    throw error;
  }
}
