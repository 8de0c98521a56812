import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findFreePorts } from '../../scripts/lib/ports.mjs';
import { createDataDirectory } from './data-directory';

/**
 * Starts a second app on the build that the launcher made, with another environment, and waits until it answers at all.
 *
 * @returns its address, how to send it a signal, and how to end it
 */
export async function startApp(env: Readonly<Record<string, string>>): Promise<{
  readonly url: string;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly stop: () => Promise<void>;
}> {
  const [port] = (await findFreePorts(1)) as [number];
  const next = join('node_modules', 'next', 'dist', 'bin', 'next');
  const app = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], {
    env: {
      ...process.env,
      BALLAST_DATA_DIR: createDataDirectory(),
      ...env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => app.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const signal = (name: NodeJS.Signals) => {
    app.kill(name);
  };
  const stop = async () => {
    // One that hangs hears SIGTERM only once it goes on.
    signal('SIGCONT');
    signal('SIGTERM');
    await ended;
  };
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  for (;;) {
    if (gone) throw new Error('The second app ended before it answered');
    const answered = await fetch(`${url}/api/health`).catch(() => undefined);
    if (answered) return { url, signal, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
