import type { BlockRef } from '@/lib/domain/chain';
import type { UnknownReason } from '@/lib/domain/known';
import type { Position } from '@/lib/venues/registry';
import { PriceRecord } from './price-record';
import type { World } from './world';

/** One reading of the chain, as whoever reads it gives it. */
export interface WorldReading {
  readonly block: BlockRef;
  readonly owners: readonly {
    readonly owner: string;
    readonly positions: readonly Position[];
    /** Why not all of this owner could be read. */
    readonly problem?: string | undefined;
  }[];
  /** What could not be read of the venues themselves: anyone may have positions there. */
  readonly problems: readonly string[];
}

const NOT_READ: UnknownReason = { code: 'not-read-yet', text: 'Nothing has been read yet.' };
const failed = (text: string): UnknownReason => ({ code: 'read-failed', text });

/**
 * The world of one reading by itself: nothing is recorded of the time before it, so that moves within a window are unknown in it. Without a reading
 * nothing of the chain is known.
 */
export function readingToWorld(
  reading: WorldReading | undefined,
  around: Pick<World, 'blind' | 'marketPrices' | 'nowMs' | 'nameOwner'>,
): World {
  const { owners = [], problems: [venue] = [] } = reading ?? {};
  const unread = owners.flatMap(({ owner, problem }): [string, UnknownReason][] => {
    const text = problem ?? venue;
    return text === undefined ? [] : [[owner.toLowerCase(), failed(text)]];
  });
  return {
    ...around,
    blind: around.blind ?? (reading ? undefined : NOT_READ),
    block: reading?.block,
    positions: new Map(owners.flatMap(({ positions }) => positions.map((position) => [position.id, position]))),
    readOwners: new Set(owners.map(({ owner }) => owner.toLowerCase())),
    unread: new Map(unread),
    // Books are watched by the server alone.
    books: new Map(),
    prices: new PriceRecord(),
  };
}
