import 'server-only';
import { sql } from 'kysely';
import { toJsonb } from './column-types';
import type { Db, EditAction } from './schema';

/** An edit that states have to follow: what was saved, or until when it is snoozed. */
export interface StoredChange {
  readonly triggerId: string;
  readonly version: number;
  readonly action: EditAction;
  readonly change: unknown;
}

/** Every version of some triggers that saved or snoozed them, oldest first. */
export async function listTriggerChanges(db: Db, ids: readonly string[]): Promise<readonly StoredChange[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('trigger_edits')
    .select(['trigger_id', 'version', 'action', 'change'])
    .where('trigger_id', 'in', sql<string>`(select jsonb_array_elements_text(${toJsonb(ids)}::jsonb))`)
    .where('action', 'in', ['save', 'snooze'])
    .orderBy('trigger_id')
    .orderBy('version')
    .execute();
  return rows.map(({ trigger_id, version, action, change }) => ({ triggerId: trigger_id, version, action, change }));
}

/** When some triggers were last saved, by their ids: not muted, nor snoozed. Milliseconds. */
export async function listSavedAt(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('trigger_edits')
    .select(['trigger_id', ({ fn }) => fn.max('edited_at').as('saved_at')])
    .where('trigger_id', 'in', sql<string>`(select jsonb_array_elements_text(${toJsonb(ids)}::jsonb))`)
    .where('action', '=', 'save')
    .groupBy('trigger_id')
    .execute();
  return new Map(rows.map(({ trigger_id, saved_at }) => [trigger_id, saved_at]));
}
