import { afterEach, expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { parseFiring } from '@/lib/triggers/parse-firing';
import type { Trigger } from '@/lib/triggers/trigger';
import { toTrigger } from '@/lib/watch/testing';
import { saveChannel } from '../storage/channels';
import { listFirings } from '../storage/firings';
import type { Db } from '../storage/schema';
import { describeOnBoth, useStorage } from '../storage/testing/storage-targets';
import { muteTrigger, readTrigger, saveTrigger } from '../storage/triggers';
import { startWatcher } from './start-watcher';
import { POSITION, Scene } from './testing/scene';
import type { Watcher } from './watcher';

let running: Watcher | undefined;
afterEach(() => running?.stop());
const start = async (scene: Scene, db: Db): Promise<Watcher> => {
  running?.stop();
  running = await scene.start(db);
  await running.flush();
  return running;
};

describeOnBoth('watcher', (createDatabase) => {
  const target = useStorage(createDatabase);
  const save = async (id: string, changes: Partial<Trigger>, atMs = 1) => {
    await saveChannel(target.db, { id: `c-${id}`, version: 0, settings: { kind: 'webhook', name: id, config: {} } }, 1);
    const trigger = toTrigger(
      { type: 'position', id: POSITION },
      [{ kind: 'health-factor', side: 'below', level: '1.1', rearm: '1.2' }],
      { channels: [`c-${id}`], ...changes },
    );
    await saveTrigger(target.db, { id, version: 0 }, trigger, atMs);
  };
  const firingsOf = async (id: string) => {
    const all = await listFirings(target.db, { limit: 100 });
    return all.filter(({ triggerId }) => triggerId === id);
  };

  test('a fall fires once, over a restart too, and again only after it was over', async () => {
    const scene = new Scene();
    await save('fall', {});
    let watcher = await start(scene, target.db);
    expect(watcher.status()).toEqual({
      isArmed: true,
      behind: 0,
      triggerCount: 1,
      pausedSinceMs: null,
      problem: undefined,
    });
    scene.mine('2600');
    await watcher.flush();
    expect(await firingsOf('fall')).toHaveLength(1);
    scene.mine('2590');
    watcher = await start(scene, target.db);
    scene.mine('2580');
    // 83 % of 27,000 = 22,410 / 20,000 = 1.12: past the level again, short of the second one.
    scene.mine('2700');
    scene.mine('2580');
    await watcher.flush();
    expect(await firingsOf('fall')).toHaveLength(1);
    scene.mine('3000');
    scene.mine('2580');
    await watcher.flush();
    expect((await firingsOf('fall')).map(({ episode }) => episode).sort()).toEqual([1, 2]);
  });

  test('what happened while nobody watched is looked at, block by block, before it is armed: a fall that was over again fired', async () => {
    const scene = new Scene();
    await save('away', {});
    const before = await start(scene, target.db);
    scene.mine('3000');
    await before.flush();
    before.stop();
    for (const price of ['2600', '2500', '3000', '3000']) scene.mine(price);
    const watcher = await start(scene, target.db);
    expect(watcher.status()).toMatchObject({ isArmed: true, behind: 0, problem: undefined });
    const [firing] = await firingsOf('away');
    // Block 1 at the start, 2 while it was watched, 3 the first of those that went by.
    expect(parseFiring(firing?.record).block?.number).toBe('3');
    expect(await firingsOf('away')).toHaveLength(1);
  });

  test('a block before a trigger was saved, or saved anew, is nothing to it; muting it changes nothing of that', async () => {
    const scene = new Scene();
    const BLOCK_MS = 7_200_000;
    // Block n is of n · 7,200 s: block 3, where the price is low, of 21,600 s.
    await save('older', {}, 3 * BLOCK_MS);
    await muteTrigger(target.db, { id: 'older', version: 1 }, null, 5 * BLOCK_MS);
    await save('newer', {}, 3 * BLOCK_MS + 1);
    await save('edited', {});
    const before = await start(scene, target.db);
    scene.mine('3000');
    await before.flush();
    before.stop();
    const stored = await readTrigger(target.db, 'edited');
    await saveTrigger(target.db, { id: 'edited', version: 1 }, stored?.definition, 3 * BLOCK_MS + 1);
    for (const price of ['2600', '3000', '3000']) scene.mine(price);
    const watcher = await start(scene, target.db);
    await watcher.flush();
    expect(await firingsOf('older')).toHaveLength(1);
    expect(await firingsOf('newer')).toEqual([]);
    expect(await firingsOf('edited')).toEqual([]);
  });

  test('a firing of a block that went by is told from now on: quiet hours and a mute of now hold it back', async () => {
    const scene = new Scene();
    // Block 3 is of 1 January 1970, 06:00 UTC; now it is 14 November 2023, 22:13 UTC.
    await save('late-quiet', { quietHours: { from: '22:00', to: '06:00', timeZone: 'UTC' } });
    await save('late-over', {});
    await muteTrigger(target.db, { id: 'late-over', version: 1 }, 10 * 7_200_000, 1);
    const before = await start(scene, target.db);
    scene.mine('3000');
    await before.flush();
    before.stop();
    for (const price of ['2600', '3000']) scene.mine(price);
    const watcher = await start(scene, target.db);
    await watcher.flush();
    const dueOf = async (id: string) => {
      const rows = await target.db.selectFrom('deliveries').selectAll().where('channel_id', '=', `c-${id}`).execute();
      return rows.map(({ not_before }) => new Date(Number(not_before)).toISOString());
    };
    expect(await dueOf('late-quiet')).toEqual(['2023-11-15T06:00:00.000Z']);
    // Muted then, and no longer.
    expect(await dueOf('late-over')).toEqual([new Date(scene.clock.now()).toISOString()]);
  });

  test('a start that fails half way leaves nothing that watches', async () => {
    const scene = new Scene();
    const listen = () => {
      throw new Error('The database is away.');
    };
    await expect(scene.start(target.db, listen)).rejects.toThrow('The database is away.');
    expect(scene.listenerCount).toBe(0);
  });

  test('a fault in the watcher keeps no event from others, is said, and disarms until everything was looked at', async () => {
    const scene = new Scene();
    await save('faulty', {});
    running?.stop();
    let isFaulty = true;
    const sampler = {
      addOracles: () => {},
      addMarket: () => {
        if (isFaulty) throw new Error('No such asset.');
      },
    };
    running = await startWatcher({ ...scene.toOptions(target.db), sampler });
    await running.flush();
    expect(running.status().isArmed).toBe(true);
    expect(() => scene.tick('2900')).not.toThrow();
    expect(running.status()).toMatchObject({ isArmed: false, problem: 'No such asset.' });
    isFaulty = false;
    scene.mine('3000');
    await running.flush();
    expect(running.status()).toMatchObject({ isArmed: true, problem: undefined });
  });

  test('prices of blocks that went by are of their own time: a fall over hours is no move within one', async () => {
    const scene = new Scene();
    await save('slow', {
      conditions: [
        { kind: 'price-move', side: 'below', level: '-0.1', params: { source: 'oracle', windowSeconds: 3_600 } },
      ],
    });
    const before = await start(scene, target.db);
    await before.flush();
    before.stop();
    for (const price of ['3000', '2600', '2600']) scene.mine(price);
    const watcher = await start(scene, target.db);
    await watcher.flush();
    expect(await firingsOf('slow')).toEqual([]);
  });

  test('a block that comes while another is read is not passed over', async () => {
    const scene = new Scene();
    await save('dense', {});
    const watcher = await start(scene, target.db);
    for (const price of ['3000', '2600', '3000', '3000']) scene.mine(price);
    await watcher.flush();
    expect(await firingsOf('dense')).toHaveLength(1);
  });

  test('a block whose state the node has let go of is said', async () => {
    const scene = new Scene();
    await save('pruned', {});
    const before = await start(scene, target.db);
    scene.mine('3000');
    await before.flush();
    before.stop();
    scene.mine('2600');
    scene.pruned.add(3);
    scene.mine('3000');
    const watcher = await start(scene, target.db);
    expect(watcher.status().problem).toContain('Block 3 went by while nobody watched, and cannot be looked at');
    expect(watcher.status().isArmed).toBe(true);
  });

  test('a block that cannot be read for now holds everything up, is said, and is read when it can be', async () => {
    const scene = new Scene();
    await save('slow-node', {});
    const before = await start(scene, target.db);
    scene.mine('3000');
    await before.flush();
    before.stop();
    scene.mine('2600');
    scene.slow.add(3);
    scene.mine('3000');
    const watcher = await start(scene, target.db);
    expect(watcher.status()).toMatchObject({
      isArmed: false,
      behind: 1,
      problem: 'Block 3 went by and cannot be looked at yet: The chain did not answer in time.',
    });
    expect(await firingsOf('slow-node')).toEqual([]);
    scene.slow.clear();
    // No block comes: the next sweep tries again.
    scene.clock.advance(policy.triggers.sweepEveryMs);
    await watcher.flush();
    const [firing] = await firingsOf('slow-node');
    expect(parseFiring(firing?.record).block?.number).toBe('3');
    expect(watcher.status()).toMatchObject({ isArmed: true, behind: 0, problem: undefined });
  });

  test('the record holds what it was computed from, and a message waits for every channel', async () => {
    const scene = new Scene();
    await save('record', { severity: 'critical' });
    const watcher = await start(scene, target.db);
    scene.mine('2600');
    await watcher.flush();
    const [stored] = await firingsOf('record');
    const firing = parseFiring(stored?.record);
    expect(firing.values[0]?.value).toBe('1.079');
    expect(firing.inputs.filter(({ source }) => source === 'oracle').map(({ answer }) => answer)).toEqual([
      '260000000000',
      '100000000',
    ]);
    expect(firing.block?.number).toBe('2');
    expect(firing.sentence).toContain('1.07');
    const messages = await target.db
      .selectFrom('deliveries')
      .selectAll()
      .where('channel_id', '=', 'c-record')
      .execute();
    expect(messages.map(({ state, body }) => [state, body])).toEqual([
      [
        'pending',
        expect.objectContaining({
          triggerName: 'test',
          severity: 'critical',
          values: [{ label: 'Health factor', value: '1.079', text: '1.079' }],
          link: `https://ballast.example/positions/${encodeURIComponent(POSITION)}`,
          // (26,000 − s)·0.83 = 1.5·(20,000 − 0.997·s): s = 8,420 / 0.6655 = 12,652.14… of ETH sold at 2,600 (4.86621), 12,614.18 repaid, 37.96 lost.
          remedy: expect.objectContaining({
            text: 'repay 12,615 USDC, sell 4.8663 WETH: health factor 1.500, at a cost of $37.96',
          }),
        }),
      ],
    ]);
  });

  test('a dip of the market between two blocks is seen', async () => {
    const scene = new Scene();
    await save('dip', { conditions: [{ kind: 'implied-price', side: 'below', level: '1.1', params: {} }] });
    const watcher = await start(scene, target.db);
    scene.tick('3000');
    scene.tick('2600');
    scene.tick('3000');
    await watcher.flush();
    expect(await firingsOf('dip')).toHaveLength(1);
  });

  test('while nothing can be read it is not armed, and fires when it can be and is true', async () => {
    const scene = new Scene();
    await save('blind', {});
    scene.fails = true;
    const watcher = await start(scene, target.db);
    expect(watcher.status().isArmed).toBe(false);
    expect([...watcher.statesOf('blind').values()].every(({ isBlind }) => isBlind)).toBe(true);
    scene.mine('2600');
    await watcher.flush();
    expect(await firingsOf('blind')).toEqual([]);
    scene.fails = false;
    scene.mine('2600');
    await watcher.flush();
    expect(await firingsOf('blind')).toHaveLength(1);
    expect(watcher.status()).toMatchObject({ isArmed: true, problem: undefined });
  });

  test('what is muted is recorded and told to nobody; quiet hours hold back all but what is critical', async () => {
    const scene = new Scene();
    await save('muted', {});
    await muteTrigger(target.db, { id: 'muted', version: 1 }, scene.clock.now() + 3_600_000, 1);
    // 14 November 2023, 22:13 UTC is within it.
    const quietHours = { from: '22:00', to: '06:00', timeZone: 'UTC' };
    await save('quiet', { quietHours });
    await save('loud', { quietHours, severity: 'critical' });
    const watcher = await start(scene, target.db);
    scene.mine('2600');
    await watcher.flush();
    const dueOf = async (id: string) => {
      const rows = await target.db.selectFrom('deliveries').selectAll().where('channel_id', '=', `c-${id}`).execute();
      return rows.map(({ not_before }) => new Date(Number(not_before)).toISOString());
    };
    for (const id of ['muted', 'quiet', 'loud']) expect(await firingsOf(id)).toHaveLength(1);
    expect(await dueOf('muted')).toEqual([]);
    expect(await dueOf('quiet')).toEqual(['2023-11-15T06:00:00.000Z']);
    expect(await dueOf('loud')).toEqual([new Date(scene.clock.now()).toISOString()]);
  });
});
