import 'server-only';
import type { Db } from './schema';

/**
 * Ends every lease there is, of messages and of work. Right only where one process owns the database and has just opened it: whoever held them
 * has ended, and nothing should wait for that to show.
 */
export async function freeLeases(db: Db): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ state: 'pending', lease_owner: null, lease_until: null })
    .where('state', '=', 'leased')
    .execute();
  await db.updateTable('leases').set({ owner: null, lease_until: null }).where('owner', 'is not', null).execute();
}
