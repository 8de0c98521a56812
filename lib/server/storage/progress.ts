import 'server-only';
import type { Db } from './schema';

/** How far a chain has been watched, by one shard of the work. A restarted local chain has another genesis and starts anew. */
export interface WatchProgress {
  readonly genesisHash: string;
  readonly shard: string;
  readonly blockNumber: number;
  readonly blockHash: string;
}

/** Remembers the last block that was watched in full. Lower than before is taken as it is: a chain may have been rolled back. */
export async function saveProgress(db: Db, progress: WatchProgress, atMs: number): Promise<void> {
  const place = {
    block_number: progress.blockNumber,
    block_hash: progress.blockHash,
    updated_at: atMs,
  };
  await db
    .insertInto('watch_progress')
    .values({ genesis_hash: progress.genesisHash, shard: progress.shard, ...place })
    .onConflict((on) => on.columns(['genesis_hash', 'shard']).doUpdateSet(place))
    .execute();
}

/** Where to go on; `undefined`: this chain has not been watched yet. */
export async function readProgress(db: Db, genesisHash: string, shard: string): Promise<WatchProgress | undefined> {
  const row = await db
    .selectFrom('watch_progress')
    .selectAll()
    .where('genesis_hash', '=', genesisHash)
    .where('shard', '=', shard)
    .executeTakeFirst();
  return row && { genesisHash, shard, blockNumber: row.block_number, blockHash: row.block_hash };
}
