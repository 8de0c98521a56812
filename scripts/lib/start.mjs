import { randomBytes } from 'node:crypto';
import { availableParallelism, freemem } from 'node:os';
import { formatAppUrl, parseHost, parsePort } from './address.mjs';
import { startApp, waitUntilReady } from './app.mjs';
import { buildIfStale } from './build.mjs';
import { requireChainEnv } from './chain-env.mjs';
import { readDevnetEnv, startDevnet } from './devnet.mjs';
import { installIfNeeded } from './install.mjs';
import { keepRunning } from './keep-running.mjs';
import { LauncherError } from './launcher-error.mjs';
import { findFreePorts, readUsablePort, requireFreeAppPort } from './ports.mjs';
import { endEverythingOnSignals, isStopping, untilStopped } from './processes.mjs';
import { createProgress } from './progress.mjs';

const DEFAULT_APP_PORT = 3000;
const DEFAULT_CHAIN_PORT = 8545;
const DEFAULT_CONTROL_PORT = 8547;
/** A build and a compile at once want about this much. */
const ROOM_FOR_BOTH_BYTES = 3 * 2 ** 30;

const USAGE = `Usage: npm start | npm run dev | node scripts/start.mjs [--dev] [--frozen]
  --dev     the app in development mode, reloading as sources change
  --frozen  the local chain with fixed blocks and prices, as the golden screenshots use it
PORT, HOST, BALLAST_RPC_URL and others: see README.md.`;

/**
 * `npm start` and `npm run dev`: from whatever state the checkout is in to a running app on a running chain, until told to end.
 *
 * @param {string[]} args
 */
export async function main(args) {
  const options = parseArguments(args);
  const report = createProgress();
  endEverythingOnSignals({ report, onStopped: () => report('ended') });
  await untilStopped(() => start(options, report));
}

/** @param {string[]} args */
function parseArguments(args) {
  const unknown = args.find((arg) => arg !== '--dev' && arg !== '--frozen');
  if (unknown !== undefined) throw new LauncherError(`There is no “${unknown}”.\n${USAGE}`);
  return { dev: args.includes('--dev'), frozen: args.includes('--frozen') };
}

/**
 * @param {{ dev: boolean, frozen: boolean }} options
 * @param {(message: string) => void} report
 */
async function start({ dev, frozen }, report) {
  const host = parseHost(process.env);
  if (isSet('BALLAST_RPC_URL')) requireChainEnv(process.env);
  const wishedPort = parsePort('PORT', process.env.PORT, DEFAULT_APP_PORT);
  const port = wishedPort === 0 ? (await findFreePorts(1, host))[0] : wishedPort;
  await requireFreeAppPort(host, port);
  await installIfNeeded(report);

  const chain = isSet('BALLAST_RPC_URL') ? undefined : await readDevnetOptions(frozen, report);
  const buildApp = () => (dev ? Promise.resolve() : buildIfStale(report));
  if (!chain || freemem() < ROOM_FOR_BOTH_BYTES || availableParallelism() < 2) await buildApp();
  const devnet = chain && startDevnet(chain);
  const readEnv = async (/** @type {{ controlUrl: string }} */ { controlUrl }) => ({
    ...(await readDevnetEnv(controlUrl)),
    ...(chain && { BALLAST_DEVNET_TOKEN: chain.token }),
  });
  const [env] = await Promise.all([devnet ? devnet.ready.then(readEnv) : {}, buildApp()]);

  const url = formatAppUrl(host, port);
  const launchApp = () => startApp({ host, port, dev, env: currentEnv, report });
  let currentEnv = env;
  let app = launchApp();
  if (chain && devnet) {
    keepRunning('The local chain', devnet, () => restartDevnet(), report).catch(giveUp);
  }
  await waitUntilReady(url, app, report);
  if (isStopping()) return;
  process.stdout.write(`Ballast is ready at ${url}\n`);
  await keepRunning(
    'The app',
    app,
    async () => {
      app = launchApp();
      return app;
    },
    report,
  );

  async function restartDevnet() {
    const next = startDevnet(/** @type {import('./devnet.mjs').DevnetOptions} */ (chain));
    next.ready
      .then(readEnv)
      .then((nextEnv) => {
        report('the local chain is back');
        if (JSON.stringify(nextEnv) === JSON.stringify(currentEnv)) return;
        // The app reads its environment once: what changed there reaches it by a restart, which its keeper does.
        currentEnv = nextEnv;
        app.stop();
      })
      .catch(() => {});
    return next;
  }
}

/** @param {string} name */
const isSet = (name) => (process.env[name] ?? '') !== '';

/**
 * @param {boolean} frozen
 * @param {(message: string) => void} report
 * @returns {Promise<import('./devnet.mjs').DevnetOptions>}
 */
async function readDevnetOptions(frozen, report) {
  const [chainPort, controlPort] = await readDevnetPorts(report);
  const token = isSet('BALLAST_DEVNET_TOKEN')
    ? String(process.env.BALLAST_DEVNET_TOKEN)
    : randomBytes(24).toString('hex');
  return { chainPort, controlPort, token, frozen, report };
}

/** @param {(message: string) => void} report @returns {Promise<[number, number]>} */
async function readDevnetPorts(report) {
  /** @type {[number, number]} */
  const ports = [0, 0];
  for (const [index, name, fallback] of /** @type {const} */ ([
    [0, 'BALLAST_CHAIN_PORT', DEFAULT_CHAIN_PORT],
    [1, 'BALLAST_DEVNET_PORT', DEFAULT_CONTROL_PORT],
  ])) {
    const port = parsePort(name, process.env[name], fallback);
    ports[index] = await readUsablePort({ name, port, isAsked: isSet(name), report });
  }
  return ports;
}

/** @param {unknown} error */
function giveUp(error) {
  if (isStopping()) return;
  console.error(error);
  process.exit(1);
}
