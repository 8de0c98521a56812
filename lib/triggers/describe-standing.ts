import { absoluteRational, subtractRational } from '@/lib/units/rational';
import type { ConditionReading, TriggerReading } from './evaluate-trigger';
import { formatLevel, formatMeasured } from './format-level';
import type { PreparedCondition, PreparedTrigger } from './prepare-trigger';
import type { LevelUnit } from './trigger-kind';
import type { Truth } from './truth';

/** Where one condition stands, as a list shows it. */
export interface ConditionStanding {
  readonly title: string;
  readonly met: Truth;
  /** "below 1.25". */
  readonly limit: string;
  /** The figure now; undefined where there is none, or none is known. */
  readonly figure: string | undefined;
  /** What is left until it fires, rounded down; undefined where nothing is, or none can be told. */
  readonly left: string | undefined;
  /** Why there is no figure. */
  readonly reason: string | undefined;
}

/** A difference of two figures has no sign and no year. */
const DIFFERENCE_UNITS: Readonly<Partial<Record<LevelUnit, LevelUnit>>> = { change: 'share', rate: 'share' };

function describeCondition(
  { kind, condition, level }: PreparedCondition,
  reading: ConditionReading,
): ConditionStanding {
  const { side } = condition;
  const { met, figure } = reading;
  const common = { title: kind.title, met, limit: `${side} ${formatLevel(condition.level, kind.unit)}` };
  const none = { ...common, figure: undefined, left: undefined };
  if (!figure.known) return { ...none, reason: figure.reason.text };
  if (figure.value === null) return { ...none, reason: 'There is no such figure now.' };
  const { value } = figure.value;
  const left = absoluteRational(subtractRational(value, level));
  return {
    ...common,
    figure: formatMeasured(value, kind.unit, side),
    left: met === 'false' ? formatMeasured(left, DIFFERENCE_UNITS[kind.unit] ?? kind.unit, 'below') : undefined,
    reason: undefined,
  };
}

/**
 * How far each condition of a trigger is from firing; `reading` is one of this trigger's. Figures are rounded toward the side on which they fire,
 * what is left down. A health factor of 1.4 against "below 1.25" has 0.15 left.
 */
export const describeStanding = (
  { conditions }: PreparedTrigger,
  reading: TriggerReading,
): readonly ConditionStanding[] =>
  conditions.flatMap((prepared, index) => {
    const one = reading.conditions[index];
    return one ? [describeCondition(prepared, one)] : [];
  });
