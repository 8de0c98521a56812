import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { policy } from '@/lib/config/policy';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { toTrigger } from '@/lib/watch/testing';
import { savePause } from '../storage/pause';
import { describeOnBoth, useStorage } from '../storage/testing/storage-targets';
import { endTrigger, saveTrigger } from '../storage/triggers';
import { startSharedWatch } from './share-watch';
import { POSITION, Scene } from './testing/scene';
import type { Watcher } from './watcher';

const WAIT = { timeout: 8_000, interval: 20 };
const COUNT = 24;
const { shardLeaseMs, renewShardsEveryMs } = policy.triggers;

let running: Watcher[] = [];
afterEach(() => {
  for (const each of running) each.stop();
  running = [];
});

describeOnBoth('instances share the work', (createDatabase, kind) => {
  const target = useStorage(createDatabase);
  // Each scene has a clock of its own, by which whoever was killed in the one before would still live.
  beforeEach(async () => {
    await target.db.deleteFrom('leases').execute();
  });
  const ids = (name: string): readonly string[] => Array.from({ length: COUNT }, (_, index) => `${name}-${index}`);

  /** Enough of them for every part. */
  const saveAll = async (name: string): Promise<void> => {
    const trigger = toTrigger({ type: 'position', id: POSITION }, [
      { kind: 'health-factor', side: 'below', level: '1.1', rearm: '1.2' },
    ]);
    for (const id of ids(name)) await saveTrigger(target.db, { id, version: 0 }, trigger, 1);
  };
  const removeAll = async (name: string): Promise<void> => {
    for (const id of ids(name)) await endTrigger(target.db, { id, version: 1 }, 'delete', 1);
  };
  const start = async (scene: Scene, instance: string, clock = scene.clock): Promise<Watcher> => {
    const { db, listen } = target.storage;
    const { db: _, ...options } = scene.toOptions(db);
    const watcher = await startSharedWatch({ ...options, clock, storage: { kind, db, listen }, instance });
    running.push(watcher);
    await watcher.flush();
    return watcher;
  };
  const sharesOf = async (): Promise<Record<string, number>> => {
    const rows = await target.db.selectFrom('leases').selectAll().where('name', 'like', 'shard:%').execute();
    const shares: Record<string, number> = {};
    for (const { owner } of rows) shares[owner ?? 'nobody'] = (shares[owner ?? 'nobody'] ?? 0) + 1;
    return shares;
  };
  /** How often each trigger fired, in the order of `ids`. */
  const countFirings = async (name: string): Promise<readonly number[]> => {
    const rows = await target.db.selectFrom('firings').select('trigger_id').execute();
    return ids(name).map((id) => rows.filter(({ trigger_id }) => trigger_id === id).length);
  };
  const each = (count: number): readonly number[] => Array.from({ length: COUNT }, () => count);
  /** Lets time pass, and everybody do what falls due. */
  const pass = async (clock: FakeClock, byMs: number, watchers: readonly Watcher[]): Promise<void> => {
    for (let passed = 0; passed < byMs; passed += renewShardsEveryMs) {
      clock.advance(renewShardsEveryMs);
      for (const watcher of watchers) await watcher.flush();
    }
  };
  /** What each has said of itself is read by the others when they renew next. */
  const armed = async (clock: FakeClock, watchers: readonly Watcher[]): Promise<void> => {
    await pass(clock, 2 * renewShardsEveryMs, watchers);
    for (const watcher of watchers) expect(watcher.status()).toMatchObject({ isArmed: true, problem: undefined });
  };
  const shareIs = (expected: Record<string, number>) =>
    vi.waitFor(async () => expect(await sharesOf()).toEqual(expected), WAIT);

  if (kind === 'embedded') {
    test('a database in the process is that process’s alone: everything is its own, and nothing is leased', async () => {
      const scene = new Scene();
      await saveAll('own');
      const watcher = await start(scene, 'own');
      scene.mine('2600');
      await watcher.flush();
      expect(await countFirings('own')).toEqual(each(1));
      expect(await sharesOf()).toEqual({});
    });
    return;
  }

  test('a start that fails half way leaves nothing that watches', async () => {
    const scene = new Scene();
    const { db: _, ...options } = scene.toOptions(target.db);
    const listen = () => {
      throw new Error('The database is away.');
    };
    const starting = startSharedWatch({ ...options, storage: { kind, db: target.db, listen }, instance: 'half' });
    await expect(starting).rejects.toThrow('The database is away.');
    expect(scene.listenerCount).toBe(0);
  });

  test('evenly, each firing once; one that is killed is succeeded, from where it was: nothing lost, nothing twice', async () => {
    const scene = new Scene();
    await saveAll('killed');
    const a = await start(scene, 'killed-a');
    await shareIs({ 'killed-a': 8 });
    const b = await start(scene, 'killed-b');
    await shareIs({ 'killed-a': 4, 'killed-b': 4 });
    await armed(scene.clock, [a, b]);
    expect(a.status()).toMatchObject({ isArmed: true, triggerCount: COUNT, problem: undefined });
    expect(b.status()).toMatchObject({ isArmed: true });
    scene.mine('2600');
    await Promise.all([a.flush(), b.flush()]);
    expect(await countFirings('killed')).toEqual(each(1));
    scene.mine('3000');
    await Promise.all([a.flush(), b.flush()]);
    a.stop();
    // A fall that is over before anybody succeeds it.
    scene.mine('2600');
    scene.mine('3000');
    await b.flush();
    const half = await countFirings('killed');
    expect(half.filter((count) => count === 2).length).toBeGreaterThan(0);
    expect(half.filter((count) => count === 1).length).toBeGreaterThan(0);
    await pass(scene.clock, shardLeaseMs, [b]);
    expect(b.status().isArmed).toBe(true);
    expect(await sharesOf()).toEqual({ 'killed-b': 8 });
    await b.flush();
    expect(await countFirings('killed')).toEqual(each(2));
    await b.drain();
    await removeAll('killed');
    expect(await sharesOf()).toEqual({ nobody: 8 });
  });

  test('what one writes that was thought dead is refused; it stops, and what fired is there once', async () => {
    const scene = new Scene();
    await saveAll('stuck');
    // Its clock stands: it renews nothing, and knows nothing of it.
    const stuck = await start(scene, 'stuck-a', new FakeClock(scene.clock.now()));
    await shareIs({ 'stuck-a': 8 });
    scene.clock.advance(shardLeaseMs);
    const b = await start(scene, 'stuck-b');
    await shareIs({ 'stuck-b': 8 });
    scene.mine('2600');
    await Promise.all([stuck.flush(), b.flush()]);
    expect(await countFirings('stuck')).toEqual(each(1));
    await vi.waitFor(() => expect(ids('stuck').every((id) => stuck.statesOf(id).size === 0)).toBe(true), WAIT);
    expect(b.status().isArmed).toBe(true);
    await b.drain();
    await removeAll('stuck');
  });

  test('one that leaves in order hands over at once; edits and a pause reach every part', async () => {
    const scene = new Scene();
    await saveAll('left');
    const a = await start(scene, 'left-a');
    const b = await start(scene, 'left-b');
    await shareIs({ 'left-a': 4, 'left-b': 4 });
    const known = (watcher: Watcher) => watcher.describe(ids('left')).length;
    await vi.waitFor(() => expect(known(a) + known(b)).toBe(COUNT), WAIT);
    expect(known(a)).toBeGreaterThan(0);
    expect(known(b)).toBeGreaterThan(0);
    await savePause(target.db, { pausedAtMs: 7, by: 'Alice' }, 7);
    for (const watcher of [a, b]) {
      await vi.waitFor(() => expect(watcher.status()).toMatchObject({ isArmed: false, pausedSinceMs: 7 }), WAIT);
    }
    await savePause(target.db, null, 8);
    for (const watcher of [a, b]) await vi.waitFor(() => expect(watcher.status().pausedSinceMs).toBeNull(), WAIT);
    await a.drain();
    await shareIs({ 'left-b': 8 });
    await vi.waitFor(() => expect(known(b)).toBe(COUNT), WAIT);
    scene.mine('2600');
    await b.flush();
    expect(await countFirings('left')).toEqual(each(1));
    await b.drain();
    await removeAll('left');
  });

  test('one whose node is dead makes nobody look armed: each asks the others what they see', async () => {
    const scene = new Scene();
    const a = await start(scene, 'blind-a');
    const b = await start(scene, 'blind-b');
    await shareIs({ 'blind-a': 4, 'blind-b': 4 });
    await armed(scene.clock, [a, b]);
    const say = (report: object) =>
      target.db
        .updateTable('settings')
        .set({ value: JSON.stringify(report) })
        .where('name', '=', 'watch-report:blind-b')
        .execute();
    // It says nothing itself any more, and lives on: what it said last is what the test says.
    b.stop();
    const live = () =>
      target.db
        .updateTable('leases')
        .set({ lease_until: scene.clock.now() + 60_000 })
        .where('owner', '=', 'blind-b')
        .execute();
    await live();
    await say({ isArmed: false, problem: 'The node is dead.' });
    await pass(scene.clock, renewShardsEveryMs, [a]);
    expect(a.status()).toMatchObject({ isArmed: false, problem: 'Another instance: The node is dead.' });
    await say({ isArmed: true, problem: null });
    await pass(scene.clock, renewShardsEveryMs, [a]);
    expect(a.status()).toMatchObject({ isArmed: true, problem: undefined });
    // What it said is too old to count.
    await pass(scene.clock, shardLeaseMs, [a]);
    expect(a.status()).toMatchObject({ isArmed: false, problem: expect.stringContaining('has not said yet') });
    await a.drain();
  });

  test('parts that nobody watches are told, and nothing looks armed', async () => {
    const scene = new Scene();
    const a = await start(scene, 'alone-a');
    const b = await start(scene, 'alone-b');
    await shareIs({ 'alone-a': 4, 'alone-b': 4 });
    await armed(scene.clock, [a, b]);
    b.stop();
    // Its leases have run out for a moment before they are taken: held by nobody who lives, they are told of.
    await target.db
      .updateTable('leases')
      .set({ lease_until: 0 })
      .where('owner', '=', 'alone-b')
      .where('name', 'like', 'shard:%')
      .execute();
    await target.db
      .updateTable('leases')
      .set({ lease_until: scene.clock.now() + 60_000 })
      .where('name', '=', 'instance:alone-b')
      .execute();
    await pass(scene.clock, renewShardsEveryMs, [a]);
    expect(a.status()).toMatchObject({
      isArmed: false,
      problem: '4 of 8 parts of the triggers are watched by nobody now.',
    });
  });
});
