import 'server-only';
import { parseStorageEnv } from '@/lib/config/storage-env';
import { openStorage, type Storage } from './open-storage';

/** One for the process: the bundler gives each route its own copy of this module, and reloads it in development. */
const KEY = Symbol.for('ballast.storage');
const holder = globalThis as { [KEY]?: Promise<Storage> | undefined };

/**
 * The server's storage, opened at the first call and kept; nothing is opened on import. A failure is not kept: the next call tries again.
 * Throws `InvalidInputError` ENV, `StorageOwnedError`, `StorageUnavailableError`.
 */
export function getStorage(): Promise<Storage> {
  const known = holder[KEY];
  if (known) return known;
  const opening = Promise.resolve().then(() => openStorage(parseStorageEnv(process.env)));
  holder[KEY] = opening;
  opening.catch(() => {
    if (holder[KEY] === opening) holder[KEY] = undefined;
  });
  return opening;
}
