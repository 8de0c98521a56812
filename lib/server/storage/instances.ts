import 'server-only';
import { sql } from 'kysely';
import type { LeaseRequest } from './leases';
import type { Db } from './schema';
import { wake } from './wake-ups';

/** An instance that lives holds a lease of this name, which nobody else takes. */
const PREFIX = 'instance:';

/** An instance of the app on this database, and how long it is taken to live without another word. */
export type Presence = Pick<LeaseRequest, 'owner' | 'nowMs' | 'leaseMs'>;

/** Says that an instance lives, and gives the ids of all that do, in order, itself among them. Those that are long gone are forgotten. */
export async function announceInstance(db: Db, { owner, nowMs, leaseMs }: Presence): Promise<readonly string[]> {
  const { rows } = await sql<{ isNew: boolean }>`
    insert into leases (name, owner, token, lease_until) values (${PREFIX + owner}, ${owner}, 1, ${nowMs + leaseMs})
    on conflict (name) do update set lease_until = excluded.lease_until
    returning xmax = 0 as "isNew"`.execute(db);
  await sql`delete from leases where starts_with(name, ${PREFIX}) and lease_until <= ${nowMs - leaseMs}`.execute(db);
  const living = await db
    .selectFrom('leases')
    .select('name')
    .where((where) => where.fn('starts_with', ['name', where.val(PREFIX)]))
    .where('lease_until', '>', nowMs)
    .orderBy(sql`name collate "C"`)
    .execute();
  // Those that have more than their share now give some of it.
  if (rows[0]?.isNew) await wake(db, 'leases', owner);
  return living.map(({ name }) => name.slice(PREFIX.length));
}

/** Says that an instance lives no more; the others share its work at once. */
export async function retireInstance(db: Db, owner: string): Promise<void> {
  await db
    .deleteFrom('leases')
    .where('name', '=', PREFIX + owner)
    .execute();
  await wake(db, 'leases', owner);
}
