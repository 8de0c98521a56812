import { listNamedAssets } from '@/lib/triggers/parse-trigger';
import type { Trigger } from '@/lib/triggers/trigger';
import { type Position, rulesOf } from '@/lib/venues/registry';

const ownerOf = (positionId: string): string => positionId.split('~').at(-1) ?? '';

function listNamed({ scope }: Trigger): readonly string[] {
  if (scope.type === 'position') return [ownerOf(scope.id)];
  return scope.type === 'owner' ? [scope.owner] : [];
}

/**
 * Whom a server must watch so that it sees all a trigger is about: the owner it names, then everyone of those read who has an asset that it
 * names. Lower case, each once, at most `most`; nobody for one of a book.
 */
export function listOwners(trigger: Trigger, positions: readonly Position[], most: number): readonly string[] {
  const { scope } = trigger;
  if (scope.type === 'book' || scope.book !== undefined) return [];
  const assets = new Set(listNamedAssets(trigger));
  const holders = positions.filter((position) =>
    rulesOf(position)
      .listLegs(position)
      .some(({ asset }) => assets.has(asset.id)),
  );
  const all = [...listNamed(trigger), ...holders.map(({ owner }) => owner)];
  return [...new Set(all.map((owner) => owner.toLowerCase()))].slice(0, most);
}
