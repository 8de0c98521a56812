import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherError } from './launcher-error.mjs';
import { startNode } from './processes.mjs';
import { ROOT } from './project.mjs';

const READY = /^devnet ready (\{.*\})$/;

/**
 * @typedef {object} DevnetOptions
 * @property {number} chainPort
 * @property {number} controlPort
 * @property {string} token what the control server asks for
 * @property {boolean} frozen the fixed chain that golden screenshots stand on
 * @property {(message: string) => void} report
 */

/**
 * Starts the process that owns the local chain, its market, keeper and liquidator; it compiles the contracts the first time.
 *
 * @param {DevnetOptions} options
 * @returns {import('./processes.mjs').RunningProgram & { ready: Promise<{ controlUrl: string }> }} `ready` fails when it ends before that
 */
export function startDevnet({ chainPort, controlPort, token, frozen, report }) {
  const script = join(ROOT, 'scripts', 'devnet.ts');
  if (!existsSync(script)) throw new LauncherError('scripts/devnet.ts is missing: this checkout is not whole.');
  /** @type {(value: { controlUrl: string }) => void} */
  let resolveReady = () => {};
  /** @type {Promise<{ controlUrl: string }>} */
  const readied = new Promise((resolve) => {
    resolveReady = resolve;
  });
  const program = startNode(['--import', 'tsx', script, ...(frozen ? ['--frozen'] : [])], {
    env: {
      BALLAST_CHAIN_PORT: String(chainPort),
      BALLAST_DEVNET_PORT: String(controlPort),
      BALLAST_DEVNET_TOKEN: token,
    },
    onLine: (line) => {
      const [, json] = READY.exec(line) ?? [];
      if (json !== undefined) resolveReady(JSON.parse(json));
      else if (line.trim() !== '') report(line);
    },
  });
  const ready = Promise.race([
    readied,
    program.ended.then(() => {
      throw new LauncherError(`The local chain could not be started:\n${program.tail().slice(-15).join('\n')}`);
    }),
  ]);
  // Whoever waits for it sees the failure; when nobody does, it is no news.
  ready.catch(() => {});
  return { ...program, ready };
}

/**
 * The environment the app needs to find this chain.
 *
 * @param {string} controlUrl
 * @returns {Promise<Record<string, string>>}
 */
export async function readDevnetEnv(controlUrl) {
  const response = await fetch(`${controlUrl}/deployment`, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new LauncherError(`The local chain's control server answered ${response.status}.`);
  const { env } = await response.json();
  return env;
}
