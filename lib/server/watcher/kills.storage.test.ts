import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBoth, type TestDatabase } from '../storage/testing/storage-targets';
import { runKillCampaign } from './testing/run-kill-campaign';

/** BALLAST_KILLS says how many on each; `npm run test:long` asks for 250. */
const KILLS = Number(process.env.BALLAST_KILLS ?? 10);
const SEED = Number(process.env.BALLAST_SEED ?? 20_261_122);

describeOnBoth('a watcher killed while it looks, records and sends', (createDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.remove());

  test(
    `${KILLS} times at random moments (seed ${SEED}): nothing lost, nothing under two keys, nothing that should not be`,
    async () => {
      const result = await runKillCampaign({ env: database.env, kills: KILLS, seed: SEED });
      expect(result).toMatchObject({ lost: [], duplicated: [], unexpected: [], unbelievable: 0 });
      // There was something to lose.
      expect(result.expected).toBeGreaterThan(KILLS);
    },
    120_000 + KILLS * 30_000,
  );
});
