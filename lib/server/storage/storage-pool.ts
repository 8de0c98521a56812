import 'server-only';
import type { PostgresPool } from 'kysely';

/** A source of connections that Kysely can use, and of wake-ups, over the embedded database or a server. */
export interface StoragePool extends PostgresPool {
  /**
   * Calls with the payload of each NOTIFY on a channel, and with `undefined` whenever some may have been missed (at first, and after each loss
   * of the connection): whoever listens then looks for itself. A lost connection is opened again until the answer is called, which ends it.
   */
  listen(channel: string, onWake: (payload: string | undefined) => void): () => void;
}
