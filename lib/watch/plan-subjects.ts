import type { AssetKey } from '@/lib/domain/book-position';
import type { UnknownReason } from '@/lib/domain/known';
import { computeGrain } from '@/lib/triggers/compute-grain';
import { listNamedAssets } from '@/lib/triggers/parse-trigger';
import type { PreparedTrigger } from '@/lib/triggers/prepare-trigger';
import type { TriggerScope } from '@/lib/triggers/trigger';
import { type Position, rulesOf } from '@/lib/venues/registry';
import { planBookSubjects } from './books/plan-book-subjects';
import { findLegs } from './find-legs';
import { NOTHING, type SubjectPlan, WHOLE } from './subject-plan';
import type { World } from './world';

const lower = (address: string): string => address.toLowerCase();
/** Whose a position is, by its id; lower case. */
export const ownerOf = (positionId: string): string => lower(positionId.split('~').at(-1) ?? '');
const notRead = (what: string): UnknownReason => ({ code: 'not-read-yet', text: `${what} has not been read yet.` });

/** A position as people call it: "Aave v3 local Core of Hair above 1". */
export function namePosition(position: Position, { nameOwner }: Pick<World, 'nameOwner'>): string {
  const rules = rulesOf(position);
  return `${rules.name} ${rules.formatMarket(position)} of ${nameOwner(position.owner)}`;
}

const unknownAsset = (asset: AssetKey): UnknownReason => ({
  code: 'asset-unknown',
  text: `No position that is watched has the asset ${asset}.`,
});

function planPosition(id: string, world: World): SubjectPlan {
  const position = world.positions.get(id);
  if (position) return { ...NOTHING, id, name: namePosition(position, world), positionIds: [id] };
  const owner = ownerOf(id);
  // Of an owner who was read whole, a position that is not there is closed, and may be opened again.
  const unseen = world.unread.get(owner) ?? (world.readOwners.has(owner) ? undefined : notRead('The position'));
  return { ...NOTHING, id, name: id, unseen };
}

function planWhole(scope: TriggerScope, world: World): SubjectPlan {
  if (scope.type === 'asset') {
    const found = findLegs(world.positions, scope.asset)[0]?.leg.asset;
    const unseen = found ? undefined : unknownAsset(scope.asset);
    return { ...NOTHING, id: WHOLE, name: found?.symbol ?? scope.asset, unseen };
  }
  if (scope.type === 'position') return { ...planPosition(scope.id, world), id: WHOLE, positionIds: [] };
  if (scope.type === 'owner') {
    const owner = lower(scope.owner);
    const unseen = world.unread.get(owner) ?? (world.readOwners.has(owner) ? undefined : notRead('The owner'));
    return { ...NOTHING, id: WHOLE, name: world.nameOwner(scope.owner), unseen };
  }
  // A trigger on a tag of no book stands on nothing, and must not look armed.
  const text = 'Positions that are read from the chain have no tags: name a book.';
  return { ...NOTHING, id: WHOLE, name: 'positions with a tag', unseen: { code: 'not-read-yet', text } };
}

const byOwner = new WeakMap<World['positions'], ReadonlyMap<string, readonly Position[]>>();

/** Positions by their owner's address in lower case; worked out once for a reading. */
function indexByOwner(positions: World['positions']): ReadonlyMap<string, readonly Position[]> {
  const before = byOwner.get(positions);
  if (before) return before;
  const index = new Map<string, Position[]>();
  for (const position of positions.values()) {
    const owner = lower(position.owner);
    const listed = index.get(owner);
    if (listed) listed.push(position);
    else index.set(owner, [position]);
  }
  byOwner.set(positions, index);
  return index;
}

function listPositions(scope: TriggerScope, { positions }: World): readonly Position[] {
  switch (scope.type) {
    case 'position': {
      const position = positions.get(scope.id);
      return position ? [position] : [];
    }
    case 'owner':
      return indexByOwner(positions).get(lower(scope.owner)) ?? [];
    // Positions from chain are of no book and have no tags, and an asset is looked at for itself.
    case 'book':
    case 'tag':
    case 'asset':
      return [];
  }
}

/** Each asset of some positions, with those that have it. */
function planAssets(positions: readonly Position[]): readonly SubjectPlan[] {
  const plans = new Map<AssetKey, { name: string; positionIds: string[] }>();
  for (const position of positions) {
    for (const { asset } of rulesOf(position).listLegs(position)) {
      const plan = plans.get(asset.id) ?? { name: asset.symbol, positionIds: [] };
      if (plan.positionIds.at(-1) !== position.id) plan.positionIds.push(position.id);
      plans.set(asset.id, plan);
    }
  }
  return [...plans].map(([asset, plan]) => ({ ...NOTHING, ...plan, id: asset, asset }));
}

/**
 * On what a trigger is measured now, each of which fires for itself: by its grain each position of its scope, each asset of them, or the whole.
 * Beside positions and assets stands the whole without any, which says what could not be read; of a position that is a trigger's scope itself
 * the position says it. Conditions that name an asset find it on every subject.
 *
 * Example: a health factor of an owner with two positions: "aave-v3~…", "morpho-blue~…" and "*".
 */
export function planSubjects(prepared: PreparedTrigger, world: World): readonly SubjectPlan[] {
  const { scope } = prepared.trigger;
  if (scope.book !== undefined) return planBookSubjects(prepared, scope.book, world);
  const grain = computeGrain(prepared);
  const named = listNamedAssets(prepared.trigger);
  const withNamed = (plan: SubjectPlan): SubjectPlan => ({ ...plan, named });
  const positions = listPositions(scope, world);
  if (grain === 'position' && scope.type === 'position') return [withNamed(planPosition(scope.id, world))];
  const whole = planWhole(scope, world);
  if (grain === 'position') {
    return [...positions.map(({ id }) => withNamed(planPosition(id, world))), whole];
  }
  if (grain === 'asset' && scope.type !== 'asset') return [...planAssets(positions), whole];
  return [withNamed({ ...whole, positionIds: positions.map(({ id }) => id) })];
}
