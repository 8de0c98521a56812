import 'server-only';
import { sql } from 'kysely';
import { toJsonb } from './column-types';
import type { Db } from './schema';

/** Where a trigger's state machine stands on one subject. */
export interface StoredState {
  readonly triggerId: string;
  readonly subject: string;
  readonly triggerVersion: number;
  readonly state: unknown;
  readonly episode: number;
  readonly updatedAtMs: number;
}

/** The states of all triggers that still watch, or of some: what a watcher goes on from. They are written by `recordFirings`. */
export async function listTriggerStates(db: Db, ids?: readonly string[]): Promise<readonly StoredState[]> {
  const some = ids && sql<string>`(select jsonb_array_elements_text(${toJsonb(ids)}::jsonb))`;
  const rows = await db
    .selectFrom('trigger_states')
    .innerJoin('triggers', 'triggers.id', 'trigger_states.trigger_id')
    .selectAll('trigger_states')
    .where('triggers.ended_at', 'is', null)
    .where((where) => (some ? where('trigger_states.trigger_id', 'in', some) : where.lit(true)))
    .orderBy('trigger_id')
    .orderBy('subject')
    .execute();
  return rows.map((row) => ({
    triggerId: row.trigger_id,
    subject: row.subject,
    triggerVersion: row.trigger_version,
    state: row.state,
    episode: row.episode,
    updatedAtMs: row.updated_at,
  }));
}
