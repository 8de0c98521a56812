import type { Known, UnknownReason } from '@/lib/domain/known';
import { compareRational, type Rational } from '@/lib/units/rational';
import { isPast } from './measure/measure-worst';
import type { PreparedCondition, PreparedTrigger } from './prepare-trigger';
import type { Subject } from './subject';
import type { TriggerCondition } from './trigger';
import type { Measure } from './trigger-kind';
import { combineTruths, type Truth } from './truth';

/** What one condition says of a subject. */
export interface ConditionReading {
  readonly condition: TriggerCondition;
  /** Past its level. */
  readonly met: Truth;
  /** Not yet back at its second level: true wherever `met` is. */
  readonly still: Truth;
  /** As measured against the level; null: there is no such figure. */
  readonly figure: Known<Measure | null>;
}

/** What a trigger says of a subject. */
export interface TriggerReading {
  readonly met: Truth;
  readonly still: Truth;
  readonly conditions: readonly ConditionReading[];
  /** Why `met` is unknown; `undefined` where it is known. */
  readonly reason: UnknownReason | undefined;
}

const judge = (figure: Known<Measure | null>, side: TriggerCondition['side'], level: Rational): Truth => {
  if (!figure.known) return 'unknown';
  return figure.value !== null && isPast(figure.value, { side, level }) ? 'true' : 'false';
};

function readCondition(
  { condition, kind, params, level, rearm }: PreparedCondition,
  subject: Subject,
): ConditionReading {
  const { side } = condition;
  const figure = kind.measure(subject, params, { side, level });
  const met = judge(figure, side, level);
  // Past the level is short of the second one too; and without a second one the two are one.
  if (met === 'true' || compareRational(level, rearm) === 0) return { condition, met, still: met, figure };
  // Known and not past the level, it is of all there is. Unknown, what is known may yet be short of the second level for certain.
  const again = figure.known ? figure : kind.measure(subject, params, { side, level: rearm });
  return { condition, met, still: judge(again, side, rearm), figure };
}

/**
 * Whether a trigger holds of a subject, and whether it still does by its second levels (hysteresis): each true, false or unknown. A figure that
 * does not exist is not past any level; one that is unknown makes the trigger unknown unless the others decide it.
 *
 * Example: "health factor below 1.25, again from 1.4" at 1.3: not met, still; at 1.4: neither.
 */
export function evaluateTrigger({ trigger, conditions }: PreparedTrigger, subject: Subject): TriggerReading {
  const readings = conditions.map((condition) => readCondition(condition, subject));
  const met = combineTruths(
    trigger.combine,
    readings.map((reading) => reading.met),
  );
  const still = combineTruths(
    trigger.combine,
    readings.map((reading) => reading.still),
  );
  const blind = readings.find(({ figure }) => !figure.known)?.figure;
  return {
    met,
    still,
    conditions: readings,
    reason: met === 'unknown' && blind?.known === false ? blind.reason : undefined,
  };
}
