import 'server-only';
import { toJsonb } from './column-types';
import { inTransaction } from './in-transaction';
import type { Db, EditAction, Tables } from './schema';
import { StorageConflictError } from './storage-error';
import { wake } from './wake-ups';

/** A trigger as it stands. Its definition is the document that was saved, still to be parsed by whoever reads it. */
export interface StoredTrigger {
  readonly id: string;
  readonly version: number;
  readonly definition: unknown;
  readonly mutedUntilMs: number | null;
  readonly snoozedUntilMs: number | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** `null`: it still watches. */
  readonly ended: { readonly atMs: number; readonly reason: 'delete' | 'expire' } | null;
}

/** Which trigger, as whoever edits it last saw it; version 0: it is not there yet. */
export interface TriggerAt {
  readonly id: string;
  readonly version: number;
}

export interface TriggerEdit {
  readonly version: number;
  readonly action: EditAction;
  readonly change: unknown;
  readonly editedAtMs: number;
}

interface Edit {
  readonly action: EditAction;
  readonly change: unknown;
  readonly set: Partial<Pick<Tables['triggers'], 'muted_until' | 'snoozed_until' | 'ended_at' | 'end_reason'>> & {
    readonly definition?: string;
  };
}

function conflict(id: string, version: number, now: { version: number; ended_at: number | null } | undefined): never {
  if (now && now.ended_at !== null) {
    throw new StorageConflictError('ENDED', `Trigger ${id} has ended and is not changed any more.`, {
      inputs: { id },
      nextStep: 'Duplicate it to go on.',
    });
  }
  throw new StorageConflictError('VERSION', `Trigger ${id} is at version ${now?.version ?? 0}, not ${version}.`, {
    inputs: { id, version, current: now?.version ?? 0 },
    nextStep: 'Load it again, and make the change to what it is now.',
  });
}

/** One change of a trigger with its line in the log of edits. Gives the new version. */
function edit(db: Db, { id, version }: TriggerAt, atMs: number, { action, change, set }: Edit): Promise<number> {
  return inTransaction(db, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('triggers')
      .set({ ...set, version: version + 1, updated_at: atMs })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) {
      const now = await transaction
        .selectFrom('triggers')
        .select(['version', 'ended_at'])
        .where('id', '=', id)
        .executeTakeFirst();
      conflict(id, version, now);
    }
    await logEdit(transaction, { id, version: version + 1 }, atMs, { action, change });
    return version + 1;
  });
}

async function logEdit(
  db: Db,
  { id, version }: TriggerAt,
  atMs: number,
  { action, change }: Pick<Edit, 'action' | 'change'>,
): Promise<void> {
  await db
    .insertInto('trigger_edits')
    .values({ trigger_id: id, version, action, change: toJsonb(change), edited_at: atMs })
    .execute();
  await wake(db, 'triggers', id);
}

/**
 * Saves a new trigger (version 0) or a change to the one at `version`, with its edit, and gives the version it has now.
 * Errors: `StorageConflictError` VERSION (somebody else was faster, or the id is taken), ENDED; nothing is saved then.
 */
export async function saveTrigger(db: Db, at: TriggerAt, definition: unknown, atMs: number): Promise<number> {
  const document = toJsonb(definition);
  if (at.version > 0) return edit(db, at, atMs, { action: 'save', change: definition, set: { definition: document } });
  return inTransaction(db, async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('triggers')
      .values({ id: at.id, version: 1, definition: document, created_at: atMs, updated_at: atMs })
      .onConflict((on) => on.column('id').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows !== 1n) {
      const now = await readTrigger(transaction, at.id);
      conflict(at.id, 0, now && { version: now.version, ended_at: now.ended?.atMs ?? null });
    }
    await logEdit(transaction, { id: at.id, version: 1 }, atMs, { action: 'save', change: definition });
    return 1;
  });
}

/** Ends a trigger: deleted, or expired. It stays in the log with all that it fired. Errors: `StorageConflictError` VERSION, ENDED. */
export function endTrigger(db: Db, at: TriggerAt, reason: 'delete' | 'expire', atMs: number): Promise<number> {
  return edit(db, at, atMs, { action: reason, change: null, set: { ended_at: atMs, end_reason: reason } });
}

/** What a trigger fires until then is logged and sent to no channel, not later either (`null`: it is sent again). Errors: `StorageConflictError` VERSION, ENDED. */
export function muteTrigger(db: Db, at: TriggerAt, untilMs: number | null, atMs: number): Promise<number> {
  return edit(db, at, atMs, { action: 'mute', change: { untilMs }, set: { muted_until: untilMs } });
}

/** Lets a trigger rest until then (`null`: no longer). Errors: `StorageConflictError` VERSION, ENDED. */
export function snoozeTrigger(db: Db, at: TriggerAt, untilMs: number | null, atMs: number): Promise<number> {
  return edit(db, at, atMs, { action: 'snooze', change: { untilMs }, set: { snoozed_until: untilMs } });
}

type Row = Omit<Tables['triggers'], 'definition'> & { readonly definition: unknown };

const toTrigger = (row: Row): StoredTrigger => ({
  id: row.id,
  version: row.version,
  definition: row.definition,
  mutedUntilMs: row.muted_until,
  snoozedUntilMs: row.snoozed_until,
  createdAtMs: row.created_at,
  updatedAtMs: row.updated_at,
  ended: row.ended_at === null || row.end_reason === null ? null : { atMs: row.ended_at, reason: row.end_reason },
});

/** One trigger, ended or not; `undefined` if there never was one. */
export async function readTrigger(db: Db, id: string): Promise<StoredTrigger | undefined> {
  const row = await db.selectFrom('triggers').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toTrigger(row);
}

/** All triggers that still watch, or those that have ended, by age. */
export async function listTriggers(
  db: Db,
  which: 'watching' | 'ended' = 'watching',
): Promise<readonly StoredTrigger[]> {
  const rows = await db
    .selectFrom('triggers')
    .selectAll()
    .where('ended_at', which === 'watching' ? 'is' : 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toTrigger);
}

/** Everything that was ever done to a trigger, oldest first. */
export async function listTriggerEdits(db: Db, id: string): Promise<readonly TriggerEdit[]> {
  const rows = await db
    .selectFrom('trigger_edits')
    .selectAll()
    .where('trigger_id', '=', id)
    .orderBy('version')
    .execute();
  return rows.map(({ version, action, change, edited_at }) => ({ version, action, change, editedAtMs: edited_at }));
}

/** When each trigger last fired, by its id; those that never did are left out. */
export async function listLastFirings(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('firings')
    .select(['trigger_id', ({ fn }) => fn.max('fired_at').as('fired_at')])
    .groupBy('trigger_id')
    .execute();
  return new Map(rows.map(({ trigger_id, fired_at }) => [trigger_id, fired_at]));
}

/** How many triggers watch. */
export async function countTriggers(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('triggers')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}
