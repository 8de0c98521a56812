import { afterEach, expect, test, vi } from 'vitest';
import type { Trigger } from '@/lib/triggers/trigger';
import { toTrigger } from '@/lib/watch/testing';
import { listFirings } from '../storage/firings';
import { savePause } from '../storage/pause';
import { describeOnBoth, useStorage } from '../storage/testing/storage-targets';
import { endTrigger, muteTrigger, readTrigger, saveTrigger, snoozeTrigger } from '../storage/triggers';
import { POSITION, Scene } from './testing/scene';
import type { Watcher } from './watcher';

const WAIT = { timeout: 20_000, interval: 10 };
const HOUR_MS = 3_600_000;

let running: Watcher[] = [];
afterEach(() => {
  for (const each of running) each.stop();
  running = [];
});

describeOnBoth('edits, snoozes, expiry and pauses are followed', (createDatabase) => {
  const target = useStorage(createDatabase);
  const toSaved = (changes: Partial<Trigger> = {}): Trigger =>
    toTrigger(
      { type: 'position', id: POSITION },
      [{ kind: 'health-factor', side: 'below', level: '1.1', rearm: '1.2' }],
      changes,
    );
  const save = (id: string, version: number, changes: Partial<Trigger> = {}) =>
    saveTrigger(target.db, { id, version }, toSaved(changes), 1);
  const start = async (scene: Scene): Promise<Watcher> => {
    const watcher = await scene.start(target.db, target.storage.listen);
    running.push(watcher);
    await watcher.flush();
    return watcher;
  };
  const episodesOf = async (watcher: Watcher, id: string): Promise<readonly number[]> => {
    await watcher.flush();
    const all = await listFirings(target.db, { limit: 1_000 });
    return all.flatMap((each) => (each.triggerId === id ? [each.episode] : [])).sort();
  };
  const stateOf = (watcher: Watcher, id: string) => watcher.statesOf(id).get(POSITION);
  /** An edit that tells of itself at once. */
  const followed = (check: () => void) => vi.waitFor(check, WAIT);

  test('a trigger that is saved is watched at once, one that ended no longer', async () => {
    const scene = new Scene();
    const watcher = await start(scene);
    scene.mine('2600');
    await watcher.flush();
    await save('fresh', 0);
    await vi.waitFor(async () => expect(await episodesOf(watcher, 'fresh')).toEqual([1]), WAIT);
    await endTrigger(target.db, { id: 'fresh', version: 1 }, 'delete', 2);
    await followed(() => expect(stateOf(watcher, 'fresh')).toBeUndefined());
  });

  test('another level begins anew, with the next episode; another name does not; after a restart it is the same', async () => {
    const scene = new Scene();
    await save('edited', 0);
    let watcher = await start(scene);
    scene.mine('2600');
    expect(await episodesOf(watcher, 'edited')).toEqual([1]);
    await save('edited', 1, { name: 'Renamed' });
    await followed(() => expect(stateOf(watcher, 'edited')).toMatchObject({ isLatched: true }));
    scene.mine('2590');
    expect(await episodesOf(watcher, 'edited')).toEqual([1]);
    await muteTrigger(target.db, { id: 'edited', version: 2 }, 5, 1);
    watcher.stop();
    watcher = await start(scene);
    scene.mine('2580');
    expect(await episodesOf(watcher, 'edited')).toEqual([1]);
    const lower = { conditions: [{ kind: 'health-factor', side: 'below' as const, level: '1.15', params: {} }] };
    await save('edited', 3, lower);
    await vi.waitFor(async () => expect(await episodesOf(watcher, 'edited')).toEqual([1, 2]), WAIT);
    watcher.stop();
    // There and back while nobody watched: asked anew, it is true.
    await save('edited', 4);
    await save('edited', 5, lower);
    watcher = await start(scene);
    expect(await episodesOf(watcher, 'edited')).toEqual([1, 2, 3]);
  });

  test('a snooze holds back and reminds at its end, over a restart too; a waking ends it', async () => {
    const scene = new Scene();
    await save('tired', 0);
    let watcher = await start(scene);
    scene.mine('2600');
    expect(await episodesOf(watcher, 'tired')).toEqual([1]);
    const untilMs = scene.clock.now() + 20_000;
    await snoozeTrigger(target.db, { id: 'tired', version: 1 }, untilMs, 1);
    await followed(() => expect(stateOf(watcher, 'tired')?.snoozedUntilMs).toBe(untilMs));
    watcher.stop();
    watcher = await start(scene);
    expect(stateOf(watcher, 'tired')?.snoozedUntilMs).toBe(untilMs);
    scene.clock.advance(10_000);
    expect(await episodesOf(watcher, 'tired')).toEqual([1]);
    scene.clock.advance(11_000);
    expect(await episodesOf(watcher, 'tired')).toEqual([1, 2]);
    await snoozeTrigger(target.db, { id: 'tired', version: 2 }, scene.clock.now() + HOUR_MS, 1);
    await followed(() => expect(stateOf(watcher, 'tired')?.snoozedUntilMs).not.toBeNull());
    await snoozeTrigger(target.db, { id: 'tired', version: 3 }, null, 1);
    await followed(() => expect(stateOf(watcher, 'tired')?.snoozedUntilMs).toBeNull());
    expect(await episodesOf(watcher, 'tired')).toEqual([1, 2]);
  });

  test('a trigger whose time is over ends, though nothing ticks, and also when that was while nobody watched', async () => {
    const scene = new Scene();
    const expiresAt = new Date(scene.clock.now() + 30_000).toISOString();
    await save('short', 0, { expiresAt });
    await save('longer', 0, { expiresAt });
    const watcher = await start(scene);
    scene.clock.advance(29_000);
    await watcher.flush();
    expect((await readTrigger(target.db, 'short'))?.ended).toBeNull();
    await save('longer', 1, { expiresAt: new Date(scene.clock.now() + HOUR_MS).toISOString() });
    scene.clock.advance(2_000);
    await vi.waitFor(
      async () => expect((await readTrigger(target.db, 'short'))?.ended).toMatchObject({ reason: 'expire' }),
      WAIT,
    );
    await followed(() => expect(stateOf(watcher, 'short')).toBeUndefined());
    watcher.stop();
    // Edited meanwhile, it goes on.
    expect((await readTrigger(target.db, 'longer'))?.ended).toBeNull();
    scene.clock.advance(2 * HOUR_MS);
    const later = await start(scene);
    scene.mine('3000');
    await later.flush();
    scene.clock.advance(1_000);
    await vi.waitFor(
      async () => expect((await readTrigger(target.db, 'longer'))?.ended).toMatchObject({ reason: 'expire' }),
      WAIT,
    );
  });

  test('while all are paused nothing fires and nothing is armed; afterwards what is true does, and what had fired does not again', async () => {
    const scene = new Scene();
    await save('before', 0);
    const watcher = await start(scene);
    scene.mine('2600');
    expect(await episodesOf(watcher, 'before')).toEqual([1]);
    await save('during', 0, {
      conditions: [{ kind: 'health-factor', side: 'below', level: '1.05', params: {} }],
    });
    const pausedAtMs = scene.clock.now();
    await savePause(target.db, { pausedAtMs, by: 'Alice' }, pausedAtMs);
    await followed(() => expect(watcher.status()).toMatchObject({ isArmed: false, pausedSinceMs: pausedAtMs }));
    // 83 % of 24,000 = 19,920 / 20,000 = 0.996.
    scene.mine('2400');
    scene.mine('2400');
    expect(await episodesOf(watcher, 'during')).toEqual([]);
    await savePause(target.db, null, scene.clock.now());
    await followed(() => expect(watcher.status()).toMatchObject({ isArmed: true, pausedSinceMs: null }));
    expect(await episodesOf(watcher, 'during')).toEqual([1]);
    expect(await episodesOf(watcher, 'before')).toEqual([1]);
  });

  test('where triggers stand is told with the figures of this moment', async () => {
    const scene = new Scene();
    await save('told', 0);
    const watcher = await start(scene);
    const [calm] = watcher.describe(['told', 'nobody']);
    expect(calm).toMatchObject({ triggerId: 'told', subjectCount: 1 });
    // 83 % of 30,000 = 24,900 / 20,000 = 1.245, which is 0.145 above.
    expect(calm?.subjects[0]).toMatchObject({
      subjectId: POSITION,
      status: 'armed',
      standing: [{ figure: '1.245', left: '0.145', met: 'false' }],
    });
    scene.mine('2600');
    await watcher.flush();
    expect(watcher.describe(['told'])[0]?.subjects[0]?.status).toBe('fired');
    scene.fails = true;
    scene.mine('2600');
    scene.clock.advance(70_000);
    expect(watcher.describe(['told'])[0]?.subjects[0]).toMatchObject({ status: 'blind' });
  });
});
