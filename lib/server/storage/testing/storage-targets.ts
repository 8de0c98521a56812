import { randomUUID } from 'node:crypto';
import { constants, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import type { StorageEnv } from '@/lib/config/storage-env';
import { openStorage, type Storage } from '../open-storage';
import type { Db } from '../schema';

/** An empty database, and what removes it. */
export interface TestDatabase {
  readonly env: StorageEnv;
  remove(): Promise<void>;
}

/** An embedded database without tables; `isNew`: not made yet. */
export async function createEmbedded({ isNew = false } = {}): Promise<TestDatabase> {
  const directory = mkdtempSync(join(tmpdir(), 'ballast-storage-'));
  if (!isNew) cpSync(inject('embeddedTemplate'), directory, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return {
    env: { kind: 'embedded', directory },
    remove: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') ?? '' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function createOnServer(): Promise<TestDatabase> {
  const name = `ballast_test_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${name}`);
  const url = Object.assign(new URL(inject('postgresUrl') ?? ''), { pathname: `/${name}` }).href;
  return { env: { kind: 'server', url }, remove: () => administer(`drop database if exists ${name} with (force)`) };
}

/** One suite against both: the embedded database always, a server where there is one; else its tests are counted as skipped. */
export function describeOnBoth(
  name: string,
  suite: (createDatabase: () => Promise<TestDatabase>, kind: StorageEnv['kind']) => void,
): void {
  describe(`${name}, embedded`, () => suite(() => createEmbedded(), 'embedded'));
  describe.skipIf(inject('postgresUrl') === null)(`${name}, Postgres server`, () => suite(createOnServer, 'server'));
}

/** One storage for all tests of a suite, which keep apart by ids of their own. */
export function useStorage(createDatabase: () => Promise<TestDatabase>): {
  readonly db: Db;
  readonly storage: Storage;
} {
  let database: TestDatabase | undefined;
  let storage: Storage | undefined;
  beforeAll(async () => {
    database = await createDatabase();
    storage = await openStorage(database.env);
  });
  afterAll(async () => {
    await storage?.close();
    await database?.remove();
  });
  const read = (): Storage => {
    if (!storage) throw new Error('The storage is open only while tests run.');
    return storage;
  };
  return {
    get db() {
      return read().db;
    },
    get storage() {
      return read();
    },
  };
}
