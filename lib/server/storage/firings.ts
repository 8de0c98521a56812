import 'server-only';
import { sql } from 'kysely';
import { policy } from '@/lib/config/policy';
import { inTransaction } from './in-transaction';
import type { Db } from './schema';
import { wake } from './wake-ups';

export interface Acknowledgement {
  readonly by: string;
  readonly note: string | null;
  readonly atMs: number;
}

/** A firing as it was recorded, with what was needed to compute it again. */
export interface StoredFiring {
  readonly id: number;
  readonly triggerId: string;
  readonly triggerVersion: number;
  /** As it is called now. */
  readonly triggerName: string;
  readonly subject: string;
  readonly episode: number;
  readonly severity: string;
  readonly firedAtMs: number;
  readonly record: unknown;
  readonly recordedAtMs: number;
  readonly acknowledged: Acknowledgement | null;
}

export interface FiringQuery {
  /** Newest first and older than this id; without it, from the newest. */
  readonly beforeId?: number;
  /** Instead: oldest first and newer than this id (a stream that goes on after its Last-Event-ID). */
  readonly afterId?: number;
  readonly limit: number;
  readonly triggerId?: string;
  readonly isUnacknowledged?: boolean;
  /** These alone. */
  readonly ids?: readonly number[];
}

/** The log of firings, a page at a time. */
export async function listFirings(db: Db, query: FiringQuery): Promise<readonly StoredFiring[]> {
  let rows = db
    .selectFrom('firings')
    .innerJoin('triggers', 'triggers.id', 'firings.trigger_id')
    .leftJoin('acknowledgements', 'acknowledgements.firing_id', 'firings.id')
    .selectAll('firings')
    .select(['by', 'note', 'acknowledged_at', sql<string>`triggers.definition ->> 'name'`.as('trigger_name')])
    .limit(Math.min(query.limit, policy.storage.maxPage))
    .orderBy('firings.id', query.afterId === undefined ? 'desc' : 'asc');
  if (query.afterId !== undefined) rows = rows.where('firings.id', '>', query.afterId);
  if (query.beforeId !== undefined) rows = rows.where('firings.id', '<', query.beforeId);
  if (query.triggerId !== undefined) rows = rows.where('trigger_id', '=', query.triggerId);
  if (query.ids !== undefined) rows = rows.where('firings.id', 'in', query.ids.length > 0 ? query.ids : [-1]);
  if (query.isUnacknowledged) rows = rows.where('firing_id', 'is', null);
  return (await rows.execute()).map((row) => ({
    id: row.id,
    triggerId: row.trigger_id,
    triggerVersion: row.trigger_version,
    triggerName: row.trigger_name,
    subject: row.subject,
    episode: row.episode,
    severity: row.severity,
    firedAtMs: row.fired_at,
    record: row.record,
    recordedAtMs: row.recorded_at,
    acknowledged:
      row.by === null || row.acknowledged_at === null
        ? null
        : { by: row.by, note: row.note, atMs: row.acknowledged_at },
  }));
}

/**
 * How many firings nobody has acknowledged: the figure on the bell. Each acknowledgement is of one firing, each firing has one at most, and neither
 * is ever taken back: the difference of the two counts, in one statement, is exact, and joins nothing.
 */
export async function countUnacknowledged(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from firings) - (select count(*) from acknowledgements) as count`.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * Records that somebody has seen a firing, and calls off its escalations, together. The first acknowledgement stands: gives
 * `false` if there was one. An escalation that is being sent at that moment may still arrive, and is not tried again.
 * Errors: `StorageConflictError` REFERENCE when there is no such firing.
 */
export function acknowledge(db: Db, firingId: number, { by, note, atMs }: Acknowledgement): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('acknowledgements')
      .values({ firing_id: firingId, by, note, acknowledged_at: atMs })
      .onConflict((on) => on.column('firing_id').doNothing())
      .executeTakeFirst();
    await transaction
      .updateTable('deliveries')
      .set({ state: 'cancelled', settled_at: atMs, lease_owner: null, lease_until: null })
      .where('firing_id', '=', firingId)
      .where('step', '>', 0)
      .where('state', 'in', ['pending', 'leased'])
      .execute();
    await wake(transaction, 'firings');
    return numInsertedOrUpdatedRows === 1n;
  });
}

/** The newest firing's id, from which a stream goes on; 0: there is none. */
export async function readLastFiringId(db: Db): Promise<number> {
  const row = await db
    .selectFrom('firings')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst();
  return row?.id ?? 0;
}
