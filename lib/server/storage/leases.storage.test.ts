import { expect, test, vi } from 'vitest';
import { acquireLeases, defineLeases, holdLease, releaseLease, renewLease } from './leases';
import { describeOnBoth, useStorage } from './testing/storage-targets';
import { toChannel, wake } from './wake-ups';

const WAIT = { timeout: 20_000, interval: 20 };

describeOnBoth('leases and wake-ups', (createDatabase) => {
  const target = useStorage(createDatabase);
  const acquire = (owner: string, nowMs: number, limit = 100) =>
    acquireLeases(target.db, { owner, limit, nowMs, leaseMs: 1_000 });

  test('work is shared, kept as long as it is renewed, and taken over when it is not', async () => {
    const { db } = target;
    await defineLeases(db, ['one', 'two', 'three', 'four']);
    await defineLeases(db, ['one', 'two']);
    const both = await Promise.all([acquire('a', 0, 2), acquire('b', 0, 2)]);
    const names = both.flat().map(({ name }) => name);
    expect(names.toSorted()).toEqual(['four', 'one', 'three', 'two']);
    expect(await acquire('c', 999)).toEqual([]);
    const [kept, lost] = both[0] ?? [];
    if (!kept || !lost) throw new Error('a has two.');
    expect(kept).toEqual({ name: kept.name, owner: 'a', token: 1 });
    expect(await renewLease(db, kept, { nowMs: 900, leaseMs: 1_000 })).toBe(true);
    const taken = await acquire('c', 1_000);
    expect(taken.map(({ name }) => name)).not.toContain(kept.name);
    expect(taken.find(({ name }) => name === lost.name)).toEqual({ name: lost.name, owner: 'c', token: 2 });
    expect(await renewLease(db, lost, { nowMs: 1_001, leaseMs: 1_000 })).toBe(false);
    await expect(holdLease(db, lost)).rejects.toMatchObject({ code: 'LEASE' });
    await holdLease(db, kept);
    // To give back what is lost takes nothing from whoever has it.
    await releaseLease(db, lost);
    expect(await acquire('d', 1_002)).toEqual([]);
    await releaseLease(db, kept);
    expect(await acquire('a', 1_002)).toEqual([{ name: kept.name, owner: 'a', token: 2 }]);
    // The same owner again is another turn: what it meant to write before is refused.
    await expect(holdLease(db, kept)).rejects.toMatchObject({ code: 'LEASE' });
  });

  test('a wake-up comes with the commit, never without; at first everybody looks', async () => {
    const { db, storage } = target;
    const heard: (string | undefined)[] = [];
    const stop = storage.listen(toChannel('firings'), (payload) => heard.push(payload));
    await vi.waitFor(() => expect(heard).toEqual([undefined]), WAIT);
    await wake(db, 'deliveries', 'elsewhere');
    const undone = db.transaction().execute(async (transaction) => {
      await wake(transaction, 'firings', 'undone');
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    await db.transaction().execute((transaction) => wake(transaction, 'firings', '12'));
    await vi.waitFor(() => expect(heard).toEqual([undefined, '12']), WAIT);
    stop();
    await wake(db, 'firings', '13');
    await wake(db, 'firings', '14');
    expect(heard).toEqual([undefined, '12']);
  });
});
