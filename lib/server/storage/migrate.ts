import 'server-only';
import { type Migration, Migrator } from 'kysely';
import { triggersMigration } from './migrations/0001-triggers';
import { logIndexesMigration } from './migrations/0002-log-indexes';
import type { Db } from './schema';

/** In the order of their names, one line each. What was released is never edited: a change is a new line. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-triggers': triggersMigration,
  '0002-log-indexes': logIndexesMigration,
};

/**
 * Brings the schema up to date: everything that is missing, in one transaction, one instance at a time. Doing it again changes nothing.
 * Errors: those of the database; then nothing was changed. A database that a newer version of Ballast has used is refused by Kysely.
 */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
