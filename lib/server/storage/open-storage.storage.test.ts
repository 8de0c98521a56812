import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import type { StorageEnv } from '@/lib/config/storage-env';
import { claimDeliveries } from './deliveries';
import { acquireLeases, defineLeases } from './leases';
import { openStorage, type Storage } from './open-storage';
import { recordFirings } from './record-firings';
import { getStorage } from './storage';
import { StorageOwnedError, StorageUnavailableError } from './storage-error';
import { createTrigger, toBatch, toTransition } from './testing/firing-examples';
import { type PostgresCluster, startPostgresCluster } from './testing/postgres-cluster';
import { runWriter } from './testing/run-writer';
import { createEmbedded, describeOnBoth, type TestDatabase, useStorage } from './testing/storage-targets';
import { toChannel, wake } from './wake-ups';

const WAIT = { timeout: 60_000, interval: 50 };

describeOnBoth('an open storage', (createDatabase) => {
  const target = useStorage(createDatabase);

  test('the same types come out of both', async () => {
    const { rows } = await sql`
      select count(*) as count, 9007199254740991::int8 as most, 7::int4 as small, true as yes, 'ü' as text, null::int8 as none,
        '{"a": [1, {"$bigint": "18446744073709551616"}]}'::jsonb as document, 'null'::jsonb as nothing`.execute(
      target.db,
    );
    expect(rows).toEqual([
      {
        count: 1,
        most: 9_007_199_254_740_991,
        small: 7,
        yes: true,
        text: 'ü',
        none: null,
        document: { a: [1, 2n ** 64n] },
        nothing: null,
      },
    ]);
    // One more than a number can hold exactly is refused, not rounded.
    await expect(sql`select 9007199254740992::int8`.execute(target.db)).rejects.toThrow(RangeError);
    const { rows: after } = await sql`select 1::int8 as one`.execute(target.db);
    expect(after).toEqual([{ one: 1 }]);
  });

  test('work of several goes side by side, a transaction that fails takes nothing else with it', async () => {
    const { db } = target;
    const write = (name: string, fails: boolean) =>
      db.transaction().execute(async (transaction) => {
        await transaction.insertInto('settings').values({ name, value: '1', updated_at: 1 }).execute();
        if (fails) throw new Error(name);
      });
    const names = Array.from({ length: 12 }, (_, n) => `side-${n}`);
    await Promise.allSettled(names.map((name, n) => write(name, n % 2 === 1)));
    const rows = await db
      .selectFrom('settings')
      .select('name')
      .where('name', 'like', 'side-%')
      .orderBy('name')
      .execute();
    expect(rows.map(({ name }) => name)).toEqual(['side-0', 'side-10', 'side-2', 'side-4', 'side-6', 'side-8']);
  });

  test('closed, it answers with an error that says so', async () => {
    const database = await createDatabase();
    const storage = await openStorage(database.env);
    await storage.close();
    await storage.close();
    await expect(sql`select 1`.execute(storage.db)).rejects.toMatchObject({ code: 'CLOSED' });
    await database.remove();
  });
});

describe('the embedded database', () => {
  let database: TestDatabase;
  let storage: Storage | undefined;
  beforeEach(async () => {
    database = await createEmbedded();
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await storage?.close();
    storage = undefined;
    await database.remove();
  });
  const writer = { triggerId: 't', channelId: 'c', firstEpisode: 1 };

  test('a second process is refused, told by whom, and harms nothing', async () => {
    storage = await openStorage(database.env);
    const { lines } = await runWriter(database.env, writer);
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[1] ?? '')).toEqual({
      name: 'StorageOwnedError',
      message: expect.stringContaining(`process ${process.pid} `),
    });
    await expect(openStorage(database.env)).rejects.toBeInstanceOf(StorageOwnedError);
    await storage.close();
    storage = await openStorage(database.env);
  });

  test('killed while it makes the database, it leaves a directory that opens', async () => {
    const { env, remove } = await createEmbedded({ isNew: true });
    if (env.kind !== 'embedded') throw new Error('It is embedded.');
    const { directory } = env;
    const made = () => existsSync(join(directory, 'postgres.new', 'PG_VERSION'));
    const { signal, lines } = await runWriter(env, { ...writer, killWhen: made });
    expect([signal, lines]).toEqual(['SIGKILL', ['start']]);
    expect(existsSync(join(directory, 'postgres'))).toBe(false);
    const { db, close } = await openStorage(env);
    expect(await db.selectFrom('settings').selectAll().execute()).toEqual([]);
    await close();
    await remove();
  });

  test('statement after statement, everything else in the process gets its turns', async () => {
    storage = await openStorage(database.env);
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    for (let n = 0; n < 100; n++) await sql`select 1`.execute(storage.db);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  test('opened again, nothing waits for what the process before had taken', async () => {
    const claim = { limit: 9, nowMs: 1_000, leaseMs: 60_000 };
    const before = await openStorage(database.env);
    const ids = await createTrigger(before.db, 'before');
    await recordFirings(before.db, toBatch(toTransition(ids)));
    await defineLeases(before.db, ['work']);
    expect(await claimDeliveries(before.db, { ...claim, owner: 'a' })).toHaveLength(1);
    const [held] = await acquireLeases(before.db, { ...claim, owner: 'a' });
    await before.close();
    storage = await openStorage(database.env);
    expect(await claimDeliveries(storage.db, { ...claim, owner: 'b' })).toHaveLength(1);
    expect(await acquireLeases(storage.db, { ...claim, owner: 'b' })).toEqual([{ ...held, owner: 'b', token: 2 }]);
  });

  test('there is one for the process, opened at the first call; a failure is not kept', async () => {
    if (database.env.kind !== 'embedded') throw new Error('It is embedded.');
    const { directory } = database.env;
    const data = join(directory, 'data');
    vi.stubEnv('DATABASE_URL', 'mysql://nowhere');
    await expect(getStorage()).rejects.toMatchObject({ code: 'ENV' });
    vi.stubEnv('DATABASE_URL', '');
    vi.stubEnv('BALLAST_DATA_DIR', data);
    expect(existsSync(data)).toBe(false);
    const first = getStorage();
    expect(getStorage()).toBe(first);
    storage = await first;
    expect(existsSync(data)).toBe(true);
    vi.resetModules();
    const another = await import('./storage');
    expect(await another.getStorage()).toBe(storage);
  });
});

