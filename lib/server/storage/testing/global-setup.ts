import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import { findPostgres } from './find-postgres';
import { startPostgresCluster } from './postgres-cluster';

declare module 'vitest' {
  interface ProvidedContext {
    /** A directory with an empty embedded database, to be copied: that takes a fifth of the time of making one. */
    embeddedTemplate: string;
    /** A server in which tests may make databases; `null`: there is none, and what needs one is skipped. */
    postgresUrl: string | null;
    /** Where its programs are, for tests that end a server of their own; `null`: a server was named, or there is none. */
    postgresBinaries: string | null;
  }
}

async function makeTemplate(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'ballast-template-'));
  await (await PGlite.create({ dataDir: join(directory, 'postgres') })).close();
  return directory;
}

/**
 * Before the storage tests: an embedded database to copy, and a Postgres server for all of them. TEST_DATABASE_URL names one, whose user may
 * create databases; else one is started out of the programs on this machine, or installed as root.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = await makeTemplate();
  project.provide('embeddedTemplate', template);
  const stop = await provideServer(project);
  return async () => {
    rmSync(template, { recursive: true, force: true });
    await stop();
  };
}

async function provideServer(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env.TEST_DATABASE_URL?.trim() || null;
  const binaries = findPostgres((line) => console.log(line)) ?? null;
  project.provide('postgresBinaries', binaries);
  if (named !== null || binaries === null) {
    project.provide('postgresUrl', named);
    if (named === null) {
      console.warn('\n*** No Postgres server: storage is tested on the embedded database ALONE. ***');
      console.warn('*** Set TEST_DATABASE_URL, or install Postgres, to test it on a server too. ***\n');
    }
    return async () => {};
  }
  const cluster = await startPostgresCluster(binaries);
  project.provide('postgresUrl', cluster.url);
  return () => cluster.stop();
}
