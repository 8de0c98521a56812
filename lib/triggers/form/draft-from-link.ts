import { UnitsError } from '@/lib/units/units-error';
import { findTriggerKind } from '../registry';
import { CONDITION_SIDES, SCOPE_TYPES } from '../trigger';
import { formatLevelText } from './level-text';
import { createCondition, createDraft, listKindsOf, type TriggerDraft } from './trigger-draft';

const FIELDS = { position: 'position', owner: 'owner', tag: 'tag', book: 'book', asset: 'asset' } as const;

function readScope(text: string | null | undefined, none: TriggerDraft['scope']): TriggerDraft['scope'] {
  const [name, ...rest] = (text ?? '').split(':');
  const type = SCOPE_TYPES.find((one) => one === name);
  return type ? { ...none, type, [FIELDS[type]]: rest.join(':') } : none;
}

/** The level of a link, which is written as it is kept; what is none stays as it is, for the form to say so. */
function readLevel(kindId: string, side: 'below' | 'above', level: string): string {
  const kind = findTriggerKind(kindId);
  if (!kind) return level;
  try {
    return formatLevelText(level, kind.unit, side);
  } catch (error) {
    if (error instanceof UnitsError) return level;
    throw error;
  }
}

/**
 * What a form begins with by a link: `ask('scope')` is "position:<id>", "owner:<address>", "asset:<key>"; `kind`, `side`, `level` (as it is
 * kept) and `asset` are of its one condition. What the link leaves out, or says wrongly, is as every form begins.
 */
export function draftFromLink(ask: (key: string) => string | null, timeZone: string): TriggerDraft {
  const draft = createDraft(timeZone);
  const scope = readScope(ask('scope'), draft.scope);
  const [usual] = listKindsOf(scope.type);
  const asked = ask('kind') ?? '';
  const kind = findTriggerKind(asked)?.scopes.includes(scope.type) ? asked : (usual?.id ?? 'health-factor');
  const side = CONDITION_SIDES.find((one) => one === ask('side'));
  const begun = createCondition(kind, 0, side ? { side } : {});
  const level = ask('level');
  const asset = ask('asset');
  const params = asset !== null && 'asset' in begun.params ? { ...begun.params, asset } : begun.params;
  return {
    ...draft,
    scope,
    conditions: [{ ...begun, ...(level !== null && { level: readLevel(kind, begun.side, level) }), params }],
  };
}
