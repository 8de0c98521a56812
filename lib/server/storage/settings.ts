import 'server-only';
import { toJsonb } from './column-types';
import type { Db } from './schema';
import { wake } from './wake-ups';

/** A setting of the whole server (that all triggers are paused, say); `undefined`: it was never set. */
export async function readSetting(db: Db, name: string): Promise<unknown> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

/** Sets it, and wakes the watchers. Errors: `InvalidInputError` (`toJsonb`). */
export async function writeSetting(db: Db, name: string, value: unknown, atMs: number): Promise<void> {
  const columns = { value: toJsonb(value), updated_at: atMs };
  await db
    .insertInto('settings')
    .values({ name, ...columns })
    .onConflict((on) => on.column('name').doUpdateSet(columns))
    .execute();
  await wake(db, 'triggers');
}