describe.skipIf(inject('postgresBinaries') === null)('a Postgres server', () => {
  let cluster: PostgresCluster;
  let storage: Storage;
  beforeEach(async () => {
    cluster = await startPostgresCluster(inject('postgresBinaries') ?? '');
  });
  afterEach(async () => {
    await storage?.close();
    await cluster.stop();
  });

  test('restarted underneath, it is used again, and whoever listens hears that something may have been missed', async () => {
    const env: StorageEnv = { kind: 'server', url: cluster.url };
    storage = await openStorage(env);
    const { db } = storage;
    const heard: (string | undefined)[] = [];
    storage.listen(toChannel('firings'), (payload) => heard.push(payload));
    await vi.waitFor(() => expect(heard).toEqual([undefined]), WAIT);
    const write = (name: string) => db.insertInto('settings').values({ name, value: '1', updated_at: 1 }).execute();
    await write('before');
    // In the middle of a transaction, with other connections idle: each is a loss of its own.
    const cut = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('settings').values({ name: 'cut', value: '1', updated_at: 1 }).execute();
      await cluster.crash();
      await transaction.selectFrom('settings').selectAll().execute();
    });
    await expect(cut).rejects.toBeInstanceOf(StorageUnavailableError);
    await expect(write('down')).rejects.toBeInstanceOf(StorageUnavailableError);
    await expect(openStorage(env)).rejects.toMatchObject({ code: 'CONNECTION' });
    await cluster.start();
    await vi.waitFor(() => write('after'), WAIT);
    const rows = await db.selectFrom('settings').select('name').orderBy('name').execute();
    expect(rows).toEqual([{ name: 'after' }, { name: 'before' }]);
    await vi.waitFor(() => expect(heard).toEqual([undefined, undefined]), WAIT);
    await wake(db, 'firings', '1');
    await vi.waitFor(() => expect(heard).toEqual([undefined, undefined, '1']), WAIT);
  });

  test('however many listen, a channel takes one connection, given back with the last', async () => {
    storage = await openStorage({ kind: 'server', url: cluster.url });
    const { db, listen } = storage;
    const countListening = async (): Promise<number | undefined> => {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from pg_stat_activity where query ilike 'listen %'`.execute(db);
      return rows[0]?.count;
    };
    let heard = 0;
    const channels = [toChannel('firings'), toChannel('triggers')];
    const ends = channels.flatMap((channel) =>
      Array.from({ length: 64 }, () =>
        listen(channel, (payload) => {
          if (payload === undefined) heard += 1;
        }),
      ),
    );
    await vi.waitFor(() => expect(heard).toBe(128), WAIT);
    expect(await countListening()).toBe(2);
    for (const end of ends) end();
    await vi.waitFor(async () => expect(await countListening()).toBe(0), WAIT);
  });

  test('one that refuses the name or the database says which to check, and shows no password', async () => {
    storage = await openStorage({ kind: 'server', url: cluster.url });
    for (const wrong of ['ballast:very-secret@/nowhere', 'nobody:very-secret@/postgres']) {
      const [login = '', database = ''] = wrong.split('@');
      const env = { kind: 'server', url: `postgresql://${login}@${new URL(cluster.url).host}${database}` } as const;
      const error = await openStorage(env).catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code: 'REFUSED', detail: { nextStep: expect.stringContaining('DATABASE_URL') } });
      expect(String(error)).not.toContain('very-secret');
    }
  });
});
