import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listDeliveries } from './deliveries';
import { acknowledge, countUnacknowledged, listFirings } from './firings';
import { acquireLeases, defineLeases } from './leases';
import { readProgress } from './progress';
import { recordFirings } from './record-firings';
import { createTrigger, toBatch, toTransition } from './testing/firing-examples';
import { describeOnBoth, useStorage } from './testing/storage-targets';
import { listTriggerStates } from './trigger-states';

const PROGRESS = { genesisHash: '0xab', shard: 'all', blockNumber: 7, blockHash: '0x07' };

describeOnBoth('record firings', (createDatabase) => {
  const target = useStorage(createDatabase);

  const readAll = async (triggerId: string) => ({
    firings: await listFirings(target.db, { limit: 100, triggerId }),
    deliveries: (await listDeliveries(target.db, { state: 'pending', limit: 500 })).filter(({ key }) =>
      key.startsWith(`${triggerId}/`),
    ),
    states: (await listTriggerStates(target.db)).filter((state) => state.triggerId === triggerId),
  });

  test('state, firing, message and progress are there together, as they were given', async () => {
    const { db } = target;
    const ids = await createTrigger(db, 'whole');
    const [recorded] = await recordFirings(db, { ...toBatch(toTransition(ids)), progress: PROGRESS });
    const { firings, deliveries, states } = await readAll(ids.triggerId);
    expect(firings).toEqual([
      {
        id: recorded?.id,
        triggerId: 'trigger-whole',
        triggerVersion: 1,
        triggerName: 'whole',
        subject: 's',
        episode: 1,
        severity: 'critical',
        firedAtMs: 1_000,
        record: { block: 7n, price: '1999.5' },
        recordedAtMs: 1_001,
        acknowledged: null,
      },
    ]);
    expect(deliveries).toEqual([
      {
        id: expect.any(Number),
        key: 'trigger-whole/s/1/channel-whole/0',
        firingId: recorded?.id,
        channelId: 'channel-whole',
        step: 0,
        state: 'pending',
        notBeforeMs: 1_000,
        attempts: 0,
        settledAtMs: null,
        lastDetail: null,
      },
    ]);
    expect(states).toEqual([
      {
        triggerId: 'trigger-whole',
        subject: 's',
        triggerVersion: 1,
        state: { kind: 'fired' },
        episode: 1,
        updatedAtMs: 1_001,
      },
    ]);
    expect(await readProgress(db, '0xab', 'all')).toEqual(PROGRESS);
    expect(await readProgress(db, '0xab', 'other')).toBeUndefined();
  });

  test('said again it changes nothing, with other channels neither', async () => {
    const { db } = target;
    const ids = await createTrigger(db, 'again');
    const other = await createTrigger(db, 'other');
    await recordFirings(db, toBatch(toTransition(ids)));
    const before = await readAll(ids.triggerId);
    expect(await recordFirings(db, toBatch(toTransition(ids)))).toEqual([]);
    const deliveries = [{ channelId: other.channelId, step: 0, notBeforeMs: 1, body: {} }];
    expect(await recordFirings(db, toBatch(toTransition(ids, { deliveries })))).toEqual([]);
    expect(await readAll(ids.triggerId)).toEqual(before);
    // Each subject and each episode is a firing of its own.
    const next = [toTransition(ids, { episode: 2 }), toTransition(ids, { subject: 't' })];
    expect(await recordFirings(db, toBatch(...next))).toHaveLength(2);
  });

  test('recorded by several at once, a firing is there once', async () => {
    const { db } = target;
    const ids = await createTrigger(db, 'race');
    const batch = toBatch(...['a', 'b', 'c'].map((subject) => toTransition(ids, { subject })));
    const mirrored = { ...batch, transitions: [...batch.transitions].reverse() };
    const all = await Promise.all([batch, mirrored, batch, mirrored].map((each) => recordFirings(db, each)));
    expect(all.flat()).toHaveLength(3);
    const { firings, deliveries } = await readAll(ids.triggerId);
    expect([firings.length, deliveries.length]).toEqual([3, 3]);
  });

  test('a failure anywhere leaves nothing of the batch', async () => {
    const { db } = target;
    const ids = await createTrigger(db, 'atomic');
    const nowhere = [{ channelId: 'no-such-channel', step: 0, notBeforeMs: 1, body: {} }];
    const bad = [
      toTransition(ids, { subject: 'bad', deliveries: nowhere }),
      toTransition(ids, { subject: 'bad', triggerVersion: 2 }),
      toTransition({ ...ids, triggerId: 'no-such-trigger' }),
    ];
    const reference = { code: 'REFERENCE' };
    for (const transition of bad) {
      const batch = { ...toBatch(toTransition(ids), transition), progress: { ...PROGRESS, genesisHash: '0xcd' } };
      await expect(recordFirings(db, batch)).rejects.toMatchObject(reference);
    }
    const later = db.transaction().execute(async (transaction) => {
      await recordFirings(transaction, toBatch(toTransition(ids)));
      await sql`select 1 / 0`.execute(transaction);
    });
    await expect(later).rejects.toThrow(/zero/);
    expect(await readAll(ids.triggerId)).toEqual({ firings: [], deliveries: [], states: [] });
    expect(await readProgress(db, '0xcd', 'all')).toBeUndefined();
  });

  test('a state from before the last firing is refused', async () => {
    const { db } = target;
    const ids = await createTrigger(db, 'stale');
    await recordFirings(db, toBatch(toTransition(ids, { episode: 2 })));
    await expect(recordFirings(db, toBatch(toTransition(ids)))).rejects.toMatchObject({ code: 'STALE_STATE' });
    expect((await readAll(ids.triggerId)).firings).toHaveLength(1);
  });

  test('an instance whose work was taken over records nothing more', async () => {
    const { db } = target;
    const ids = await createTrigger(db, 'fenced');
    await defineLeases(db, ['fence']);
    const ask = { limit: 1, leaseMs: 1_000 };
    const [lost] = await acquireLeases(db, { ...ask, owner: 'first', nowMs: 0 });
    const [held] = await acquireLeases(db, { ...ask, owner: 'second', nowMs: 1_000 });
    if (!lost || !held) throw new Error('Both should have had it.');
    const transition = toTransition(ids);
    await expect(recordFirings(db, { ...toBatch(transition), lease: lost })).rejects.toMatchObject({ code: 'LEASE' });
    expect((await readAll(ids.triggerId)).firings).toEqual([]);
    expect(await recordFirings(db, { ...toBatch(transition), lease: held })).toHaveLength(1);
  });

  test('the log is read in pages, either way, and knows what was acknowledged', async () => {
    const { db } = target;
    const ids = await createTrigger(db, 'pages');
    const { triggerId } = ids;
    const unseen = await countUnacknowledged(db);
    const transitions = Array.from({ length: 5 }, (_, n) => toTransition(ids, { subject: `s${n}` }));
    const numbers = (await recordFirings(db, toBatch(...transitions))).map(({ id }) => id);
    const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = numbers;
    const idsOf = async (query: object) =>
      (await listFirings(db, { limit: 2, triggerId, ...query })).map(({ id }) => id);
    expect(await idsOf({})).toEqual([fifth, fourth]);
    expect(await idsOf({ beforeId: fourth })).toEqual([third, second]);
    expect(await idsOf({ afterId: 0 })).toEqual([first, second]);
    expect(await idsOf({ afterId: fourth })).toEqual([fifth]);
    expect(await acknowledge(db, fifth, { by: 'Ann', note: null, atMs: 5 })).toBe(true);
    expect(await acknowledge(db, fifth, { by: 'Bob', note: 'late', atMs: 6 })).toBe(false);
    expect((await listFirings(db, { limit: 1, triggerId }))[0]?.acknowledged).toEqual({
      by: 'Ann',
      note: null,
      atMs: 5,
    });
    expect(await idsOf({ isUnacknowledged: true })).toEqual([fourth, third]);
    expect(await countUnacknowledged(db)).toBe(unseen + 4);
    const nobody = acknowledge(db, 999_999_999, { by: 'Ann', note: null, atMs: 5 });
    await expect(nobody).rejects.toMatchObject({ code: 'REFERENCE' });
  });

  test('thousands at once are one transaction', async () => {
    const { db } = target;
    const ids = await createTrigger(db, 'burst');
    const transitions = Array.from({ length: 5_000 }, (_, n) => toTransition(ids, { subject: `s${n}` }));
    expect(await recordFirings(db, toBatch(...transitions))).toHaveLength(5_000);
  });
});
