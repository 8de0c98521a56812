import 'server-only';
import { sql } from 'kysely';
import { toJsonb } from './column-types';
import { inTransaction } from './in-transaction';
import type { Db } from './schema';
import { StorageConflictError } from './storage-error';

/** Triggers that are told by name where a channel is still needed. */
const MOST_NAMED = 3;

export interface ChannelSettings {
  readonly kind: string;
  readonly name: string;
  /** Nothing secret: it is shown. */
  readonly config: unknown;
}

export interface StoredChannel extends ChannelSettings {
  readonly id: string;
  readonly version: number;
  /** Names of the secrets that are set. Their values go in and never out to a screen. */
  readonly secrets: readonly string[];
  readonly lastSuccess: { readonly atMs: number; readonly detail: string } | null;
  readonly lastFailure: { readonly atMs: number; readonly detail: string } | null;
}

export interface ChannelEdit {
  readonly id: string;
  /** As last seen; 0: it is new. */
  readonly version: number;
  readonly settings: ChannelSettings;
  /** Secrets to set, or with `null` to forget; those not named stay. */
  readonly secrets?: Readonly<Record<string, string | null>>;
}

function refuse(id: string, version: number): never {
  throw new StorageConflictError('VERSION', `Channel ${id} is not at version ${version}.`, {
    inputs: { id, version },
    nextStep: 'Load it again, and make the change to what it is now.',
  });
}

/** Saves a channel with its secrets, and gives its new version. Errors: `StorageConflictError` VERSION; nothing is saved then. */
export async function saveChannel(
  db: Db,
  { id, version, settings, secrets = {} }: ChannelEdit,
  atMs: number,
): Promise<number> {
  const columns = { ...settings, config: toJsonb(settings.config), updated_at: atMs, version: version + 1 };
  return inTransaction(db, async (transaction) => {
    const changed =
      version === 0
        ? (
            await transaction
              .insertInto('channels')
              .values({ id, ...columns, created_at: atMs })
              .onConflict((on) => on.column('id').doNothing())
              .executeTakeFirst()
          ).numInsertedOrUpdatedRows
        : (
            await transaction
              .updateTable('channels')
              .set(columns)
              .where('id', '=', id)
              .where('version', '=', version)
              .where('removed_at', 'is', null)
              .executeTakeFirst()
          ).numUpdatedRows;
    if (changed !== 1n) refuse(id, version);
    for (const [name, value] of Object.entries(secrets)) await saveSecret(transaction, id, name, value, atMs);
    return version + 1;
  });
}

async function saveSecret(db: Db, channelId: string, name: string, value: string | null, atMs: number): Promise<void> {
  if (value === null) {
    await db.deleteFrom('channel_secrets').where('channel_id', '=', channelId).where('name', '=', name).execute();
    return;
  }
  await db
    .insertInto('channel_secrets')
    .values({ channel_id: channelId, name, value, updated_at: atMs })
    .onConflict((on) => on.columns(['channel_id', 'name']).doUpdateSet({ value, updated_at: atMs }))
    .execute();
}

/** A trigger whose channel is gone would fire, and nobody would be told. */
async function refuseWhileNamed(db: Db, id: string): Promise<void> {
  const { rows } = await sql<{ readonly name: string }>`
    select coalesce(definition->>'name', id) as name from triggers
    where ended_at is null and definition->'channels' @> ${toJsonb([id])}::jsonb order by name`.execute(db);
  if (rows.length === 0) return;
  const named = rows.slice(0, MOST_NAMED).map(({ name }) => `“${name}”`);
  const more = rows.length > named.length ? ` and ${rows.length - named.length} more` : '';
  throw new StorageConflictError('IN_USE', `Not removed: triggers tell by this channel, ${named.join(', ')}${more}.`, {
    inputs: { id },
    nextStep: 'Choose other channels for them first, or delete them.',
  });
}

/**
 * Removes a channel and its secrets; what was sent by it stays in the log.
 * Errors: `StorageConflictError` VERSION, IN_USE while a trigger that watches names it; nothing is removed then.
 */
export function removeChannel(
  db: Db,
  { id, version }: Pick<ChannelEdit, 'id' | 'version'>,
  atMs: number,
): Promise<void> {
  return inTransaction(db, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('channels')
      .set({ removed_at: atMs, version: version + 1, updated_at: atMs })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) refuse(id, version);
    await refuseWhileNamed(transaction, id);
    await transaction.deleteFrom('channel_secrets').where('channel_id', '=', id).execute();
  });
}

/** The channels there are, by name, each with its last success and its last failure, of a test too. */
export async function listChannels(db: Db): Promise<readonly StoredChannel[]> {
  const last = (ok: boolean) => sql`(
    select jsonb_build_object('atMs', attempted_at, 'detail', detail) from delivery_attempts
    where channel_id = c.id and ok = ${ok} order by id desc limit 1
  )`;
  const { rows } = await sql<StoredChannel>`
    select c.id, c.kind, c.name, c.config, c.version,
      (select coalesce(jsonb_agg(s.name order by s.name), '[]') from channel_secrets s where s.channel_id = c.id) as secrets,
      ${last(true)} as "lastSuccess", ${last(false)} as "lastFailure"
    from channels c where c.removed_at is null order by c.name, c.id`.execute(db);
  return rows;
}

/** Records what the test button came to. */
export async function recordTest(
  db: Db,
  channelId: string,
  { ok, detail, atMs }: { readonly ok: boolean; readonly detail: string; readonly atMs: number },
): Promise<void> {
  await db
    .insertInto('delivery_attempts')
    .values({ channel_id: channelId, delivery_id: null, attempt: 1, ok, detail, attempted_at: atMs })
    .execute();
}
