import { InvalidInputError } from '@/lib/domain/errors';
import type { Rational } from '@/lib/units/rational';
import { parseLevel } from './format-level';
import { findTriggerKind } from './registry';
import type { Trigger, TriggerCondition } from './trigger';
import type { TriggerKind } from './trigger-kind';

/** A condition with its kind found and its levels read. */
export interface PreparedCondition {
  readonly condition: TriggerCondition;
  readonly kind: TriggerKind<unknown>;
  readonly params: unknown;
  readonly level: Rational;
  /** Equal to `level` where there is no hysteresis. */
  readonly rearm: Rational;
}

/** A trigger ready to be evaluated again and again. */
export interface PreparedTrigger {
  readonly trigger: Trigger;
  readonly conditions: readonly PreparedCondition[];
}

function prepareCondition(condition: TriggerCondition): PreparedCondition {
  const kind = findTriggerKind(condition.kind);
  const params = kind?.params.safeParse(condition.params);
  if (!kind || !params?.success) {
    throw new InvalidInputError('TRIGGER_KIND', `The kept condition "${condition.kind}" is none of this version’s.`, {
      inputs: { condition },
      nextStep: 'Save the trigger again.',
    });
  }
  const level = parseLevel(condition.level);
  const rearm = condition.rearm === undefined ? level : parseLevel(condition.rearm);
  return { condition, kind, params: params.data, level, rearm };
}

/**
 * Looks up kinds, params and levels once. `trigger` was made by `parseTrigger`. Errors: `InvalidInputError` TRIGGER_KIND where it was kept by
 * a version that knew other kinds.
 */
export const prepareTrigger = (trigger: Trigger): PreparedTrigger => ({
  trigger,
  conditions: trigger.conditions.map(prepareCondition),
});
