import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { createDataDirectory } from '../e2e/support/data-directory';
import { DevnetControl } from '../e2e/support/devnet';
import { BROWSER_FLAGS } from '../scripts/lib/browser-flags.mjs';
import { findBrowser } from '../scripts/lib/find-browser.mjs';
import { findFreePorts } from '../scripts/lib/ports.mjs';
import { BenchmarkError } from './benchmark';

const READY = /^Ballast is ready at (\S+)$/;
/** A build, a compile of the contracts and a start, on a slow machine. */
const START_TIMEOUT_MS = 300_000;

/** The product as `npm start` runs it: production build, its own chain, market and keeper. */
export interface App {
  readonly url: string;
  readonly devnet: DevnetControl;
  stop(): Promise<void>;
}

/**
 * Starts the real launcher on ports of its own and waits until it says that the app is ready.
 *
 * Errors: `BenchmarkError` APP with the launcher's last lines.
 */
export async function startApp(report: (message: string) => void): Promise<App> {
  const [port, chainPort, controlPort] = (await findFreePorts(3)) as [number, number, number];
  const token = randomBytes(24).toString('hex');
  // A chain that the user named is not the one to measure on.
  const { BALLAST_RPC_URL: _named, ...inherited } = process.env;
  const launcher = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...inherited,
      BALLAST_DATA_DIR: createDataDirectory(),
      HOST: '127.0.0.1',
      PORT: String(port),
      BALLAST_CHAIN_PORT: String(chainPort),
      BALLAST_DEVNET_PORT: String(controlPort),
      BALLAST_DEVNET_TOKEN: token,
      BALLAST_END_WITH: String(process.pid),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => launcher.once('exit', () => resolve()));
  const endWithUs = () => launcher.kill('SIGTERM');
  process.once('exit', endWithUs);
  const stop = async (): Promise<void> => {
    process.off('exit', endWithUs);
    launcher.kill('SIGTERM');
    await ended;
  };
  const lines: string[] = [];
  const failed = (why: string) =>
    new BenchmarkError('APP', `The app did not start (${why}):\n${lines.slice(-15).join('\n')}`, {
      nextStep: 'Run npm start by itself and see what it says.',
    });
  let timer: NodeJS.Timeout | undefined;
  try {
    const url = await new Promise<string>((resolve, reject) => {
      for (const stream of [launcher.stdout, launcher.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          lines.push(line);
          const ready = READY.exec(line)?.[1];
          if (ready !== undefined) resolve(ready);
          else report(`app: ${line}`);
        });
      }
      ended.then(() => reject(failed('the launcher ended')));
      timer = setTimeout(() => reject(failed('no answer in time')), START_TIMEOUT_MS);
    });
    return { url, devnet: new DevnetControl(`http://127.0.0.1:${controlPort}`, token, chainPort), stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The browser to measure in, with the flags it needs without a screen.
 * Errors: `BenchmarkError` BROWSER where there is none and none can be installed.
 */
export async function findChromium(
  report: (message: string) => void,
): Promise<{ readonly executablePath: string; readonly args: string[] }> {
  const found = await findBrowser({ install: true, report });
  if (found === undefined) {
    throw new BenchmarkError('BROWSER', 'There is no Chromium here and none could be installed.', {
      nextStep: 'Set CHROMIUM_PATH to one.',
    });
  }
  return { executablePath: found.path, args: [...BROWSER_FLAGS] };
}
