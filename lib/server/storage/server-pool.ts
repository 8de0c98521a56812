import 'server-only';
import type { PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { type ClientConfig, Pool, type PoolClient } from 'pg';
import { policy } from '@/lib/config/policy';
import type { Clock } from '@/lib/feeds/clock';
import { columnParsers } from './column-types';
import { listenToServer } from './server-listener';
import { SharedListener } from './shared-listener';
import { StorageUnavailableError, toStorageError } from './storage-error';
import type { StoragePool } from './storage-pool';

const asItIs = (text: string): string => text;
const asBoolean = (text: string): boolean => text === 't';
const INT4 = 23;
const BOOLEAN = 16;

function toClientConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'ballast',
    connectionTimeoutMillis: policy.storage.connectTimeoutMs,
    statement_timeout: policy.storage.statementTimeoutMs,
    idle_in_transaction_session_timeout: policy.storage.statementTimeoutMs,
    query_timeout: policy.storage.silentTimeoutMs,
    keepAlive: true,
    types: {
      getTypeParser: (oid: number) =>
        columnParsers[oid] ?? (oid === INT4 ? Number : oid === BOOLEAN ? asBoolean : asItIs),
    } as NonNullable<ClientConfig['types']>,
  };
}

/** A pool's connection with this project's errors; one that failed by losing the server is closed instead of being used again. */
function toPoolClient(client: PoolClient): PostgresPoolClient {
  let lost = false;
  return {
    async query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
      try {
        return (await client.query(sql, [...parameters])) as unknown as PostgresQueryResult<R>;
      } catch (cause) {
        const error = toStorageError(cause);
        // Given up by time, it may still be in the middle of an answer.
        lost ||= error instanceof StorageUnavailableError;
        throw error;
      }
    },
    release: () => client.release(lost),
  } as PostgresPoolClient;
}

/**
 * Connects to a Postgres server, at the first statement and again after every loss: a statement that meets a lost connection fails with
 * `StorageUnavailableError`, the next one opens a new connection.
 */
export function openServerPool(url: string, clock: Clock): StoragePool {
  const config = toClientConfig(url);
  const pool = new Pool({ ...config, max: policy.storage.connections });
  // Without a listener, a server that goes away would end this process. Whoever uses the connection next is told.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const wakeUps = new SharedListener((channel, onWake) => listenToServer({ config, channel, onWake, clock }));
  return {
    async connect() {
      try {
        return toPoolClient(await pool.connect());
      } catch (cause) {
        throw toStorageError(cause);
      }
    },
    async end() {
      wakeUps.stop();
      await pool.end();
    },
    listen: (channel, onWake) => wakeUps.listen(channel, onWake),
  };
}
