import type { AssetKey, BookPosition } from '@/lib/domain/book-position';
import type { UnknownReason } from '@/lib/domain/known';
import { computeGrain } from '@/lib/triggers/compute-grain';
import { listNamedAssets } from '@/lib/triggers/parse-trigger';
import type { PreparedTrigger } from '@/lib/triggers/prepare-trigger';
import type { TriggerScope } from '@/lib/triggers/trigger';
import type { SubjectPlan } from '../subject-plan';
import { NOTHING, WHOLE } from '../subject-plan';
import type { World } from '../world';
import { listBookAssets } from './book-prices';
import { nameBookPosition } from './book-subject-position';
import type { WatchedBook } from './watched-book';

const missing = (text: string): UnknownReason => ({ code: 'not-read-yet', text });

function listPositions(scope: TriggerScope, { positions }: WatchedBook): readonly BookPosition[] {
  const all = [...positions.values()];
  switch (scope.type) {
    case 'book':
      return all;
    case 'position':
      return all.filter(({ id }) => id === scope.id);
    case 'owner':
      return all.filter(({ owner }) => owner === scope.owner);
    case 'tag':
      return all.filter(({ tags }) => tags?.includes(scope.tag));
    // An asset is looked at for itself.
    case 'asset':
      return [];
  }
}

/** A book does not change by itself: a trigger on what it has not stands on nothing, and must not look armed. */
function describeNone(scope: Exclude<TriggerScope, { type: 'asset' }>, { name }: WatchedBook): UnknownReason {
  switch (scope.type) {
    case 'position':
      return missing(`The book ${name} has no position ${scope.id}.`);
    case 'owner':
      return missing(`The book ${name} has no position of ${scope.owner}.`);
    case 'tag':
      return missing(`The book ${name} has no position tagged “${scope.tag}”.`);
    case 'book':
      return missing(`The book ${name} has no positions.`);
  }
}

function planAssets(book: string, positions: readonly BookPosition[]): readonly SubjectPlan[] {
  const plans = new Map<AssetKey, string[]>();
  for (const position of positions) {
    for (const asset of listBookAssets(position)) plans.set(asset, [...(plans.get(asset) ?? []), position.id]);
  }
  return [...plans].map(([asset, positionIds]) => ({ ...NOTHING, id: asset, name: asset, asset, positionIds, book }));
}

/** As `planSubjects`, over the positions of the stored book that the trigger names. A book that is not there is unseen, never empty. */
export function planBookSubjects(prepared: PreparedTrigger, bookId: string, world: World): readonly SubjectPlan[] {
  const { scope } = prepared.trigger;
  const base = { ...NOTHING, book: bookId, named: listNamedAssets(prepared.trigger) };
  const book = world.books.get(bookId);
  const whole: SubjectPlan = { ...base, id: WHOLE, name: book?.name ?? bookId };
  if (!book) return [{ ...whole, unseen: missing(`The book ${bookId} is not stored, or cannot be read.`) }];
  const positions = listPositions(scope, book);
  const grain = computeGrain(prepared);
  const each = positions.map((position): SubjectPlan => {
    const { id } = position;
    return { ...base, id, name: nameBookPosition(position), positionIds: [id] };
  });
  if (positions.length === 0 && scope.type !== 'asset') return [{ ...whole, unseen: describeNone(scope, book) }];
  if (grain === 'position') return scope.type === 'position' ? each : [...each, whole];
  if (grain === 'asset' && scope.type !== 'asset') return [...planAssets(bookId, positions), whole];
  return [{ ...whole, positionIds: positions.map(({ id }) => id) }];
}
