import 'server-only';
import { policy } from '@/lib/config/policy';
import type { Db } from './schema';

/** A price as it was seen. */
export interface PriceSample {
  /** Of the chain the asset is on: a restarted local chain has another history. */
  readonly genesisHash: string;
  readonly asset: string;
  /** Who said it: `oracle`, or a market feed's name. */
  readonly source: string;
  readonly atMs: number;
  /** Exact, a decimal string. */
  readonly price: string;
}

export interface SampleRange extends Pick<PriceSample, 'genesisHash' | 'asset' | 'source'> {
  /** Inclusive. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly limit: number;
}

/** Keeps prices; what was seen of an asset by one source at one time is kept once, as it was seen first. */
export async function recordPrices(db: Db, samples: readonly PriceSample[]): Promise<void> {
  for (let from = 0; from < samples.length; from += policy.storage.maxPage) {
    await db
      .insertInto('price_samples')
      .values(
        samples.slice(from, from + policy.storage.maxPage).map((sample) => ({
          genesis_hash: sample.genesisHash,
          asset: sample.asset,
          source: sample.source,
          sampled_at: sample.atMs,
          price: sample.price,
        })),
      )
      .onConflict((on) => on.columns(['genesis_hash', 'asset', 'source', 'sampled_at']).doNothing())
      .execute();
  }
}

/** Prices of a range of time, oldest first, at most `limit`. */
export async function listPrices(db: Db, range: SampleRange): Promise<readonly PriceSample[]> {
  const { genesisHash, asset, source } = range;
  const rows = await db
    .selectFrom('price_samples')
    .select(['sampled_at', 'price'])
    .where('genesis_hash', '=', genesisHash)
    .where('asset', '=', asset)
    .where('source', '=', source)
    .where('sampled_at', '>=', range.fromMs)
    .where('sampled_at', '<', range.toMs)
    .orderBy('sampled_at')
    .limit(range.limit)
    .execute();
  return rows.map(({ sampled_at, price }) => ({ genesisHash, asset, source, atMs: sampled_at, price }));
}

/** Forgets what is older, and gives how much that was. */
export async function prunePrices(db: Db, beforeMs: number): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('price_samples').where('sampled_at', '<', beforeMs).executeTakeFirst();
  return Number(numDeletedRows);
}
