import 'server-only';
import { randomUUID } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { mayStillRun, type ProcessIdentity, readOwnIdentity } from './process-identity';
import { StorageOwnedError } from './storage-error';

const FILE = /^owner-([1-9]\d{0,14})\.json$/;
const schema = z.object({
  pid: z.int().check(z.positive()),
  startedAt: z.optional(z.string()),
  place: z.string(),
  released: z.optional(z.boolean()),
});

const toFile = (directory: string, number: number): string => join(directory, `owner-${number}.json`);

/** Numbers of the lock files that are there; the highest is the owner's. */
const listNumbers = (directory: string): readonly number[] =>
  readdirSync(directory)
    .flatMap((name) => FILE.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);

function readOwner(file: string): ProcessIdentity | undefined {
  const text = readFileSync(file, 'utf8');
  const parsed = schema.safeParse(JSON.parse(text));
  // A file that cannot be read may be anybody's: it counts as owned until somebody looks.
  if (!parsed.success) throw new Error(`${file} is not a lock file of Ballast.`);
  const { pid, startedAt, place, released } = parsed.data;
  return released === true ? undefined : { pid, startedAt, place };
}

function refuse(directory: string, file: string, owner: ProcessIdentity | undefined, cause?: unknown): never {
  const who = owner ? `process ${owner.pid} on ${owner.place}` : 'another process';
  throw new StorageOwnedError('OWNED', `The data directory ${directory} is in use by ${who}.`, {
    inputs: { directory, file, pid: owner?.pid },
    nextStep: `End that process, or set BALLAST_DATA_DIR to another directory, or DATABASE_URL to a Postgres server that several can share. If you are certain that it has ended, delete ${file}.`,
    cause,
  });
}

/** Throws if the owner of a lock file may still be there. */
function checkOwner(directory: string, file: string): void {
  let owner: ProcessIdentity | undefined;
  try {
    owner = readOwner(file);
  } catch (cause) {
    refuse(directory, file, undefined, cause);
  }
  if (owner && mayStillRun(owner)) refuse(directory, file, owner);
}

/** Writes a file that appears whole or not at all; `put` gives it its name. */
function writeWhole(directory: string, content: object, put: (temporary: string) => void): void {
  const temporary = join(directory, `.owner-${randomUUID()}`);
  writeFileSync(temporary, JSON.stringify(content), { mode: 0o600 });
  try {
    put(temporary);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Makes this process the one owner of a directory, and gives what ends that. Two processes on one embedded database would destroy it, and
 * nothing in it would stop them.
 *
 * Each owner makes a lock file numbered one higher than the last, with its process number and start; a file of a number can be made once, and
 * the highest is never deleted, so that of several who find a dead owner only one comes after it.
 *
 * Errors: `StorageOwnedError` OWNED, which says who has it and what to do.
 */
export function takeOwnership(directory: string): () => void {
  const last = listNumbers(directory)[0] ?? 0;
  if (last > 0) checkOwner(directory, toFile(directory, last));
  const file = toFile(directory, last + 1);
  const self = readOwnIdentity();
  try {
    writeWhole(directory, self, (temporary) => linkSync(temporary, file));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    refuse(directory, file, undefined, cause);
  }
  const numbers = listNumbers(directory);
  if (numbers[0] !== last + 1) {
    // Others came and went since this process looked; one of them may be there now.
    rmSync(file, { force: true });
    refuse(directory, toFile(directory, numbers[0] ?? 0), undefined);
  }
  for (const number of numbers.slice(1)) rmSync(toFile(directory, number), { force: true });
  return () => writeWhole(directory, { ...self, released: true }, (temporary) => renameSync(temporary, file));
}
