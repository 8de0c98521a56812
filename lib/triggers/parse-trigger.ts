import { parseAddress } from '@/lib/domain/asset';
import type { AssetKey } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import { checkCondition } from './check-condition';
import type { Trigger, TriggerCondition, TriggerScope } from './trigger';
import { faultAt, listFaults, type TriggerFault } from './trigger-fault';
import { type ReadTrigger, triggerSchema } from './trigger-schema';

/** What there is to be named, and when. `book` undefined: what is read from the chain. */
export interface TriggerDirectory {
  readonly hasPosition: (id: string, book: string | undefined) => boolean;
  readonly hasAsset: (asset: AssetKey, book: string | undefined) => boolean;
  readonly hasBook: (book: string) => boolean;
  readonly hasChannel: (id: string) => boolean;
  readonly nowMs: number;
}

/** Each asset that a trigger names, once: its scope's, and those of its conditions. They belong to its subject whatever else is in it. */
export function listNamedAssets({ scope, conditions }: Pick<Trigger, 'scope' | 'conditions'>): readonly AssetKey[] {
  const named = conditions.flatMap(({ params }) => (typeof params.asset === 'string' ? [params.asset] : []));
  return [...new Set(scope.type === 'asset' ? [scope.asset, ...named] : named)];
}

function refuse(faults: readonly TriggerFault[]): never {
  const [first] = faults;
  throw new InvalidInputError('TRIGGER', `${first?.field}: ${first?.message}`, {
    inputs: { field: first?.field, faults },
    nextStep: 'Correct the field and save again; nothing was saved.',
  });
}

/** An owner on the chain is an address, kept in lower case; one of a book is whatever the book calls it. */
function readOwner(scope: TriggerScope): { readonly scope: TriggerScope; readonly faults: readonly TriggerFault[] } {
  if (scope.type !== 'owner' || scope.book !== undefined) return { scope, faults: [] };
  try {
    return { scope: { ...scope, owner: parseAddress(scope.owner) }, faults: [] };
  } catch (error) {
    return { scope, faults: [faultAt(['scope', 'owner'], (error as Error).message)] };
  }
}

function listStrangers(trigger: Trigger, directory: TriggerDirectory): readonly TriggerFault[] {
  const { scope, conditions, channels, expiresAt } = trigger;
  const { book } = scope;
  if (book !== undefined && !directory.hasBook(book)) return [faultAt(['scope', 'book'], `there is no book "${book}"`)];
  const isStrange = (asset: unknown): boolean => typeof asset === 'string' && !directory.hasAsset(asset, book);
  return [
    scope.type === 'position' && !directory.hasPosition(scope.id, book)
      ? faultAt(['scope', 'id'], `there is no position "${scope.id}"`)
      : undefined,
    scope.type === 'asset' && isStrange(scope.asset)
      ? faultAt(['scope', 'asset'], `there is no asset "${scope.asset}"`)
      : undefined,
    ...conditions.map(({ params }, index) =>
      isStrange(params.asset)
        ? faultAt(['conditions', index, 'params', 'asset'], `there is no asset "${String(params.asset)}"`)
        : undefined,
    ),
    ...channels.map((id, index) =>
      directory.hasChannel(id) ? undefined : faultAt(['channels', index], `there is no channel "${id}"`),
    ),
    expiresAt !== undefined && Date.parse(expiresAt) <= directory.nowMs
      ? faultAt(['expiresAt'], 'must lie ahead')
      : undefined,
  ].filter((fault) => fault !== undefined);
}

function listEscalationFaults({ escalation, channels }: ReadTrigger): readonly TriggerFault[] {
  if (!escalation || channels.length > 1) return [];
  return [faultAt(['escalation'], 'needs a second channel to go to')];
}

/**
 * Reads a trigger from outside, whole or not at all: its shape, each condition by its kind (side, bounds, params, which scopes it allows, a second
 * level on the right side of the first), and where a directory is given that what it names is there and that it has not expired.
 *
 * Errors: `InvalidInputError` TRIGGER; its inputs hold the first fault's `field` ("conditions[0].level") and all `faults`.
 * Example: `{ name, scope: { type: 'asset', asset }, severity: 'info', channels: [], conditions: [{ kind: 'price-level', side: 'below', level: '2500' }] }`.
 */
export function parseTrigger(input: unknown, directory?: TriggerDirectory): Trigger {
  const shape = triggerSchema.safeParse(input);
  if (!shape.success) return refuse(listFaults(shape.error));
  const { scope, faults: ownerFaults } = readOwner(shape.data.scope);
  const checked = shape.data.conditions.map((one, index) => checkCondition(one, scope, ['conditions', index]));
  const faults = [...ownerFaults, ...checked.flatMap((one) => one.faults), ...listEscalationFaults(shape.data)];
  if (faults.length > 0) return refuse(faults);
  const conditions = checked.flatMap(({ condition }): readonly TriggerCondition[] => (condition ? [condition] : []));
  const trigger: Trigger = { ...shape.data, scope, conditions };
  const strangers = directory ? listStrangers(trigger, directory) : [];
  return strangers.length > 0 ? refuse(strangers) : trigger;
}
