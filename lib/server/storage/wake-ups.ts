import 'server-only';
import { sql } from 'kysely';
import type { Db } from './schema';

/** What instances wake each other for: a trigger was edited, something fired or was acknowledged, a delivery is due, a lease is free. */
export type WakeUp = 'triggers' | 'firings' | 'deliveries' | 'leases';

/** The database's name for it: what `Storage.listen` takes. */
export const toChannel = (about: WakeUp): string => `ballast_${about}`;

/** Wakes whoever listens, in every instance, once the transaction is committed; never if it is not. */
export async function wake(db: Db, about: WakeUp, payload = ''): Promise<void> {
  await sql`select pg_notify(${toChannel(about)}, ${payload})`.execute(db);
}
