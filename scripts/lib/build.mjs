import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherError } from './launcher-error.mjs';
import { withLock } from './lock-file.mjs';
import { describeEnd, runNode } from './processes.mjs';
import { ROOT, STATE_DIR } from './project.mjs';
import { readSourceHash } from './source-hash.mjs';

export const NEXT = join('node_modules', 'next', 'dist', 'bin', 'next');

const TURBOPACK_BROKE = /TurbopackInternalError|internal error|panicked at/i;

/**
 * Builds the app unless the finished build is of these very sources. A build counts as finished only by a record written after it; the record
 * is taken away before one begins, so that one that fails or is interrupted is never taken for good.
 *
 * @param {(message: string) => void} report
 * @param {{ force?: boolean }} [options]
 */
export async function buildIfStale(report, { force = false } = {}) {
  if (!force && isBuildGood(ROOT, STATE_DIR)) return;
  await withLock('build', { onWait: (pid) => report(`build: waiting for process ${pid} …`) }, async () => {
    if (!force && isBuildGood(ROOT, STATE_DIR)) return;
    const record = join(STATE_DIR, 'build.json');
    const begun = join(STATE_DIR, 'build-begun');
    rmSync(record, { force: true });
    // Turbopack keeps a cache that a failed or interrupted build can leave broken.
    if (existsSync(begun)) removeBuild(ROOT);
    mkdirSync(STATE_DIR, { recursive: true });
    writeFileSync(begun, '');
    const hash = readSourceHash(ROOT);
    report('build: building the app …');
    let end = await runBuild(report);
    if (end.code !== 0 && TURBOPACK_BROKE.test(end.tail.join('\n'))) {
      report('build: the bundler broke down; once more without its cache …');
      removeBuild(ROOT);
      end = await runBuild(report);
    }
    if (end.code !== 0)
      throw new LauncherError(`The build failed (${describeEnd(end)}):\n${end.tail.slice(-40).join('\n')}`);
    const buildId = readBuildId(ROOT);
    if (buildId === undefined) throw new LauncherError('The build ended without a result. Remove .next and try again.');
    writeFileSync(`${record}.new`, JSON.stringify({ hash, buildId }));
    renameSync(`${record}.new`, record);
    rmSync(begun, { force: true });
    report('build: done');
  });
}

/**
 * Whether the finished build in `.next` is of the present sources, and is the one the record speaks of.
 *
 * @param {string} root
 * @param {string} stateDir
 * @returns {boolean}
 */
export function isBuildGood(root, stateDir) {
  try {
    const record = JSON.parse(readFileSync(join(stateDir, 'build.json'), 'utf8'));
    return record.buildId === readBuildId(root) && record.hash === readSourceHash(root);
  } catch {
    return false;
  }
}

/** @param {(message: string) => void} report */
function runBuild(report) {
  return runNode([NEXT, 'build'], {
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    onLine: (line) => {
      if (line.trim() !== '') report(`build: ${line}`);
    },
  });
}

/** @param {string} root @returns {string | undefined} */
function readBuildId(root) {
  const file = join(root, '.next', 'BUILD_ID');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Everything but `.next/dev`, which may belong to a running `npm run dev`. @param {string} root */
function removeBuild(root) {
  const directory = join(root, '.next');
  if (!existsSync(directory)) return;
  for (const name of readdirSync(directory)) {
    if (name !== 'dev') rmSync(join(directory, name), { recursive: true, force: true });
  }
}
