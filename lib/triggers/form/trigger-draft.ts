import * as z from 'zod/mini';
import { formatSpan } from '../format-level';
import { findTriggerKind, triggerKinds } from '../registry';
import { CONDITION_SIDES, type ConditionSide, SCOPE_TYPES, type ScopeType, SEVERITIES } from '../trigger';
import type { ParamField, TriggerKind } from '../trigger-kind';
import { formatLevelText } from './level-text';

const typed = z.string().check(z.maxLength(400));

const conditionDraft = z.object({
  /** Tells it from the others while the form is open. */
  key: z.number(),
  kind: typed,
  side: z.enum(CONDITION_SIDES),
  level: typed,
  rearm: typed,
  params: z.record(z.string(), typed),
});

/**
 * A trigger as its form holds it: every field as it was typed, also what is not (yet) right or not in use, so that nothing typed is lost. Empty
 * is what is left out.
 */
export const triggerDraft = z.object({
  /** Empty: the one that is suggested. */
  name: typed,
  scope: z.object({
    type: z.enum(SCOPE_TYPES),
    /** Id of a book; empty: the chain. */
    book: typed,
    position: typed,
    owner: typed,
    tag: typed,
    asset: typed,
  }),
  combine: z.enum(['all', 'any']),
  conditions: z.array(conditionDraft),
  severity: z.enum(SEVERITIES),
  dwellFor: typed,
  dwellTicks: typed,
  cooldown: typed,
  quiet: z.object({ isOn: z.boolean(), from: typed, to: typed, timeZone: typed }),
  /** ISO 8601 in UTC; empty: never. */
  expiresAt: typed,
  channels: z.array(typed),
  escalation: z.object({ isOn: z.boolean(), afterMinutes: typed }),
});

export type TriggerDraft = z.infer<typeof triggerDraft>;
export type ConditionDraft = z.infer<typeof conditionDraft>;

/** What a param's field holds at first: nothing for an asset, the first choice, the suggested time. */
function createParam(field: ParamField): string {
  switch (field.input) {
    case 'asset':
      return '';
    case 'choice':
      return field.choices[0]?.value ?? '';
    case 'duration':
      return formatSpan(field.suggestedSeconds);
  }
}

/** What a kind's own schema presets, where only its suggested times are given. */
function readPresets(kind: TriggerKind<unknown> | undefined): Readonly<Record<string, unknown>> {
  const times = (kind?.fields ?? []).flatMap((field): [string, unknown][] =>
    field.input === 'duration' ? [[field.key, field.suggestedSeconds]] : [],
  );
  const preset = kind?.params.safeParse(Object.fromEntries(times));
  return (preset?.success ? preset.data : {}) as Readonly<Record<string, unknown>>;
}

function createParams(kind: TriggerKind<unknown> | undefined): ConditionDraft['params'] {
  const presets = readPresets(kind);
  return Object.fromEntries(
    (kind?.fields ?? []).map((field) => {
      const given = presets[field.key];
      return [field.key, typeof given === 'string' ? given : createParam(field)];
    }),
  );
}

/** The level a kind suggests on a side, as it is typed; empty where it suggests none. */
function suggestLevel(kind: TriggerKind<unknown> | undefined, side: ConditionSide): string {
  const suggested = kind?.sides[side]?.suggested;
  return kind && suggested !== undefined ? formatLevelText(suggested, kind.unit, side) : '';
}

/**
 * What a form begins with for a condition: its kind's usual side (or the one `wanted`, where it is allowed), the level it suggests there, its
 * params as its own schema presets them. `createCondition('distance', 0).level` is "10" (percent).
 */
export function createCondition(kindId: string, key: number, wanted: Partial<ConditionDraft> = {}): ConditionDraft {
  const kind = findTriggerKind(kindId);
  const usual = CONDITION_SIDES.find((side) => Object.keys(kind?.sides ?? {})[0] === side) ?? 'below';
  const side = wanted.side && kind?.sides[wanted.side] ? wanted.side : usual;
  return {
    key,
    kind: kindId,
    side,
    level: wanted.level ?? suggestLevel(kind, side),
    rearm: wanted.rearm ?? '',
    params: { ...createParams(kind), ...wanted.params },
  };
}

/** Kinds that a scope allows, in the order they are offered. */
export const listKindsOf = (scope: ScopeType) =>
  Object.values(triggerKinds).filter((kind) => kind.scopes.includes(scope));

/** A draft with nothing but what every trigger begins with. */
export const createDraft = (timeZone: string): TriggerDraft => ({
  name: '',
  scope: { type: 'position', book: '', position: '', owner: '', tag: '', asset: '' },
  combine: 'any',
  conditions: [createCondition('health-factor', 0)],
  severity: 'warning',
  dwellFor: '',
  dwellTicks: '1',
  cooldown: '',
  quiet: { isOn: false, from: '22:00', to: '07:00', timeZone },
  expiresAt: '',
  channels: [],
  escalation: { isOn: false, afterMinutes: '10' },
});

/** A key that no condition of the draft has. */
export const nextKey = ({ conditions }: Pick<TriggerDraft, 'conditions'>): number =>
  Math.max(-1, ...conditions.map(({ key }) => key)) + 1;

/** The same condition of another kind: side, level and params begin anew, but an asset that both take stays. */
export function changeKind(condition: ConditionDraft, kindId: string): ConditionDraft {
  const begun = createCondition(kindId, condition.key);
  const { asset } = condition.params;
  return asset !== undefined && 'asset' in begun.params ? { ...begun, params: { ...begun.params, asset } } : begun;
}

/** The same condition on the other side; a level that was only the suggestion of the one side becomes that of the other. */
export function changeSide(condition: ConditionDraft, side: ConditionSide): ConditionDraft {
  const kind = findTriggerKind(condition.kind);
  const isSuggested = condition.level === suggestLevel(kind, condition.side);
  return { ...condition, side, level: isSuggested ? suggestLevel(kind, side) : condition.level, rearm: '' };
}

/** A draft of which the first condition has another level, given as it is kept; its second level, which was of the one before, goes. */
export function withFirstLevel(draft: TriggerDraft, level: string): Pick<TriggerDraft, 'conditions'> {
  const [first, ...rest] = draft.conditions;
  const kind = findTriggerKind(first?.kind ?? '');
  if (!first || !kind) return { conditions: draft.conditions };
  return { conditions: [{ ...first, level: formatLevelText(level, kind.unit, first.side), rearm: '' }, ...rest] };
}
