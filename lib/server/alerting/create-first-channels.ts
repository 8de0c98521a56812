import 'server-only';
import { saveChannel } from '../storage/channels';
import type { Db } from '../storage/schema';
import { StorageConflictError } from '../storage/storage-error';

/** What needs no setting up is there from the start. */
const FIRST = [
  { id: 'in-app', kind: 'in-app', name: 'In the app' },
  { id: 'browser', kind: 'browser', name: 'Browser notification' },
] as const;

/** Makes the channels that need no settings, once: one that was removed since stays removed. */
export async function createFirstChannels(db: Db, atMs: number): Promise<void> {
  for (const { id, kind, name } of FIRST) {
    try {
      await saveChannel(db, { id, version: 0, settings: { kind, name, config: {} } }, atMs);
    } catch (cause) {
      if (!(cause instanceof StorageConflictError)) throw cause;
    }
  }
}
