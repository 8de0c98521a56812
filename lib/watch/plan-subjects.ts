import type { UnknownReason } from '@/lib/domain/known';
import type { PreparedTrigger } from '@/lib/triggers/prepare-trigger';
import type { TriggerScope } from '@/lib/triggers/trigger';
import { type Position, rulesOf } from '@/lib/venues/registry';
import type { World } from './world';

/** What a trigger is measured on: named once, and worked out anew at each look. */
export interface SubjectPlan {
  readonly id: string;
  readonly name: string;
  readonly positionIds: readonly string[];
  /** Looked at for itself, wherever it stands. */
  readonly asset: string | undefined;
  /** Why there may be more of it than the positions; blindness to the whole chain apart. */
  readonly unseen: UnknownReason | undefined;
}

/** The subject of a scope as a whole; no position has this id. */
export const WHOLE = '*';

const lower = (address: string): string => address.toLowerCase();
const ownerOf = (positionId: string): string => lower(positionId.split('~').at(-1) ?? '');
const notRead = (what: string): UnknownReason => ({ code: 'not-read-yet', text: `${what} has not been read yet.` });

/** A position as people call it: "Aave v3 local Core of Hair above 1". */
export function namePosition(position: Position, { nameOwner }: Pick<World, 'nameOwner'>): string {
  const rules = rulesOf(position);
  return `${rules.name} ${rules.formatMarket(position)} of ${nameOwner(position.owner)}`;
}

function planPosition(id: string, world: World): SubjectPlan {
  const position = world.positions.get(id);
  const name = position ? namePosition(position, world) : id;
  const owner = ownerOf(id);
  // Of an owner who was read whole, a position that is not there is closed, and may be opened again.
  const unseen = position
    ? undefined
    : (world.unread.get(owner) ?? (world.readOwners.has(owner) ? undefined : notRead('The position')));
  return { id, name, positionIds: position ? [id] : [], asset: undefined, unseen };
}

function planWhole(scope: TriggerScope, world: World): SubjectPlan {
  const plan = { id: WHOLE, positionIds: [], asset: undefined };
  switch (scope.type) {
    case 'owner': {
      const owner = lower(scope.owner);
      const unseen = world.unread.get(owner) ?? (world.readOwners.has(owner) ? undefined : notRead('The owner'));
      return { ...plan, name: world.nameOwner(scope.owner), unseen };
    }
    case 'asset':
      return { id: scope.asset, name: scope.asset, positionIds: [], asset: scope.asset, unseen: undefined };
    default: {
      const [first] = world.unread.values();
      return { ...plan, name: 'everything that is watched', unseen: first };
    }
  }
}

function isOf({ owner }: Position, scope: TriggerScope): boolean {
  return scope.type === 'owner' ? lower(owner) === lower(scope.owner) : scope.type === 'book';
}

/**
 * On what a trigger is measured now, each of which fires for itself. A position and an asset: on that. An owner, a tag, a book: on each of its
 * positions, so that the second one to fall is told of too, and on the whole, which says what could not be read; where a condition sums over
 * positions, on the whole alone. Positions from chain have no tags.
 *
 * Example: a health factor of an owner with two positions: "aave-v3~…", "morpho-blue~…" and "*", the last without positions.
 */
export function planSubjects({ trigger, conditions }: PreparedTrigger, world: World): readonly SubjectPlan[] {
  const { scope } = trigger;
  if (scope.type === 'position') return [planPosition(scope.id, world)];
  const whole = planWhole(scope, world);
  if (scope.type === 'asset') return [whole];
  const ids = [...world.positions.values()].filter((position) => isOf(position, scope)).map(({ id }) => id);
  if (conditions.some(({ kind }) => kind.isSummed)) return [{ ...whole, positionIds: ids }];
  return [...ids.map((id) => planPosition(id, world)), whole];
}
