import * as z from 'zod/mini';
import { type Environment, parseVariables, url } from './variables';

/** Where the server keeps what it must not forget: an embedded Postgres in a directory, or a Postgres server. */
export type StorageEnv =
  | { readonly kind: 'embedded'; readonly directory: string }
  | { readonly kind: 'server'; readonly url: string };

const DEFAULT_DIRECTORY = '.ballast/data';

const schema = z.object({
  DATABASE_URL: z.optional(url('postgres:', 'postgresql:')),
  BALLAST_DATA_DIR: z.optional(z.string()),
});

/**
 * Reads where to store. `DATABASE_URL` comes first; without it `BALLAST_DATA_DIR`, by default `.ballast/data` of the working directory.
 *
 * Errors: `InvalidInputError` ENV; the URL, which may hold a password, is never shown.
 * Example: `parseStorageEnv({})` is `{ kind: 'embedded', directory: '.ballast/data' }`.
 */
export function parseStorageEnv(environment: Environment): StorageEnv {
  const { DATABASE_URL, BALLAST_DATA_DIR } = parseVariables(schema, environment);
  return DATABASE_URL === undefined
    ? { kind: 'embedded', directory: BALLAST_DATA_DIR ?? DEFAULT_DIRECTORY }
    : { kind: 'server', url: DATABASE_URL };
}
