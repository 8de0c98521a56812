import 'server-only';
import type { Book } from '@/lib/interchange/book';
import type { TriggerDirectory } from '@/lib/triggers/parse-trigger';
import type { ReadResult } from '@/lib/venues/read-positions';
import { rulesOf } from '@/lib/venues/registry';

export interface DirectorySources {
  readonly reading: ReadResult;
  /** Those that the trigger names, as they would be stored. */
  readonly books: ReadonlyMap<string, Book>;
  readonly channelIds: ReadonlySet<string>;
  readonly nowMs: number;
}

const hasPosition = (book: Book | undefined, id: string): boolean =>
  book?.positions.some((position) => position.id === id) ?? false;

/** What a trigger may name: positions and assets of a reading, stored books, channels. */
export function toTriggerDirectory({ reading, books, channelIds, nowMs }: DirectorySources): TriggerDirectory {
  const positions = reading.owners.flatMap(({ positions: read }) => read);
  const ids = new Set<string>(positions.map(({ id }) => id));
  const assets = new Set<string>(
    positions.flatMap((position) =>
      rulesOf(position)
        .listLegs(position)
        .map(({ asset }) => asset.id),
    ),
  );
  return {
    hasPosition: (id, book) => (book === undefined ? ids.has(id) : hasPosition(books.get(book), id)),
    // What no feed tells of in a book is unknown for ever, so a condition on it would never fire: only what the chain knows may be named.
    hasAsset: (asset) => assets.has(asset),
    hasBook: (book) => books.has(book),
    hasChannel: (id) => channelIds.has(id),
    nowMs,
  };
}
