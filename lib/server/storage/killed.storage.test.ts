import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '@/lib/venues/random-draws';
import { listDeliveries } from './deliveries';
import { listFirings } from './firings';
import { openStorage } from './open-storage';
import { createTrigger } from './testing/firing-examples';
import { runWriter } from './testing/run-writer';
import { describeOnBoth, type TestDatabase } from './testing/storage-targets';
import { listTriggerStates } from './trigger-states';

const KILLS = Math.max(1, Math.round(2 * Number(process.env.BALLAST_CASES ?? 1)));
const SEED = 20_261_121;
const MOST_FIRINGS = 40;
/** About as long as recording one firing takes, and as opening does. */
const WITHIN_FIRING_MS = 40;
const WITHIN_OPENING_MS = 3_000;

describeOnBoth('a process killed while it writes', (createDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.remove());

  test(`${KILLS} times at random moments: nothing it was told is lost, and nothing is there by half (seed ${SEED})`, async () => {
    const random = createRandom(SEED);
    const { env } = database;
    const storage = await openStorage(env);
    const ids = await createTrigger(storage.db, 'killed');
    await storage.close();
    let recorded = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      // Every fourth time while it opens.
      const opening = kill % 4 === 0;
      const lines = opening ? 1 : 2 + Math.ceil(random() * MOST_FIRINGS);
      const delayMs = random() * (opening ? WITHIN_OPENING_MS : WITHIN_FIRING_MS);
      const { lines: said, signal } = await runWriter(env, {
        ...ids,
        firstEpisode: recorded + 1,
        killAfterMs: (count) => (count === lines ? delayMs : undefined),
      });
      expect(signal, said.at(-1)).toBe('SIGKILL');
      recorded = await checkWhole(Math.max(recorded, ...said.slice(2).map(Number)));
    }
    expect(recorded).toBeGreaterThan(0);
  });

  /** Firings 1 to n with a message each, and the state of the last; n is at least what was acknowledged, and at most one more. */
  async function checkWhole(acknowledged: number): Promise<number> {
    const { db, close } = await openStorage(database.env);
    try {
      const episodes: number[] = [];
      for (let afterId = 0; ; ) {
        const page = await listFirings(db, { afterId, limit: 500 });
        if (page.length === 0) break;
        episodes.push(...page.map(({ episode }) => episode));
        afterId = page.at(-1)?.id ?? 0;
      }
      const n = episodes.length;
      expect([acknowledged, acknowledged + 1]).toContain(n);
      expect(episodes).toEqual(Array.from({ length: n }, (_, index) => index + 1));
      const messages = new Set<string>();
      for (let beforeId = Number.MAX_SAFE_INTEGER; ; ) {
        const page = await listDeliveries(db, { state: 'pending', beforeId, limit: 500 });
        if (page.length === 0) break;
        for (const { key } of page) messages.add(key);
        beforeId = page.at(-1)?.id ?? 0;
      }
      expect(messages).toEqual(new Set(episodes.map((episode) => `trigger-killed/s/${episode}/channel-killed/0`)));
      expect((await listTriggerStates(db)).map(({ episode }) => episode)).toEqual(n === 0 ? [] : [n]);
      return n;
    } finally {
      await close();
    }
  }
});
