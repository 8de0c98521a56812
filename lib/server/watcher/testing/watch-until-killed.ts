// A program of its own, for campaigns that kill it: the real storage, watcher and delivery over a scripted chain. Its one argument is
// `WatchOrders` as JSON; the parent says by messages how high the chain is. It says `armed`, and at the end `dry`.
import type { StorageEnv } from '@/lib/config/storage-env';
import { readNextDue } from '../../storage/deliveries';
import { openStorage } from '../../storage/open-storage';
import { ScriptedChain } from './scripted-chain';
import { deliverScript, ScriptedNode, saveScript, watchScript } from './scripted-watch';

export interface WatchOrders {
  readonly env: StorageEnv;
  readonly seed: number;
  readonly height: number;
  /** Where the receiver is, without a path. */
  readonly url: string;
  readonly secret: string;
  /** How far ahead of the machine's its clock is: a minute more at each start, so that what the one before had leased has run out. */
  readonly aheadMs: number;
  /** Saves channels and triggers and watches the first block, then ends. */
  readonly isFirst: boolean;
  /** It kills itself as soon as so many batches of firings are committed, before it does anything else; 0: it does not. */
  readonly killAtRecorded: number;
  /** Says `dry` once there is nothing left to look at, to record or to send. */
  readonly isLast: boolean;
}

const LOOK_EVERY_MS = 5;
const DRY_EVERY_MS = 20;
const orders = JSON.parse(process.argv[2] ?? '') as WatchOrders;
const say = (word: 'armed' | 'dry'): void => void process.send?.(word);
const wait = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

let batches = 0;
function countBatch(firings: readonly unknown[]): void {
  if (firings.length === 0) return;
  batches += 1;
  if (batches === orders.killAtRecorded) process.kill(process.pid, 'SIGKILL');
}

async function main(): Promise<void> {
  const storage = await openStorage(orders.env);
  if (orders.isFirst) await saveScript(storage, orders);
  const node = new ScriptedNode(new ScriptedChain(orders.seed), orders.height);
  process.on('message', (height: number) => node.rise(height));
  const watcher = await watchScript(storage, node, countBatch);
  if (!orders.isFirst) {
    await deliverScript(
      storage,
      () => orders.aheadMs,
      (error) => console.error(error),
    );
  }
  while (!watcher.status().isArmed) await wait(LOOK_EVERY_MS);
  if (orders.isLast || orders.isFirst) await watcher.flush();
  if (orders.isFirst) {
    watcher.stop();
    await storage.close();
    process.exit(0);
  }
  say('armed');
  if (!orders.isLast) return;
  while ((await readNextDue(storage.db)) !== undefined) await wait(DRY_EVERY_MS);
  say('dry');
}

// Whoever started it has ended.
process.on('disconnect', () => process.exit(0));
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
