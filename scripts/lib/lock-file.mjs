import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { delay, isAlive, isStopping, Stopping } from './processes.mjs';
import { STATE_DIR } from './project.mjs';

/**
 * Does something that two commands in one checkout must not do at once (install, build). A lock left by a dead process does not count.
 *
 * @template T
 * @param {string} name
 * @param {{ onWait: (pid: number) => void, directory?: string }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, { onWait, directory = STATE_DIR }, work) {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${name}.lock`);
  let isWaiting = false;
  while (!tryTake(file)) {
    const owner = readOwner(file) ?? (await delay(200).then(() => readOwner(file)));
    if (owner === undefined || !isAlive(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!isWaiting) onWait(owner);
    isWaiting = true;
    await delay(250);
    if (isStopping()) throw new Stopping();
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

/** @param {string} file */
function tryTake(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** `undefined` for a moment after it was made, too: asked again then. @param {string} file @returns {number | undefined} */
function readOwner(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
