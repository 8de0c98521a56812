import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LauncherError } from './launcher-error.mjs';
import { withLock } from './lock-file.mjs';
import { runNode } from './processes.mjs';
import { ROOT } from './project.mjs';

/** Lives in node_modules, so that whatever removes the packages removes the claim that they are there. */
const STAMP = join('node_modules', '.ballast-install.json');

/**
 * Installs by the lockfile when node_modules is absent, was installed for another lockfile, platform or Node, or was left half done.
 *
 * @param {(message: string) => void} report
 */
export async function installIfNeeded(report) {
  if (readInstallProblem(ROOT) === undefined) return;
  await withLock('install', { onWait: (pid) => report(`install: waiting for process ${pid} …`) }, async () => {
    const problem = readInstallProblem(ROOT);
    if (problem === undefined) return;
    report(`install: ${problem}; npm ci …`);
    const { code, signal, tail } = await runNode(
      [findNpm(), 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        // npm's own settings of the run that started us (npm start) must not reach the install.
        env: { NODE_ENV: undefined, npm_config_omit: undefined, npm_config_production: undefined },
        onLine: (line) => report(`install: ${line}`),
      },
    );
    if (code !== 0) {
      throw new LauncherError(
        `npm ci failed (${signal ?? `exit code ${code}`}).${explain(tail)} The packages come from the npm registry: check the connection and try again.`,
      );
    }
    writeFileSync(join(ROOT, STAMP), JSON.stringify(computeStamp(ROOT)));
    report('install: done');
  });
}

/**
 * Why the packages must be installed; `undefined` when they are as the lockfile says.
 *
 * @param {string} root
 * @returns {string | undefined}
 */
export function readInstallProblem(root) {
  if (!existsSync(join(root, 'node_modules'))) return 'there is no node_modules yet';
  const stamp = readJson(join(root, STAMP));
  const wanted = computeStamp(root);
  if (stamp !== undefined && stamp.platform !== wanted.platform) return `node_modules is for ${stamp.platform}`;
  if (stamp?.lock === wanted.lock) return undefined;
  // Installed by hand, or the lockfile has changed since: npm leaves a record of what it did, at the end.
  const lock = readJson(join(root, 'package-lock.json'));
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'));
  return installed !== undefined && matchesLock(lock?.packages ?? {}, installed.packages ?? {})
    ? undefined
    : 'node_modules is not what the lockfile says';
}

/**
 * Whether what npm recorded as installed is what the lockfile names. Optional packages may be absent (another platform's); more than the lockfile
 * names does no harm.
 *
 * @param {Record<string, { version?: string, optional?: boolean, link?: boolean }>} locked
 * @param {Record<string, { version?: string }>} installed
 * @returns {boolean}
 */
export function matchesLock(locked, installed) {
  return Object.entries(locked).every(([name, { version, optional }]) => {
    if (name === '') return true;
    const have = installed[name];
    return have === undefined ? optional === true : have.version === version;
  });
}

/** @param {string} root */
function computeStamp(root) {
  return {
    lock: createHash('sha256')
      .update(readFileSync(join(root, 'package-lock.json')))
      .digest('hex'),
    platform: `${process.platform}-${process.arch}`,
  };
}

/** @param {string} file @returns {any} */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** npm's own script, so that Node can run it without a shell on every system. */
function findNpm() {
  const beside = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined,
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ];
  const found = candidates.find((file) => file !== undefined && existsSync(file));
  if (found === undefined) throw new LauncherError('npm is not beside this Node. Run `npm ci` once, then start again.');
  return found;
}

/** @param {string[]} tail */
const explain = (tail) => (tail.length === 0 ? '' : `\n${tail.slice(-15).join('\n')}\n`);
