import 'server-only';
import { sql } from 'kysely';
import { policy } from '@/lib/config/policy';
import { toJsonb } from './column-types';
import { inTransaction } from './in-transaction';
import type { Db, DeliveryState } from './schema';
import { wake } from './wake-ups';

/** A message that this owner is to send, until its lease runs out. */
export interface ClaimedDelivery {
  readonly id: number;
  /** The same in every attempt: receivers tell repetitions by it. */
  readonly key: string;
  readonly firingId: number;
  readonly channelId: string;
  readonly step: number;
  readonly body: unknown;
  /** 1 at the first. One that was begun and never settled counts. */
  readonly attempt: number;
  /** Attempts that ended in an error, since it was last revived. One that was cut short is none. */
  readonly failures: number;
  readonly owner: string;
}

export interface Claim {
  readonly owner: string;
  readonly limit: number;
  readonly nowMs: number;
  readonly leaseMs: number;
  /** Of these nothing is taken. */
  readonly exceptChannels?: readonly string[];
}

export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly detail: string }
  | { readonly kind: 'retry'; readonly detail: string; readonly notBeforeMs: number }
  | { readonly kind: 'dead'; readonly detail: string };

export interface StoredDelivery {
  readonly id: number;
  readonly key: string;
  readonly firingId: number;
  readonly channelId: string;
  readonly step: number;
  readonly state: DeliveryState;
  readonly notBeforeMs: number;
  readonly attempts: number;
  readonly settledAtMs: number | null;
  /** What the last attempt came to; `null` before there was one. */
  readonly lastDetail: string | null;
}

/**
 * Takes up to `limit` messages that are due, longest due first: those whose time has come (`not_before` ≤ now), and those that somebody took
 * and has not settled within the lease. Two owners that claim at once never get the same one, and neither waits for the other.
 */
export async function claimDeliveries(
  db: Db,
  { owner, limit, nowMs, leaseMs, exceptChannels = [] }: Claim,
): Promise<readonly ClaimedDelivery[]> {
  const { rows } = await sql<Omit<ClaimedDelivery, 'owner'>>`
    with due as (
      select id from deliveries
      where state in ('pending', 'leased') and not_before <= ${nowMs} and (state = 'pending' or lease_until <= ${nowMs})
        and channel_id not in (select jsonb_array_elements_text(${toJsonb(exceptChannels)}::jsonb))
      order by not_before, id limit ${limit}
      for update skip locked
    ), claimed as (
      update deliveries set state = 'leased', lease_owner = ${owner}, lease_until = ${nowMs + leaseMs}, attempts = attempts + 1
      from due where deliveries.id = due.id
      returning deliveries.*
    )
    select id, key, firing_id as "firingId", channel_id as "channelId", step, body, attempts as attempt, failures
    from claimed order by not_before, id`.execute(db);
  return rows.map((row) => ({ ...row, owner }));
}

const UNSETTLED: readonly DeliveryState[] = ['pending', 'leased'];
const NO_LEASE = { lease_owner: null, lease_until: null };

/**
 * Records what an attempt came to, and what becomes of the message. The attempt is recorded in any case. A message that was delivered is so even
 * if the lease had run out; a failure counts only while the lease is this attempt's, for whoever has it now decides. Gives whether the outcome
 * has settled the message.
 */
export function settleDelivery(
  db: Db,
  delivery: Pick<ClaimedDelivery, 'id' | 'channelId' | 'attempt'>,
  outcome: DeliveryOutcome,
  atMs: number,
): Promise<boolean> {
  const set =
    outcome.kind === 'retry'
      ? { state: 'pending' as const, not_before: outcome.notBeforeMs, failures: sql<number>`failures + 1`, ...NO_LEASE }
      : { state: outcome.kind, settled_at: atMs, ...NO_LEASE };
  return inTransaction(db, async (transaction) => {
    await transaction
      .insertInto('delivery_attempts')
      .values({
        delivery_id: delivery.id,
        channel_id: delivery.channelId,
        attempt: delivery.attempt,
        ok: outcome.kind === 'delivered',
        detail: outcome.detail,
        attempted_at: atMs,
      })
      .execute();
    const update = transaction.updateTable('deliveries').set(set).where('id', '=', delivery.id);
    const { numUpdatedRows } = await (outcome.kind === 'delivered'
      ? update.where('state', 'in', UNSETTLED)
      : update
          .where('state', '=', 'leased')
          // Every lease is an attempt of its own, whoever takes it.
          .where('attempts', '=', delivery.attempt)
    ).executeTakeFirst();
    return numUpdatedRows === 1n;
  });
}

/** When the next message is due, so that nobody has to ask before; `undefined`: none is waiting. */
export async function readNextDue(db: Db): Promise<number | undefined> {
  const { rows } = await sql<{ due: number | null }>`
    select min(case state when 'leased' then greatest(lease_until, not_before) else not_before end) as due
    from deliveries where state in ('pending', 'leased')`.execute(db);
  return rows[0]?.due ?? undefined;
}

/** Messages of a state (dead letters, say), newest first; `beforeId` is the last id of the page before. */
export async function listDeliveries(
  db: Db,
  { state, beforeId, limit }: { readonly state: DeliveryState; readonly beforeId?: number; readonly limit: number },
): Promise<readonly StoredDelivery[]> {
  const before = beforeId === undefined ? sql`true` : sql`d.id < ${beforeId}`;
  const { rows } = await sql<StoredDelivery>`
    select d.id, d.key, d.firing_id as "firingId", d.channel_id as "channelId", d.step, d.state, d.not_before as "notBeforeMs",
      d.attempts, d.settled_at as "settledAtMs",
      (select a.detail from delivery_attempts a where a.delivery_id = d.id order by a.id desc limit 1) as "lastDetail"
    from deliveries d where d.state = ${state} and ${before}
    order by d.id desc limit ${Math.min(limit, policy.storage.maxPage)}`.execute(db);
  return rows;
}

/** Sends a dead letter again, as from now; `false`: it is none (any more). Its key stays, so that a receiver that had it after all knows it. */
export function reviveDelivery(db: Db, id: number, nowMs: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('deliveries')
      .set({ state: 'pending', not_before: nowMs, settled_at: null, failures: 0 })
      .where('id', '=', id)
      .where('state', '=', 'dead')
      .executeTakeFirst();
    await wake(transaction, 'deliveries');
    return numUpdatedRows === 1n;
  });
}
