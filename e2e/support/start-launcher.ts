import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { findFreePorts } from '../../scripts/lib/ports.mjs';
import { createDataDirectory } from './data-directory';

const READY = /^Ballast is ready at (\S+)$/;

export interface Launcher {
  readonly url: string;
  readonly pid: number;
  readonly ports: { readonly app: number; readonly chain: number; readonly control: number };
  /** What the control server asks for. */
  readonly token: string;
  /** Everything it has said so far. */
  readonly lines: readonly string[];
  readonly signal: (name: NodeJS.Signals) => void;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  /** Ends it and all it started. */
  readonly stop: () => Promise<void>;
}

/** Starts the whole product, as `npm start` does, on ports of its own, and waits until it is ready. */
export async function startLauncher(args: readonly string[] = []): Promise<Launcher> {
  const [app, chain, control] = (await findFreePorts(3)) as [number, number, number];
  const token = randomBytes(24).toString('hex');
  const launcher = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    env: {
      ...process.env,
      BALLAST_DATA_DIR: createDataDirectory(),
      HOST: '127.0.0.1',
      BALLAST_END_WITH: String(process.pid),
      BALLAST_DEVNET_TOKEN: token,
      PORT: String(app),
      BALLAST_CHAIN_PORT: String(chain),
      BALLAST_DEVNET_PORT: String(control),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => launcher.once('exit', resolve));
  const lines: string[] = [];
  createInterface({ input: launcher.stderr }).on('line', (line) => lines.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: launcher.stdout }).on('line', (line) => {
      lines.push(line);
      const ready = READY.exec(line)?.[1];
      if (ready !== undefined) resolve(ready);
    });
    ended.then(() => reject(new Error(`The launcher ended before it was ready:\n${lines.join('\n')}`)));
  });
  const signal = (name: NodeJS.Signals) => {
    launcher.kill(name);
  };
  const stop = async () => {
    signal('SIGTERM');
    await ended;
  };
  return { url, pid: launcher.pid ?? 0, ports: { app, chain, control }, token, lines, signal, ended, stop };
}
