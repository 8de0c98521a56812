import { InvalidInputError } from '@/lib/domain/errors';
import { describeTrigger, type TriggerNames } from '../describe-trigger';
import { parseTrigger } from '../parse-trigger';
import { prepareTrigger } from '../prepare-trigger';
import { findTriggerKind } from '../registry';
import type { Trigger } from '../trigger';
import { faultAt, type TriggerFault } from '../trigger-fault';
import { parseLevelText } from './level-text';
import { parseSpan } from './span-text';
import { suggestName } from './suggest-name';
import type { ConditionDraft, TriggerDraft } from './trigger-draft';

/** What a draft says: the whole trigger with its sentence, or what is wrong, each at its field. */
export type DraftReading =
  | { readonly trigger: Trigger; readonly sentence: string; readonly faults: readonly [] }
  | { readonly trigger: undefined; readonly sentence: undefined; readonly faults: readonly TriggerFault[] };

type Path = readonly PropertyKey[];

/** Stands for a name that is still to be suggested. */
const UNNAMED = '?';

/** Reads fields one by one and keeps what is wrong with them; what cannot be read stays as it was typed, which no trigger takes. */
class FieldReader {
  readonly faults: TriggerFault[] = [];

  /** Empty gives `empty`; what cannot be read is a fault. */
  private read<T>(text: string, parse: (text: string) => T | undefined, path: Path, message: string): T | string {
    const value = parse(text);
    if (value !== undefined) return value;
    this.faults.push(faultAt(path, message));
    return text;
  }

  span(text: string, path: Path, empty?: number): number | string | undefined {
    if (text.trim() === '') return empty;
    return this.read(text, parseSpan, path, 'must be a time such as “90 s”, “5 min” or “1 h 30 min”');
  }

  whole(text: string, path: Path): number | string {
    const parse = (plain: string) => (/^\d{1,9}$/.test(plain.trim()) ? Number(plain) : undefined);
    return this.read(text, parse, path, 'must be a whole number');
  }

  level(text: string, { kind: id, side }: ConditionDraft, path: Path): string {
    const kind = findTriggerKind(id);
    if (!kind) return text;
    const example = kind.unit === 'duration' ? 'a time such as “2 d”' : 'a number such as “1.25”';
    return this.read(text, (plain) => parseLevelText(plain, kind.unit, side), path, `must be ${example}`);
  }
}

function toParams({ kind: id, params }: ConditionDraft, reader: FieldReader, path: Path): Record<string, unknown> {
  const fields = findTriggerKind(id)?.fields ?? [];
  const read = fields.flatMap((field): [string, unknown][] => {
    const text = params[field.key]?.trim() ?? '';
    if (text === '' && field.input !== 'duration') return [];
    return [[field.key, field.input === 'duration' ? reader.span(text, [...path, field.key], 0) : text]];
  });
  return Object.fromEntries(read);
}

function toCondition(draft: ConditionDraft, reader: FieldReader, index: number) {
  const path = ['conditions', index];
  return {
    kind: draft.kind,
    side: draft.side,
    level: reader.level(draft.level, draft, [...path, 'level']),
    ...(draft.rearm.trim() !== '' && { rearm: reader.level(draft.rearm, draft, [...path, 'rearm']) }),
    params: toParams(draft, reader, [...path, 'params']),
  };
}

function toScope({ scope }: TriggerDraft): Record<string, unknown> {
  const book = scope.book === '' ? {} : { book: scope.book };
  switch (scope.type) {
    case 'position':
      return { type: scope.type, id: scope.position.trim(), ...book };
    case 'owner':
      return { type: scope.type, owner: scope.owner.trim(), ...book };
    case 'tag':
      return { type: scope.type, tag: scope.tag.trim(), ...book };
    case 'book':
      return { type: scope.type, book: scope.book };
    case 'asset':
      return { type: scope.type, asset: scope.asset.trim(), ...book };
  }
}

function toDefinition(draft: TriggerDraft, reader: FieldReader): Record<string, unknown> {
  const { quiet, escalation, scope } = draft;
  if (scope.type === 'tag' && scope.book === '') {
    reader.faults.push(faultAt(['scope', 'book'], 'must be a book: what is read from the chain has no tags'));
  }
  return {
    name: draft.name.trim() || UNNAMED,
    scope: toScope(draft),
    combine: draft.combine,
    conditions: draft.conditions.map((condition, index) => toCondition(condition, reader, index)),
    severity: draft.severity,
    dwell: {
      seconds: reader.span(draft.dwellFor, ['dwell', 'seconds'], 0),
      ticks: reader.whole(draft.dwellTicks, ['dwell', 'ticks']),
    },
    cooldownSeconds: reader.span(draft.cooldown, ['cooldownSeconds'], 0),
    ...(quiet.isOn && { quietHours: { from: quiet.from, to: quiet.to, timeZone: quiet.timeZone.trim() } }),
    ...(draft.expiresAt !== '' && { expiresAt: draft.expiresAt }),
    channels: draft.channels,
    ...(escalation.isOn && {
      escalation: { afterMinutes: reader.whole(escalation.afterMinutes, ['escalation', 'afterMinutes']) },
    }),
  };
}

function listParseFaults(error: unknown): readonly TriggerFault[] {
  if (!(error instanceof InvalidInputError)) throw error;
  return (error.detail.inputs?.faults ?? []) as readonly TriggerFault[];
}

/**
 * Reads what a form holds: a trigger that `parseTrigger` takes and its sentence, or every fault at its field by the names `parseTrigger` gives
 * them ("conditions[0].level"), in words for whoever typed it. A draft without a name gets one from its sentence.
 */
export function readDraft(draft: TriggerDraft, names: TriggerNames): DraftReading {
  const reader = new FieldReader();
  const definition = toDefinition(draft, reader);
  const own = new Set(reader.faults.map(({ field }) => field));
  try {
    const parsed = parseTrigger(definition);
    if (own.size > 0) return { trigger: undefined, sentence: undefined, faults: reader.faults };
    const sentence = describeTrigger(prepareTrigger(parsed), names);
    const trigger = parsed.name === UNNAMED ? { ...parsed, name: suggestName(sentence) } : parsed;
    return { trigger, sentence, faults: [] };
  } catch (error) {
    const found = listParseFaults(error).filter(({ field }) => !own.has(field));
    return { trigger: undefined, sentence: undefined, faults: [...reader.faults, ...found] };
  }
}
