import { randomInt } from 'node:crypto';
import { findAnvil, findPort } from '../lib/devnet/anvil';
import { compileContracts } from '../lib/devnet/compile';
import { startControlServer } from '../lib/devnet/control-server';
import { DevnetSupervisor } from '../lib/devnet/supervisor';
import { BallastError } from '../lib/domain/errors';

/**
 * The embedded chain as a process of its own: `node --import tsx scripts/devnet.ts [--frozen] [--compile-only]`.
 *
 * BALLAST_CHAIN_PORT (8545) and BALLAST_DEVNET_PORT (8547) choose the ports, 0 a free one; BALLAST_DEVNET_TOKEN is what the control
 * server asks for; BALLAST_SEED fixes the market. Progress goes to standard output line by line, then `devnet ready {"controlUrl":…}`.
 */

const report = (message: string): void => console.log(`chain: ${message}`);

function readPort(name: string, fallback: number): number {
  const text = process.env[name] ?? `${fallback}`;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new RangeError(`${name} must be a port, 0 to 65535, got "${text}".`);
  return port;
}

function readSeed(): number {
  const text = process.env.BALLAST_SEED;
  if (text === undefined || text === '') return randomInt(2 ** 31);
  if (!/^\d{1,9}$/.test(text))
    throw new RangeError(`BALLAST_SEED must be a whole number of at most 9 digits, got "${text}".`);
  return Number(text);
}

async function main(): Promise<void> {
  // Without a node nothing else is worth its time: said at once, with how to get one.
  findAnvil();
  if (process.argv.includes('--compile-only')) return void (await compileContracts(report));
  const chainPort = await findPort(readPort('BALLAST_CHAIN_PORT', 8_545));
  const controlPort = await findPort(readPort('BALLAST_DEVNET_PORT', 8_547));
  const artifacts = await compileContracts(report);
  const supervisor = new DevnetSupervisor({
    artifacts,
    chainPort,
    seed: readSeed(),
    frozen: process.argv.includes('--frozen'),
    report,
    now: () => Date.now(),
  });
  const server = await startControlServer(supervisor, {
    port: controlPort,
    token: process.env.BALLAST_DEVNET_TOKEN,
  });
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    await Promise.all([supervisor.stop(), server.close()]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end());
  supervisor.start();
  await supervisor.ready;
  console.log(`devnet ready ${JSON.stringify({ controlUrl: server.url })}`);
}

main().catch((error: unknown) => {
  console.error(`chain: ${(error as Error).message}`);
  if (error instanceof BallastError && error.detail.nextStep) console.error(`chain: ${error.detail.nextStep}`);
  process.exit(1);
});
