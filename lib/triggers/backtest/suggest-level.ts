import { formatDecimal } from '@/lib/units/decimal';
import { WAD } from '@/lib/units/fixed';
import {
  ceilRational,
  compareRational,
  floorRational,
  maxRational,
  minRational,
  type Rational,
  rational,
} from '@/lib/units/rational';
import { parseLevel } from '../format-level';
import { type PreparedCondition, prepareTrigger } from '../prepare-trigger';
import type { Trigger } from '../trigger';
import { type BacktestReport, type BacktestSample, runBacktest } from './run-backtest';

export type SuggestedLevel =
  | { readonly exists: true; readonly level: string; readonly report: BacktestReport }
  | { readonly exists: false; readonly text: string };

const none = (text: string): SuggestedLevel => ({ exists: false, text });

/** Levels are suggested in steps of a ten-thousandth of a ratio or share, a cent of dollars, a second. */
const STEP_DIVISOR = {
  ratio: 10_000n,
  share: 10_000n,
  change: 10_000n,
  rate: 10_000n,
  price: 100n,
  value: 100n,
  duration: 1n,
};
const LEVEL_DECIMALS = 18;

/** The nearest step past which a figure lies: of 1.2 below it is 1.2001, of 0.8 above 0.7999. */
function stepPast(value: Rational, { kind, condition }: PreparedCondition): Rational {
  const steps = STEP_DIVISOR[kind.unit];
  return condition.side === 'below'
    ? rational(floorRational(value, steps) + 1n, steps)
    : rational(ceilRational(value, steps) - 1n, steps);
}

/** The figure nearest the safe side over some samples; `undefined` where one of them has none. */
function findSafest(samples: readonly BacktestSample[], prepared: PreparedCondition): Rational | undefined {
  const { kind, params, condition } = prepared;
  const { side } = condition;
  const bounds = kind.sides[side];
  const level = parseLevel((side === 'below' ? bounds?.least : bounds?.most) ?? condition.level);
  let safest: Rational | undefined;
  for (const { subject } of samples) {
    const figure = kind.measure(subject, params, { side, level });
    if (!figure.known || figure.value === null) return undefined;
    const { value } = figure.value;
    safest = safest && (side === 'below' ? maxRational : minRational)(safest, value);
    safest ??= value;
  }
  return safest;
}

/** From the last sample that is early enough to the one before the liquidation; empty where the series does not reach back so far. */
function listLeadUp(samples: readonly BacktestSample[], liquidationMs: number, leadMs: number) {
  const first = samples.findLastIndex(({ atMs }) => atMs <= liquidationMs - leadMs);
  return first < 0
    ? []
    : samples.slice(
        first,
        samples.findIndex(({ atMs }) => atMs >= liquidationMs),
      );
}

/**
 * The level nearest to danger at which the trigger's only condition would have held, without a break, from so long before each liquidation of the
 * series, its dwell of time on top; with what a backtest says of it, false alarms among it. Its second level is left out. Steps: a ten-thousandth,
 * a cent, a second.
 *
 * None, with a sentence: several conditions, no liquidation in the series, the series does not reach back far enough or is unknown there, or the
 * level is not one that the kind allows. A cooldown, and a dwell in ticks, may still bring a firing later: the report says.
 * Example: health factors 1.3, 1.2, 1.1, 0.9 a minute apart, two minutes wished: held from 1.2 on, so 1.2001.
 */
export function suggestLevel(trigger: Trigger, samples: readonly BacktestSample[], leadMs: number): SuggestedLevel {
  const [prepared, ...others] = prepareTrigger(trigger).conditions;
  if (!prepared || others.length > 0) return none('A level is suggested for a trigger of one condition.');
  const { liquidations } = runBacktest(trigger, samples);
  if (liquidations.length === 0) return none('Nothing is liquidated in this series.');
  const heldMs = leadMs + trigger.dwell.seconds * 1_000;
  const { side } = prepared.condition;
  let level: Rational | undefined;
  for (const { atMs } of liquidations) {
    const safest = findSafest(listLeadUp(samples, atMs, heldMs), prepared);
    if (!safest) return none('The series does not show the figure for long enough before a liquidation.');
    const needed = stepPast(safest, prepared);
    level = level ? (side === 'below' ? maxRational : minRational)(level, needed) : needed;
  }
  const bounds = prepared.kind.sides[side];
  if (!level || !bounds) return none('A level is suggested for a side that the kind allows.');
  if (compareRational(level, parseLevel(bounds.least)) < 0 || compareRational(level, parseLevel(bounds.most)) > 0) {
    return none('No level that this kind allows gives so long a warning.');
  }
  const text = formatDecimal(floorRational(level, WAD), LEVEL_DECIMALS);
  const condition = { ...prepared.condition, level: text, rearm: undefined };
  return { exists: true, level: text, report: runBacktest({ ...trigger, conditions: [condition] }, samples) };
}
