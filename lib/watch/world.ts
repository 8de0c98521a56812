import type { AssetId } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';
import type { UnknownReason } from '@/lib/domain/known';
import type { MarketPrice } from '@/lib/domain/price';
import type { Position } from '@/lib/venues/registry';
import type { WatchedBook } from './books/watched-book';
import type { PriceRecord } from './price-record';

/** Everything that was seen by one moment. Wall-clock times are milliseconds, chain times seconds. */
export interface World {
  /** Why nothing of the chain can be told now; `undefined` while it can be seen. */
  readonly blind: UnknownReason | undefined;
  readonly block: BlockRef | undefined;
  /** Of the newest reading, in no order. */
  readonly positions: ReadonlyMap<string, Position>;
  /** Owners (lower case) who were asked for in that reading, whatever came of it. */
  readonly readOwners: ReadonlySet<string>;
  /** Those of whom not everything could be read, with the reason. */
  readonly unread: ReadonlyMap<string, UnknownReason>;
  /** Stored books that triggers name, by their ids. */
  readonly books: ReadonlyMap<string, WatchedBook>;
  readonly marketPrices: ReadonlyMap<AssetId, MarketPrice>;
  readonly nowMs: number;
  /** It is of a block that went by: what was saved after it is not looked at in it. Left out: it is the world of now. */
  readonly isPassed?: boolean;
  readonly prices: Pick<PriceRecord, 'computeExtremes'>;
  /** What an owner is called. */
  readonly nameOwner: (owner: string) => string;
}
