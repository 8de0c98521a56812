import 'server-only';
import { sql } from 'kysely';
import type { Db } from './schema';
import { StorageConflictError } from './storage-error';
import { wake } from './wake-ups';

/** A piece of work that one instance does at a time. The token counts its owners: a later one has a higher token. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  readonly token: number;
}

export interface LeaseRequest {
  /** This instance; another after every start. */
  readonly owner: string;
  readonly limit: number;
  /** Only leases whose names begin so; left out: any. */
  readonly prefix?: string;
  readonly nowMs: number;
  readonly leaseMs: number;
}

/** Makes leases that can be acquired; those that are there stay as they are. */
export async function defineLeases(db: Db, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await db
    .insertInto('leases')
    .values([...names].sort().map((name) => ({ name })))
    .onConflict((on) => on.column('name').doNothing())
    .execute();
}

/**
 * Takes up to `limit` of the leases that are free or have run out (`lease_until` ≤ now). Two that ask at once never get the same one, and neither
 * waits for the other. Instances' clocks may differ: a lease taken too early is harmless, for its former owner's writes are then refused
 * (`holdLease`).
 */
export async function acquireLeases(db: Db, request: LeaseRequest): Promise<readonly Lease[]> {
  const { owner, limit, prefix = '', nowMs, leaseMs } = request;
  const { rows } = await sql<Lease>`
    with free as (
      select name from leases
      where starts_with(name, ${prefix}) and (owner is null or lease_until <= ${nowMs})
      order by name limit ${limit} for update skip locked
    )
    update leases set owner = ${owner}, token = token + 1, lease_until = ${nowMs + leaseMs}
    from free where leases.name = free.name
    returning leases.name, leases.owner, leases.token`.execute(db);
  return rows;
}

/** Holds a lease longer; `false` when another instance has taken it over, and its work must be left alone. */
export async function renewLease(
  db: Db,
  { name, owner, token }: Lease,
  { nowMs, leaseMs }: Pick<LeaseRequest, 'nowMs' | 'leaseMs'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('leases')
    .set({ lease_until: nowMs + leaseMs })
    .where('name', '=', name)
    .where('owner', '=', owner)
    .where('token', '=', token)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Gives a lease back, and wakes those who wait for one; nothing happens if it was lost already. */
export async function releaseLease(db: Db, { name, owner, token }: Lease): Promise<void> {
  await db
    .updateTable('leases')
    .set({ owner: null, lease_until: null })
    .where('name', '=', name)
    .where('owner', '=', owner)
    .where('token', '=', token)
    .execute();
  await wake(db, 'leases', name);
}

/** How many of the leases of some work are held by an instance that lives. */
export async function countHeldLeases(db: Db, prefix: string, nowMs: number): Promise<number> {
  const { rows } = await sql<{ held: number }>`
    select count(*) as held from leases where starts_with(name, ${prefix}) and owner is not null and lease_until > ${nowMs}`.execute(
    db,
  );
  return rows[0]?.held ?? 0;
}

/**
 * Within a transaction: nobody can take the lease over until it ends. So what an instance writes that was thought dead and wakes again is refused.
 * Errors: `StorageConflictError` LEASE when it was taken over already.
 */
export async function holdLease(transaction: Db, { name, owner, token }: Lease): Promise<void> {
  const { rows } = await sql`
    select 1 from leases where name = ${name} and owner = ${owner} and token = ${token} for share`.execute(transaction);
  if (rows.length === 1) return;
  throw new StorageConflictError('LEASE', `Another instance has taken ${name} over.`, {
    inputs: { name, owner, token },
    nextStep: 'Stop this work, and acquire it again when it is free.',
  });
}
