import 'server-only';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as takeTurns } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import type { PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { columnParsers } from './column-types';
import { takeOwnership } from './owner-lock';
import { toStorageError } from './storage-error';
import type { StoragePool } from './storage-pool';
import { Turnstile } from './turnstile';

/** Made beside its place and moved there whole: a process killed at its very first start leaves no half of a database. */
async function openLite(directory: string): Promise<PGlite> {
  const place = join(directory, 'postgres');
  if (!existsSync(place)) {
    const fresh = join(directory, 'postgres.new');
    rmSync(fresh, { recursive: true, force: true });
    await (await PGlite.create({ dataDir: fresh })).close();
    renameSync(fresh, place);
  }
  return PGlite.create({ dataDir: place, parsers: { ...columnParsers } });
}

/**
 * Opens the embedded Postgres of a directory, made where it does not exist, for this process alone. It has one connection, which its users
 * take in turn, a transaction as a whole. What was committed is on disk when the statement answers, as Postgres itself does it.
 *
 * Errors: `StorageOwnedError` while another process has the directory.
 */
export async function openEmbeddedPool(directory: string, options: { readonly waitMs: number }): Promise<StoragePool> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const releaseOwnership = takeOwnership(directory);
  let lite: PGlite;
  try {
    lite = await openLite(directory);
  } catch (cause) {
    releaseOwnership();
    throw cause;
  }
  const turnstile = new Turnstile(options.waitMs);

  const query = async <R>(sql: string, parameters: readonly unknown[] = []): Promise<PostgresQueryResult<R>> => {
    try {
      const { rows, affectedRows } = await lite.query<R>(sql, [...parameters]);
      // It runs on this very thread and answers without ever leaving it: statement after statement, nothing else would get a turn.
      await takeTurns();
      // Only its count is ever read, and that of a SELECT by nobody: the driver does not tell the two apart.
      return { command: 'UPDATE', rowCount: affectedRows ?? 0, rows };
    } catch (cause) {
      throw toStorageError(cause);
    }
  };

  return {
    async connect() {
      const release = await turnstile.enter();
      return { query, release } as PostgresPoolClient;
    },
    async end() {
      const release = await turnstile.enter();
      try {
        await lite.close();
      } finally {
        releaseOwnership();
        release();
      }
    },
    listen(channel, onWake) {
      let stopped = false;
      let unlisten = async () => {};
      const start = async () => {
        // In a turn of its own: within somebody's transaction it would be undone with it.
        const release = await turnstile.enter();
        try {
          if (stopped) return;
          unlisten = await lite.listen(channel, (payload) => {
            if (!stopped) onWake(payload);
          });
        } finally {
          release();
        }
        if (!stopped) onWake(undefined);
      };
      const started = start();
      return () => {
        stopped = true;
        void started.then(() => unlisten()).catch(() => {});
      };
    },
  };
}
