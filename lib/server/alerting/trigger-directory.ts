import 'server-only';
import type { TriggerDirectory } from '@/lib/triggers/parse-trigger';
import type { ReadResult } from '@/lib/venues/read-positions';
import { rulesOf } from '@/lib/venues/registry';

export interface DirectorySources {
  readonly reading: ReadResult;
  readonly bookIds: ReadonlySet<string>;
  readonly channelIds: ReadonlySet<string>;
  readonly nowMs: number;
}

/** What a trigger may name: positions and assets of a reading, stored books, channels. */
export function toTriggerDirectory({ reading, bookIds, channelIds, nowMs }: DirectorySources): TriggerDirectory {
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
    hasPosition: (id, book) => book !== undefined || ids.has(id),
    hasAsset: (asset, book) => book !== undefined || assets.has(asset),
    hasBook: (book) => bookIds.has(book),
    hasChannel: (id) => channelIds.has(id),
    nowMs,
  };
}
