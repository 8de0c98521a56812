import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeOwnership } from './owner-lock';
import { mayStillRun, readOwnIdentity } from './process-identity';
import { StorageOwnedError } from './storage-error';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ballast-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const write = (number: number, content: unknown) =>
  writeFileSync(join(directory, `owner-${number}.json`), JSON.stringify(content));
const files = () => readdirSync(directory).sort();

async function readEndedPid(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('a directory has one owner, until that gives it back', () => {
  const release = takeOwnership(directory);
  expect(JSON.parse(readFileSync(join(directory, 'owner-1.json'), 'utf8'))).toEqual({ ...readOwnIdentity() });
  expect(() => takeOwnership(directory)).toThrow(StorageOwnedError);
  expect(() => takeOwnership(directory)).toThrow(new RegExp(`in use by process ${process.pid} `));
  release();
  const again = takeOwnership(directory);
  expect(files()).toEqual(['owner-2.json']);
  expect(() => takeOwnership(directory)).toThrow(StorageOwnedError);
  again();
});

test('the refusal says what to do', () => {
  takeOwnership(directory);
  try {
    takeOwnership(directory);
    expect.unreachable();
  } catch (error) {
    expect((error as StorageOwnedError).code).toBe('OWNED');
    expect((error as StorageOwnedError).detail.nextStep).toMatch(
      /BALLAST_DATA_DIR.*DATABASE_URL.*delete .*owner-1\.json/,
    );
  }
});

test('a process that has ended leaves nothing in the way, one with its number neither', async () => {
  const self = readOwnIdentity();
  const pid = await readEndedPid();
  expect(mayStillRun({ ...self, pid })).toBe(false);
  write(7, { ...self, pid });
  takeOwnership(directory)();
  expect(files()).toEqual(['owner-8.json']);
  // This process's number, but started at another time.
  write(9, { ...self, startedAt: `${self.startedAt}0` });
  takeOwnership(directory)();
  expect(files()).toEqual(['owner-10.json']);
});

test('what cannot be seen counts as running', () => {
  const self = readOwnIdentity();
  expect(mayStillRun(self)).toBe(true);
  expect(mayStillRun({ ...self, startedAt: undefined })).toBe(true);
  expect(mayStillRun({ pid: 2 ** 30, startedAt: 'x', place: 'another machine' })).toBe(true);
  write(1, { ...self, pid: 2 ** 30, place: 'another machine' });
  expect(() => takeOwnership(directory)).toThrow(/another machine/);
  for (const content of ['', '{}', '{"pid":0,"place":"here"}', '[]']) {
    writeFileSync(join(directory, 'owner-1.json'), content);
    expect(() => takeOwnership(directory), content).toThrow(StorageOwnedError);
  }
});

test('nothing of a refused attempt is left behind', () => {
  takeOwnership(directory);
  expect(() => takeOwnership(directory)).toThrow(StorageOwnedError);
  expect(files()).toEqual(['owner-1.json']);
});
