import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate';
import { openStorage, type Storage } from './open-storage';
import type { Tables } from './schema';
import { StorageConflictError } from './storage-error';
import { describeOnBoth, type TestDatabase } from './testing/storage-targets';

describeOnBoth('migrations', (createDatabase, kind) => {
  let database: TestDatabase;
  let storage: Storage | undefined;
  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    await storage?.close();
    await database.remove();
  });

  const listTables = async ({ db }: Storage): Promise<readonly string[]> =>
    (await db.introspection.getTables()).map(({ name }) => name).sort();

  test('an empty database gets every table, once; opening it again changes nothing', async () => {
    storage = await openStorage(database.env);
    const expected: readonly (keyof Tables)[] = [
      'acknowledgements',
      'channel_secrets',
      'channels',
      'deliveries',
      'delivery_attempts',
      'firings',
      'leases',
      'price_samples',
      'push_subscriptions',
      'settings',
      'stored_books',
      'trigger_edits',
      'trigger_states',
      'triggers',
      'vapid_keys',
      'watch_progress',
      'watched_owners',
    ];
    expect(await listTables(storage)).toEqual(expected);
    await storage.db.insertInto('settings').values({ name: 'kept', value: '1', updated_at: 1 }).execute();
    await migrate(storage.db);
    await storage.close();
    storage = await openStorage(database.env);
    expect(await listTables(storage)).toEqual(expected);
    expect(await storage.db.selectFrom('settings').selectAll().execute()).toEqual([
      { name: 'kept', value: 1, updated_at: 1 },
    ]);
  });

  // The embedded database has one owner: there are never two.
  const testOnServer = kind === 'server' ? test : () => {};
  testOnServer('two that migrate at once do it once', async () => {
    const [first, second] = await Promise.all([openStorage(database.env), openStorage(database.env)]);
    await second.close();
    storage = first;
    expect(await listTables(first)).toHaveLength(17);
  });

  test('the newest attempt of a message and the last firing of a trigger are found by an index', async () => {
    storage = await openStorage(database.env);
    const { rows } = await sql<{ name: string; on: string }>`
      select indexname as name, substring(indexdef from '\\(.*\\)$') as "on" from pg_indexes
      where indexname in ('attempts_of_delivery', 'firings_of_trigger') order by 1`.execute(storage.db);
    expect(rows).toEqual([
      { name: 'attempts_of_delivery', on: '(delivery_id, id DESC)' },
      { name: 'firings_of_trigger', on: '(trigger_id, fired_at DESC)' },
    ]);
  });

  test('what happened cannot be changed, deleted or cleared away, not even where there is nothing', async () => {
    storage = await openStorage(database.env);
    const { db } = storage;
    for (const table of ['trigger_edits', 'firings', 'acknowledgements', 'delivery_attempts']) {
      const column = { trigger_edits: 'version', firings: 'episode', acknowledgements: 'note' }[table] ?? 'attempt';
      const statements = [
        `update ${table} set ${column} = ${column}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
        `set session_replication_role = replica; delete from ${table}`,
      ];
      for (const statement of statements) {
        const refused = db.transaction().execute(async (transaction) => {
          for (const part of statement.split(';')) await sql.raw(part).execute(transaction);
        });
        await expect(refused, statement).rejects.toMatchObject({ code: 'APPEND_ONLY' });
        await expect(refused, statement).rejects.toBeInstanceOf(StorageConflictError);
      }
    }
  });
});
