import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createRandom } from '@/lib/venues/random-draws';
import { readNextDue } from '../storage/deliveries';
import { openStorage, type Storage } from '../storage/open-storage';
import { type PostgresCluster, startPostgresCluster } from '../storage/testing/postgres-cluster';
import { AlertReceiver } from './testing/alert-receiver';
import { compareTold } from './testing/compare-told';
import { listExpected } from './testing/list-expected';
import { ScriptedChain } from './testing/scripted-chain';
import { deliverScript, ScriptedNode, saveScript, watchScript } from './testing/scripted-watch';

const SEED = 20_261_122;
const secret = 'the-secret-of-the-test';
const [BEFORE, DURING, AFTER] = [40, 80, 100] as const;
const LEASED_MS = 61_000;

const wait = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

describe.skipIf(inject('postgresBinaries') === null)('a Postgres server that goes away under the watcher', () => {
  let cluster: PostgresCluster;
  let storage: Storage;
  const receiver = new AlertReceiver(secret, createRandom(SEED));
  beforeAll(async () => {
    cluster = await startPostgresCluster(inject('postgresBinaries') ?? '');
    storage = await openStorage({ kind: 'server', url: cluster.url });
    await receiver.start();
  });
  afterAll(async () => {
    await receiver.stop();
    await storage.close();
    await cluster.stop();
  });

  test('it is told and nothing looks armed meanwhile; once it is back everything is recorded and sent, once', async () => {
    const chain = new ScriptedChain(SEED);
    const node = new ScriptedNode(chain, 1);
    await saveScript(storage, { url: receiver.url.replace(/\/$/, ''), secret });
    const watcher = await watchScript(storage, node);
    let aheadMs = 0;
    const delivery = await deliverScript(
      storage,
      () => aheadMs,
      () => {},
    );
    await watcher.flush();
    const mine = async (from: number, to: number) => {
      for (let height = from + 1; height <= to; height += 1) {
        node.rise(height);
        await wait(2);
      }
    };
    await mine(1, BEFORE);
    // In the middle of recording and sending.
    await cluster.crash();
    await mine(BEFORE, DURING);
    expect(watcher.status()).toMatchObject({ isArmed: false, problem: expect.any(String) });
    await cluster.start();
    await mine(DURING, AFTER);
    await watcher.flush();
    expect(watcher.status()).toMatchObject({ isArmed: true, behind: 0, problem: undefined });
    // What was being sent when the server went is leased for a minute.
    aheadMs = LEASED_MS;
    receiver.isWell = true;
    while ((await readNextDue(storage.db)) !== undefined) {
      delivery.wake();
      await wait(20);
    }
    await delivery.stop();
    watcher.stop();
    const result = compareTold(listExpected(chain, AFTER), receiver.alerts);
    expect({ ...result, unbelievable: receiver.unbelievable }).toMatchObject({
      lost: [],
      duplicated: [],
      unexpected: [],
      unbelievable: 0,
    });
    expect(result.expected).toBeGreaterThan(50);
  });
});
