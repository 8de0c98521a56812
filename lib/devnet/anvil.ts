import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { AnvilError } from './devnet-error';

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 15_000;

/** Number of unlocked accounts; who uses which index is in `roles.ts`. */
const ANVIL_ACCOUNTS = 64;

export interface AnvilOptions {
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly chainId?: number;
  readonly genesisTimestampSeconds: number;
  /** Any address may send, without a key and without a balance: tests only. */
  readonly impersonate?: boolean;
  /** So many past states stay readable; older ones are dropped and nothing goes to disk. Absent: anvil's own default. */
  readonly keptStates?: number;
  /** A dumped state to go on from; its blocks stay, states before its last one do not. */
  readonly stateFile?: string;
}

export interface AnvilProcess {
  readonly url: string;
  readonly wsUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the process is gone, whoever ended it. */
  readonly exited: Promise<void>;
  /** Ends the process at once; a stopped (SIGSTOP) one too. */
  kill(): Promise<void>;
}

/** Files in which anvil may be, in the order in which they are tried; PATH comes last. */
function listCandidates(): readonly string[] {
  const name = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
  const require = createRequire(import.meta.url);
  const resolveDirectory = (packageName: string): readonly string[] => {
    try {
      return [dirname(require.resolve(`${packageName}/package.json`))];
    } catch {
      return [];
    }
  };
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  return [
    ...resolveDirectory(`@foundry-rs/anvil-${process.platform}-${architecture}`).map((root) => join(root, 'bin', name)),
    // Where the package's own install script puts a downloaded binary.
    ...resolveDirectory('@foundry-rs/anvil').flatMap((root) => [join(root, name), join(root, 'dist', name)]),
    ...(process.env.PATH ?? '')
      .split(delimiter)
      .filter(Boolean)
      .map((directory) => join(directory, name)),
  ];
}

/**
 * The anvil binary: `BALLAST_ANVIL`, the platform's package, what that package's install script downloaded, PATH.
 *
 * Errors: `AnvilError` ANVIL_MISSING, with how to install Foundry.
 */
export function findAnvil(): string {
  const chosen = process.env.BALLAST_ANVIL;
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new AnvilError('ANVIL_MISSING', `BALLAST_ANVIL names ${chosen}, where there is no file.`, {
      nextStep: 'Set BALLAST_ANVIL to the anvil binary of a Foundry installation, or unset it.',
    });
  }
  const found = listCandidates().find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new AnvilError('ANVIL_MISSING', `There is no anvil for ${process.platform} ${process.arch} here.`, {
    nextStep:
      'Install Foundry (https://getfoundry.sh: "curl -L https://foundry.paradigm.xyz | bash", then "foundryup"), or set BALLAST_ANVIL to the binary.',
  });
}

/**
 * A port of the loopback interface that nothing listens on: `wanted`, or any free one for 0.
 *
 * Errors: `AnvilError` PORT_TAKEN.
 */
export function findPort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (cause) =>
      reject(
        new AnvilError('PORT_TAKEN', `Port ${wanted} on ${HOST} is taken.`, {
          inputs: { port: wanted },
          nextStep: 'End what listens there, or choose another port.',
          cause,
        }),
      ),
    );
    server.listen(wanted, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : wanted));
    });
  });
}

const running = new Set<ChildProcess>();

function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

let guarded = false;

/** anvil outlives its parent, so it is ended whenever this process ends by itself or by a signal it can catch. */
function guardChildren(): void {
  if (guarded) return;
  guarded = true;
  process.on('exit', killAll);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => {
      killAll();
      // Alone with this signal, this handler has suppressed its default: end as one would have without it.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}',
      signal: AbortSignal.timeout(1_000),
    });
    return response.ok;
  } catch {
    return false;
  }
}

function buildArguments(port: number, options: AnvilOptions): readonly string[] {
  return [
    // Otherwise any web page open on this machine could drive the chain through its reader's browser.
    ['--no-cors'],
    ['--host', HOST, '--port', `${port}`, '--quiet', '--accounts', `${ANVIL_ACCOUNTS}`],
    // The contracts are compiled for Shanghai. Later forks write block hashes and timestamps into system contracts at every block, which anvil
    // hashes anew each time: blocks then take 30 ms instead of 3 and each kept state grows by megabytes.
    ['--hardfork', 'shanghai', '--order', 'fifo'],
    ['--chain-id', `${options.chainId ?? 31_337}`, '--timestamp', `${options.genesisTimestampSeconds}`],
    // Gas is free, so that balances stay round and an account without ether can act.
    ['--block-base-fee-per-gas', '0', '--gas-price', '0', '--disable-min-priority-fee', '--gas-limit', '1000000000'],
    options.stateFile === undefined ? [] : ['--load-state', options.stateFile],
    options.impersonate ? ['--auto-impersonate'] : [],
    options.keptStates === undefined ? [] : ['--prune-history', `${options.keptStates}`],
    options.keptStates === undefined ? [] : ['--transaction-block-keeper', `${options.keptStates}`],
  ].flat();
}

/**
 * Starts anvil on the loopback interface and waits until it answers.
 *
 * Errors: `AnvilError` ANVIL_MISSING, PORT_TAKEN, ANVIL_START (it ended, or stayed silent for 15 s).
 */
export async function startAnvil(options: AnvilOptions): Promise<AnvilProcess> {
  const binary = findAnvil();
  const port = await findPort(options.port ?? 0);
  const child = spawn(binary, buildArguments(port, options), { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  guardChildren();
  running.add(child);
  let gone = false;
  const exited = new Promise<void>((resolve) => {
    const settle = (): void => {
      gone = true;
      running.delete(child);
      resolve();
    };
    child.once('exit', settle);
    child.once('error', (error) => {
      complaint += error.message;
      settle();
    });
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  const url = `http://${HOST}:${port}`;
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await answers(url))) {
    if (gone || performance.now() > deadline) {
      await kill();
      throw new AnvilError('ANVIL_START', `anvil did not start: ${complaint.trim() || 'no answer'}`, {
        inputs: { binary, port },
        nextStep: 'Run the binary by hand to see what it says; it needs glibc 2.35 or newer on Linux.',
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  return { url, wsUrl: `ws://${HOST}:${port}`, port, pid: child.pid ?? 0, exited, kill };
}
