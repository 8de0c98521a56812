import 'server-only';
import { Kysely, PostgresDialect } from 'kysely';
import { policy } from '@/lib/config/policy';
import type { StorageEnv } from '@/lib/config/storage-env';
import { type Clock, systemClock } from '@/lib/feeds/clock';
import { openEmbeddedPool } from './embedded-pool';
import { freeLeases } from './free-leases';
import { migrate } from './migrate';
import type { Db, Tables } from './schema';
import { openServerPool } from './server-pool';
import type { StoragePool } from './storage-pool';

/** An open database, its schema up to date. */
export interface Storage {
  readonly kind: StorageEnv['kind'];
  /** What the repositories take. */
  readonly db: Db;
  readonly listen: StoragePool['listen'];
  /** Waits for what is under way and gives the directory back. */
  close(): Promise<void>;
}

/**
 * Opens the database and brings its schema up to date. Leases in an embedded one are void then: their owner, the process before, has ended.
 *
 * Errors: `StorageOwnedError` (directory in use by another process), `StorageUnavailableError` (server not there). Nothing stays open then.
 */
export async function openStorage(env: StorageEnv, clock: Clock = systemClock): Promise<Storage> {
  const pool =
    env.kind === 'embedded'
      ? await openEmbeddedPool(env.directory, { waitMs: policy.storage.connectTimeoutMs })
      : openServerPool(env.url, clock);
  const db: Db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    // Not by Kysely, which would leave alone a pool that it has not used yet.
    await pool.end();
  };
  try {
    await migrate(db);
    if (env.kind === 'embedded') await freeLeases(db);
  } catch (cause) {
    await close().catch(() => {});
    throw cause;
  }
  return { kind: env.kind, db, listen: pool.listen, close };
}
