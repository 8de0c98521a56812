import 'server-only';
import type { TriggerNames } from '@/lib/triggers/describe-trigger';
import type { ReadResult } from '@/lib/venues/read-positions';
import { rulesOf } from '@/lib/venues/registry';
import { namePosition } from '@/lib/watch/plan-subjects';

export interface NameSources {
  readonly reading: ReadResult | undefined;
  readonly nameOwner: (owner: string) => string;
  /** Stored books by their ids. */
  readonly books: ReadonlyMap<string, string>;
}

/** How sentences of triggers call things, by what was read last; what is not known keeps its key. */
export function toTriggerNames({ reading, nameOwner, books }: NameSources): TriggerNames {
  const positions = reading?.owners.flatMap(({ positions: read }) => read) ?? [];
  const byId = new Map<string, (typeof positions)[number]>(positions.map((position) => [position.id, position]));
  const symbols = new Map<string, string>(
    positions.flatMap((position) =>
      rulesOf(position)
        .listLegs(position)
        .map(({ asset }) => [asset.id, asset.symbol] as const),
    ),
  );
  return {
    namePosition: (id, book) => {
      const position = book === undefined ? byId.get(id) : undefined;
      return position ? namePosition(position, { nameOwner }) : id;
    },
    nameOwner: (owner, book) => (book === undefined ? nameOwner(owner) : owner),
    nameBook: (book) => books.get(book) ?? book,
    nameAsset: (asset) => symbols.get(asset) ?? asset,
  };
}
