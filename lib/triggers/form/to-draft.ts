import { formatSpan } from '../format-level';
import { findTriggerKind } from '../registry';
import type { Trigger, TriggerCondition, TriggerScope } from '../trigger';
import { formatLevelText } from './level-text';
import { type ConditionDraft, createDraft, type TriggerDraft } from './trigger-draft';

const formatOptionalSpan = (seconds: number): string => (seconds === 0 ? '' : formatSpan(seconds));

function toConditionDraft(condition: TriggerCondition, key: number): ConditionDraft {
  const { kind: id, side, level, rearm, params } = condition;
  const kind = findTriggerKind(id);
  const format = (text: string): string => (kind ? formatLevelText(text, kind.unit, side) : text);
  const fields = kind?.fields ?? [];
  return {
    key,
    kind: id,
    side,
    level: format(level),
    rearm: rearm === undefined ? '' : format(rearm),
    params: Object.fromEntries(
      fields.map(({ key: name, input }) => {
        const value = params[name];
        if (value === undefined) return [name, ''];
        return [name, input === 'duration' ? formatSpan(Number(value)) : String(value)];
      }),
    ),
  };
}

function toScopeDraft(scope: TriggerScope): TriggerDraft['scope'] {
  const none = { type: scope.type, book: scope.book ?? '', position: '', owner: '', tag: '', asset: '' };
  switch (scope.type) {
    case 'position':
      return { ...none, position: scope.id };
    case 'owner':
      return { ...none, owner: scope.owner };
    case 'tag':
      return { ...none, tag: scope.tag };
    case 'asset':
      return { ...none, asset: scope.asset };
    case 'book':
      return none;
  }
}

/** A trigger as its form shows it; `readDraft` of it gives the same trigger. `timeZone` is that of quiet hours, should they be put in. */
export function toDraft(trigger: Trigger, timeZone: string): TriggerDraft {
  const { name, scope, combine, conditions, severity, dwell, cooldownSeconds } = trigger;
  const { quietHours, expiresAt, channels, escalation } = trigger;
  const { quiet, escalation: none } = createDraft(timeZone);
  return {
    name,
    scope: toScopeDraft(scope),
    combine,
    conditions: conditions.map(toConditionDraft),
    severity,
    dwellFor: formatOptionalSpan(dwell.seconds),
    dwellTicks: String(dwell.ticks),
    cooldown: formatOptionalSpan(cooldownSeconds),
    quiet: quietHours ? { isOn: true, ...quietHours } : quiet,
    expiresAt: expiresAt ?? '',
    channels: [...channels],
    escalation: escalation ? { isOn: true, afterMinutes: String(escalation.afterMinutes) } : none,
  };
}
