import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { findFreePorts } from '../../scripts/lib/ports.mjs';

const READY = /^Ballast is ready at (\S+)$/;

/**
 * Starts the product on the frozen chain, on ports of its own.
 *
 * @returns its address, and how to end it and all it started
 */
export async function startFrozen(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const [port, chainPort, controlPort] = (await findFreePorts(3)) as [number, number, number];
  const launcher = spawn(process.execPath, ['scripts/start.mjs', '--frozen'], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      BALLAST_END_WITH: String(process.pid),
      PORT: String(port),
      BALLAST_CHAIN_PORT: String(chainPort),
      BALLAST_DEVNET_PORT: String(controlPort),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => launcher.once('exit', () => resolve()));
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: launcher.stdout }).on('line', (line) => {
      lines.push(line);
      const ready = READY.exec(line)?.[1];
      if (ready !== undefined) resolve(ready);
    });
    ended.then(() => reject(new Error(`The launcher ended before it was ready:\n${lines.join('\n')}`)));
  });
  return {
    url,
    stop: async () => {
      launcher.kill('SIGTERM');
      await ended;
    },
  };
}
