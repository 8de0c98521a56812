import { execFileSync } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { LauncherError } from './launcher-error.mjs';

/**
 * Whether `port` can be listened on: `undefined` when free, else the error's code.
 *
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | undefined>}
 */
export async function readPortProblem(host, port) {
  const problem = await new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
  if (problem !== undefined || port === 0) return problem;
  // macOS and Windows let two programs listen on one port when only one of them names the address.
  return (await answers(host, port)) ? 'EADDRINUSE' : undefined;
}

/** @param {string} host @param {number} port @returns {Promise<boolean>} */
function answers(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 });
    const done = (/** @type {boolean} */ answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('timeout', () => done(false));
    socket.once('error', () => done(false));
  });
}

/**
 * Free ports, all different.
 *
 * @param {number} count
 * @param {string} [host]
 * @returns {Promise<number[]>}
 */
export async function findFreePorts(count, host = '127.0.0.1') {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, host, () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/**
 * Fails, with what to do, when the app cannot listen where it is told to.
 *
 * @param {string} host
 * @param {number} port
 */
export async function requireFreeAppPort(host, port) {
  const problem = await readPortProblem(host, port);
  if (problem === undefined) return;
  if (problem === 'EADDRINUSE') {
    const owner = readPortOwner(port);
    throw new LauncherError(
      `Port ${port} on ${host} is taken${owner === undefined ? '' : ` by ${owner}`}. ` +
        `End that program${owner === undefined ? '' : ` (it may be Ballast already running: try http://${host}:${port})`}, ` +
        `or choose another port: ${formatWithPort(port + 1)}`,
    );
  }
  if (problem === 'EACCES') {
    throw new LauncherError(`Port ${port} needs special rights. Choose one above 1023: ${formatWithPort(3000)}`);
  }
  if (problem === 'EADDRNOTAVAIL' || problem === 'ENOTFOUND' || problem === 'EAI_AGAIN') {
    throw new LauncherError(`HOST is “${host}”, which is no address of this machine. Unset HOST, or give one that is.`);
  }
  throw new LauncherError(`Cannot listen on ${host}:${port} (${problem}). Choose another with PORT and HOST.`);
}

/**
 * The port of a program of ours: the wished one, or, where nobody asked for it by name, a free one instead when it is taken.
 *
 * @param {{ name: string, port: number, isAsked: boolean, report: (message: string) => void }} wish
 * @returns {Promise<number>}
 */
export async function readUsablePort({ name, port, isAsked, report }) {
  if (port !== 0) {
    const problem = await readPortProblem('127.0.0.1', port);
    if (problem === undefined) return port;
    if (isAsked) {
      throw new LauncherError(
        `${name} is ${port}, but that port cannot be had (${problem}). Choose another, or unset ${name}.`,
      );
    }
  }
  const [free] = await findFreePorts(1);
  if (port !== 0) report(`port ${port} is taken; using ${free} instead (${name} chooses another)`);
  return free;
}

/** @param {number} port */
const formatWithPort = (port) =>
  process.platform === 'win32' ? `set PORT=${port}&& npm start` : `PORT=${port} npm start`;

/**
 * Which program listens on a port, where the system tells.
 *
 * @param {number} port
 * @returns {string | undefined} like `node (process 4711)`
 */
function readPortOwner(port) {
  if (process.platform === 'win32') return undefined;
  const run = (/** @type {string} */ command, /** @type {string[]} */ args) => {
    try {
      return execFileSync(command, args, { encoding: 'utf8', timeout: 2_000, stdio: ['ignore', 'pipe', 'ignore'] });
    } catch {
      return '';
    }
  };
  const [, pid, name] = /^p(\d+)\nc(.+)$/m.exec(run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'])) ?? [];
  if (pid !== undefined) return `${name} (process ${pid})`;
  const [, ssName, ssPid] = /users:\(\("([^"]+)",pid=(\d+)/.exec(run('ss', ['-Hltnp', `sport = :${port}`])) ?? [];
  return ssPid === undefined ? undefined : `${ssName} (process ${ssPid})`;
}
