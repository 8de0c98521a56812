import { formatRational } from '@/lib/units/format-rational';
import { describeFiring } from './describe-trigger';
import type { ConditionReading, TriggerReading } from './evaluate-trigger';
import type { Firing, FiringValue } from './firing';
import type { PreparedTrigger } from './prepare-trigger';

/** What a firing is made of beside the trigger and what was read. */
export interface FiringOccasion
  extends Pick<
    Firing,
    | 'triggerId'
    | 'triggerVersion'
    | 'subjectId'
    | 'subjectName'
    | 'episode'
    | 'inputs'
    | 'block'
    | 'engineVersion'
    | 'remedy'
  > {
  readonly atMs: number;
}

function toValue({ condition, met, figure }: ConditionReading): FiringValue {
  const { kind, side, level } = condition;
  const measure = figure.known ? figure.value : null;
  return {
    kind,
    side,
    level,
    met,
    // Toward the side on which it fires, so that a figure past its level never reads as the level.
    value: measure && formatRational(measure.value, side === 'below' ? 'down' : 'up'),
    of: measure?.of ?? null,
    reason: figure.known ? null : figure.reason.text,
  };
}

/**
 * The record of a firing: the trigger's figures as they were read, at least 18 significant digits rounded toward the side on which they fire, and
 * the sentence. A health factor of 5/6 below 1 is "0.833333333333333333".
 */
export function computeFiring(
  prepared: PreparedTrigger,
  reading: TriggerReading,
  { atMs, ...occasion }: FiringOccasion,
): Firing {
  return {
    ...occasion,
    severity: prepared.trigger.severity,
    at: new Date(atMs).toISOString(),
    sentence: describeFiring(prepared, reading),
    values: reading.conditions.map(toValue),
  };
}
