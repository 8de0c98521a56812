import 'server-only';
import { parseAlertingEnv } from '@/lib/config/alerting-env';
import { parseDeliveryEnv } from '@/lib/config/delivery-env';
import { policy } from '@/lib/config/policy';
import { InvalidInputError } from '@/lib/domain/errors';
import { systemClock } from '@/lib/feeds/clock';
import packageJson from '@/package.json';
import { getLive } from '../live';
import { getStorage } from '../storage/storage';
import { type Alerting, startAlerting } from './start-alerting';

/** One for the process: the bundler gives each route its own copy of this module, and reloads it in development. */
const KEY = Symbol.for('ballast.alerting');
const holder = globalThis as { [KEY]?: Promise<Alerting> | undefined };

const report = (problem: unknown): void => {
  console.error(`Alerts: ${problem instanceof Error ? problem.message : String(problem)}`);
};

async function start(): Promise<Alerting> {
  const { env, hub, positions, readBlock } = getLive();
  const [delivery, alerting] = [parseDeliveryEnv(process.env), parseAlertingEnv(process.env)];
  return startAlerting({
    clock: systemClock,
    storage: await getStorage(),
    hub,
    positions,
    readBlock,
    chainId: env.chain.chainId,
    stalledAfterMs: env.chain.stalledAfterMs,
    owners: env.demoAccounts,
    delivery,
    alerting,
    engineVersion: packageJson.version,
    random: Math.random,
    onProblem: report,
  });
}

/**
 * Everything that warns, started at the first call and kept. A failure is not kept: the next call tries again.
 * Throws `InvalidInputError` ENV, `StorageOwnedError`, `StorageUnavailableError`.
 */
export function getAlerting(): Promise<Alerting> {
  const known = holder[KEY];
  if (known) return known;
  const starting = start();
  holder[KEY] = starting;
  starting.catch(() => {
    if (holder[KEY] === starting) holder[KEY] = undefined;
  });
  return starting;
}

/**
 * Starts it with the server, and again and again until it runs: an alert must not wait for somebody to open a page. A configuration that is not
 * valid is told once, for nothing mends it while this process runs.
 */
export function keepAlerting(): void {
  getAlerting().catch((cause) => {
    report(cause);
    if (!(cause instanceof InvalidInputError)) systemClock.after(policy.alerts.restartAfterMs, keepAlerting);
  });
}

/** Ends it where it runs: what is being sent is settled, and the storage is free for the next process. */
export async function endAlerting(): Promise<void> {
  await (await holder[KEY]?.catch(() => undefined))?.stop();
}
