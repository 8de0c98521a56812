import { getAlerting } from '@/lib/server/alerting/alerting';
import { describeWatcher } from './describe-watcher';

const SAY_EVERY_MS = 60_000;

/**
 * Runs the watch over triggers and the sending of alerts until it is told to end. Beside the app it needs a Postgres server of its own
 * (`DATABASE_URL`): the embedded database has one owner. Gives the exit code.
 *
 * Errors: `InvalidInputError` ENV, `StorageOwnedError`, `StorageUnavailableError`.
 */
export async function main(): Promise<number> {
  const alerting = await getAlerting();
  let said = '';
  // Said when it changes, and every minute: whoever reads the log sees that it is alive.
  const say = (isDue: boolean) => {
    const text = describeWatcher(alerting.watcher.status());
    if (text !== said || isDue) console.log(`${new Date().toISOString()} ${text}`);
    said = text;
  };
  const timers = [setInterval(() => say(false), 1_000), setInterval(() => say(true), SAY_EVERY_MS)];
  say(true);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  for (const timer of timers) clearInterval(timer);
  await alerting.stop();
  return 0;
}
