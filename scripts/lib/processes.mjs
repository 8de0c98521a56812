import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ROOT } from './project.mjs';

const IS_WINDOWS = process.platform === 'win32';
const END_WITH_PARENT = new URL('./end-with-parent.mjs', import.meta.url).href;
const TAIL_LINES = 200;
const GRACE_MS = 4_000;

/**
 * @typedef {object} RunningProgram
 * @property {number} pid
 * @property {Promise<ProgramEnd>} ended resolves when the program, and everything it started, is gone
 * @property {() => string[]} tail its last lines
 * @property {() => Promise<ProgramEnd>} stop asks it to end, then ends its whole group
 *
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null }} ProgramEnd
 */

/** @type {Map<number, RunningProgram>} */
const running = new Map();
let stopping = false;

// Last resort, also after an error nobody caught: nothing outlives this process.
process.on('exit', () => {
  for (const pid of running.keys()) killGroup(pid);
});

/**
 * Starts a Node program in a process group of its own (a Ctrl-C of the terminal must reach the launcher alone, which ends the programs in order)
 * that ends with this process whatever happens to it.
 *
 * @param {string[]} args Node's arguments: options, script, the script's arguments
 * @param {{ env?: Record<string, string | undefined>, onLine?: (line: string, stream: 'stdout' | 'stderr') => void }} [options]
 * @returns {RunningProgram}
 */
export function startNode(args, { env = {}, onLine = () => {} } = {}) {
  if (stopping) throw new Stopping();
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env, BALLAST_LAUNCHER_PID: String(process.pid) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !IS_WINDOWS,
    windowsHide: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`Could not start ${args.join(' ')}`);
  /** @type {string[]} */
  const tail = [];
  for (const stream of /** @type {const} */ (['stdout', 'stderr'])) {
    createInterface({ input: child[stream] }).on('line', (line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onLine(line, stream);
    });
  }
  /** @type {Promise<ProgramEnd>} */
  const exited = new Promise((resolve) => child.once('exit', (code, endedBy) => resolve({ code, signal: endedBy })));
  const closed = new Promise((resolve) => child.once('close', resolve));
  const ended = exited.then(async (end) => {
    killGroup(pid);
    running.delete(pid);
    // Its last lines are still on their way; something that left the group may hold the pipe open for ever.
    await Promise.race([closed, delay(1_000)]);
    return end;
  });
  const stop = async () => {
    if (!IS_WINDOWS) signal(pid, 'SIGTERM');
    await Promise.race([exited, delay(IS_WINDOWS ? 0 : GRACE_MS)]);
    killGroup(pid);
    return ended;
  };
  const program = { pid, ended, stop, tail: () => [...tail] };
  running.set(pid, program);
  return program;
}

/**
 * Runs a Node program to its end.
 *
 * @param {string[]} args
 * @param {Parameters<typeof startNode>[1]} [options]
 * @returns {Promise<ProgramEnd & { tail: string[] }>}
 */
export async function runNode(args, options) {
  const program = startNode(args, options);
  const end = await program.ended;
  if (stopping) throw new Stopping();
  return { ...end, tail: program.tail() };
}

/** Thrown where work is given up because the user asked to end. */
export class Stopping extends Error {
  constructor() {
    super('Stopping.');
    this.name = 'Stopping';
  }
}

/** @returns {boolean} whether the user has asked to end */
export const isStopping = () => stopping;

/**
 * Ends everything and then this process: on Ctrl-C, SIGTERM, SIGHUP, when nobody reads the output any more, when the process that BALLAST_END_WITH
 * names is gone, and, under npm, when npm is. A second Ctrl-C does not wait.
 *
 * @param {{ report: (message: string) => void, onStopped?: () => void }} options
 */
export function endEverythingOnSignals({ report, onStopped = () => {} }) {
  let askedAtMs = 0;
  const end = async (/** @type {string} */ why, /** @type {number} */ exitCode) => {
    if (stopping) {
      // npm passes on a Ctrl-C that the terminal has also sent here: only a later one is the user's second.
      if (performance.now() - askedAtMs > 1_000) process.exit(exitCode);
      return;
    }
    stopping = true;
    askedAtMs = performance.now();
    report(`${why}: ending everything …`);
    await Promise.all([...running.values()].map((program) => program.stop()));
    onStopped();
    process.exit(exitCode);
  };
  process.on('SIGINT', () => end('Ctrl-C', 130));
  process.on('SIGTERM', () => end('SIGTERM', 143));
  process.on('SIGHUP', () => end('SIGHUP', 129));
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => end('The output was closed', 141));
  }
  const endWith = Number(process.env.BALLAST_END_WITH);
  if (endWith > 0) {
    setInterval(() => {
      if (!isAlive(endWith)) end(`Process ${endWith} is gone`, 143);
    }, 1_000).unref();
  }
  if (!IS_WINDOWS && process.env.npm_lifecycle_event !== undefined) {
    const parent = process.ppid;
    const npm = readShellParent(parent) ?? parent;
    setInterval(() => {
      if (process.ppid !== parent || !isAlive(npm)) end('npm is gone', 143);
    }, 1_000).unref();
  }
}

/**
 * Does work that a signal may interrupt: what is torn down on the way is then no failure, and the signal's own exit is the end.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function untilStopped(work) {
  try {
    const result = await work();
    if (!stopping) return result;
  } catch (error) {
    if (!stopping) throw error;
  }
  return new Promise(() => {});
}

/**
 * @param {ProgramEnd} end
 * @returns {string}
 */
export function describeEnd({ code, signal: endedBy }) {
  return endedBy === null ? `exit code ${code}` : endedBy;
}

/**
 * @param {number} pid
 * @returns {boolean} whether there is such a process
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {number} ms */
export function delay(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * npm runs a script through a shell, which does not notice when npm is killed.
 *
 * @param {number} pid
 * @returns {number | undefined} the parent of `pid`, when `pid` is a shell
 */
function readShellParent(pid) {
  try {
    const text = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8', timeout: 2_000 });
    const [, parent] = /^\s*(\d+)\s+\S*sh$/m.exec(text) ?? [];
    return parent === undefined ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}

/** @param {number} pid @param {NodeJS.Signals} name */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

/** @param {number} pid */
function killGroup(pid) {
  if (IS_WINDOWS) spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
  else signal(-pid, 'SIGKILL');
}
