import { afterEach, expect, test, vi } from 'vitest';
import { type AlertEvent, alertEvent } from '@/lib/alerts/alert-event';
import type { TriggerEdit } from '@/lib/alerts/trigger-edit';
import { policy } from '@/lib/config/policy';
import { ChainUnavailableError, InvalidInputError } from '@/lib/domain/errors';
import { acknowledge } from '../storage/firings';
import { StorageConflictError } from '../storage/storage-error';
import { describeOnBoth, useStorage } from '../storage/testing/storage-targets';
import { endTrigger, listTriggerEdits, readTrigger, saveTrigger } from '../storage/triggers';
import { wake } from '../storage/wake-ups';
import { listWatchedOwners } from '../storage/watched';
import { listChannelsNow } from './list-channels-now';
import { listTriggersNow } from './list-triggers';
import { openAlertStream } from './open-alert-stream';
import { readFiringPage } from './read-firing-page';
import { saveTriggerEdit } from './save-trigger-edit';
import type { Alerting } from './start-alerting';
import { ALICE, AlertScene, BOB, CAROL, ETH_KEY, POSITION, USDC_KEY } from './testing/alert-scene';

const definition = (changes: object = {}) => ({
  name: 'Health',
  scope: { type: 'position', id: POSITION },
  conditions: [{ kind: 'health-factor', side: 'below', level: '1.1', params: {} }],
  severity: 'critical',
  channels: ['in-app'],
  ...changes,
});
const edit = (changes: object = {}, more: Partial<TriggerEdit> = {}): TriggerEdit => ({
  version: 0,
  owners: [],
  definition: definition(changes),
  ...more,
});

let scenes = 7_000;

describeOnBoth('alerting', (createDatabase) => {
  const target = useStorage(createDatabase);
  const stops: (() => void | Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  const open = async () => {
    scenes += 1;
    const scene = new AlertScene(scenes);
    const alerting = await scene.start(target.storage);
    // In order: the next one has the work at once.
    stops.push(() => alerting.watcher.drain());
    return { scene, alerting, context: scene.contextOf(alerting) };
  };
  const faultsOf = (error: InvalidInputError) =>
    ((error.detail.inputs?.faults ?? []) as readonly { field: string }[]).map(({ field }) => field);

  test('a start that fails half way leaves no timer behind: the next one is not the second', async () => {
    scenes += 1;
    const scene = new AlertScene(scenes);
    // Told apart from what ran before: only timers that nobody ended are counted.
    let timers = 0;
    const after = scene.clock.after.bind(scene.clock);
    scene.clock.after = (delayMs, run) => {
      const cancel = after(delayMs, run);
      timers += 1;
      let isEnded = false;
      return () => {
        if (!isEnded) timers -= 1;
        isEnded = true;
        cancel();
      };
    };
    const listen = () => {
      throw new Error('The database is away.');
    };
    await expect(scene.start({ ...target.storage, listen })).rejects.toThrow('The database is away.');
    expect(timers).toBe(0);
  });

  test('a trigger is saved with the owner it is about, who is watched from then on', async () => {
    const { alerting, context } = await open();
    expect(await saveTriggerEdit('saved', edit({}, { owners: [{ address: BOB, label: 'Bob' }] }), context)).toBe(1);
    const watched = await listWatchedOwners(target.db, 1);
    expect(watched.map(({ address }) => address)).toEqual(expect.arrayContaining([ALICE, BOB]));
    await alerting.owners.refresh();
    expect(alerting.owners.name(BOB)).toBe('Bob');
    expect(await saveTriggerEdit('saved', edit({ name: 'Other' }, { version: 1 }), context)).toBe(2);
    await expect(saveTriggerEdit('saved', edit({}, { version: 1 }), context)).rejects.toThrow(StorageConflictError);
    expect((await listTriggerEdits(target.db, 'saved')).map(({ version }) => version)).toEqual([1, 2]);
  });

  test('owners that cannot be read for a moment are read again; until then nothing is armed, and it is said why', async () => {
    const { scene, alerting } = await open();
    await alerting.watcher.flush();
    await vi.waitFor(() => expect(alerting.watcher.status()).toMatchObject({ isArmed: true, problem: undefined }));
    const read = vi.spyOn(alerting.owners, 'refresh').mockRejectedValue(new Error('The owners cannot be read.'));
    await wake(target.db, 'triggers', 'none');
    await vi.waitFor(() =>
      expect(alerting.watcher.status()).toMatchObject({ isArmed: false, problem: 'The owners cannot be read.' }),
    );
    read.mockRestore();
    scene.clock.advance(policy.triggers.sweepEveryMs);
    await vi.waitFor(() => expect(alerting.watcher.status()).toMatchObject({ isArmed: true, problem: undefined }));
  });

  test('what is not there is named by its field, and nothing is saved', async () => {
    const { context } = await open();
    const stranger = `aave-v3~1~core~${BOB}`;
    const wrong = edit({
      scope: { type: 'position', id: stranger },
      channels: ['in-app', 'nowhere'],
      conditions: [{ kind: 'price-level', side: 'below', level: '1', params: { asset: 'eip155:1/erc20:0xdead' } }],
    });
    const before = await listWatchedOwners(target.db, 1);
    const error = await saveTriggerEdit('wrong', wrong, context).catch((cause) => cause);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(faultsOf(error)).toEqual(['scope.id', 'conditions[0].params.asset', 'channels[1]']);
    expect(await readTrigger(target.db, 'wrong')).toBeUndefined();
    expect(await listWatchedOwners(target.db, 1)).toEqual(before);
    const malformed = await saveTriggerEdit('wrong', edit({ severity: 'loud' }), context).catch((cause) => cause);
    expect(faultsOf(malformed)).toEqual(['severity']);
    const noAddress = edit({}, { owners: [{ address: '0x12', label: 'x' }] });
    expect(faultsOf(await saveTriggerEdit('wrong', noAddress, context).catch((cause) => cause))).toEqual([
      'owners[0].address',
    ]);
  });

  test('what cannot be looked up is not saved as if it were there', async () => {
    const { scene, context } = await open();
    const ofCarol = edit({ scope: { type: 'owner', owner: CAROL } });
    await expect(saveTriggerEdit('unread', ofCarol, context)).rejects.toThrow(ChainUnavailableError);
    scene.chainState = 'stalled';
    await expect(saveTriggerEdit('unread', edit(), context)).rejects.toThrow(/stands still/);
    expect(await readTrigger(target.db, 'unread')).toBeUndefined();
  });

  test('a book that a trigger names is stored with it and watched at live prices; a position that is not in it is refused', async () => {
    const { scene, alerting, context } = await open();
    const text = JSON.stringify({
      version: 1,
      prices: { [ETH_KEY]: '1', [USDC_KEY]: '1' },
      positions: [
        {
          id: 'p-1',
          venue: 'aave-v3',
          owner: 'Alice',
          collateral: [
            { asset: ETH_KEY, amount: '10', liquidationThreshold: '0.83', maxLtv: '0.8', liquidationBonus: '0.05' },
          ],
          debt: [{ asset: USDC_KEY, amount: '20000' }],
        },
      ],
    });
    const book = { id: 'desk', name: 'The desk', document: { text, goodRowsOnly: false } };
    const onBook = (id: string) => edit({ scope: { type: 'position', id, book: 'desk' } }, { book });
    expect(faultsOf(await saveTriggerEdit('booked', onBook('p-9'), context).catch((cause) => cause))).toEqual([
      'scope.id',
    ]);
    const broken = { ...book, document: { text: '{"version": 1', goodRowsOnly: false } };
    await expect(saveTriggerEdit('booked', { ...onBook('p-1'), book: broken }, context)).rejects.toThrow(/line 1/);
    expect(await readTrigger(target.db, 'booked')).toBeUndefined();
    expect(await saveTriggerEdit('booked', onBook('p-1'), context)).toBe(1);
    await alerting.watcher.reload();
    scene.mine('3000');
    await alerting.watcher.flush();
    const armed = (await listTriggersNow(alerting, 'watching')).triggers.find(({ id }) => id === 'booked');
    expect(armed).toMatchObject({ status: 'armed', sentence: expect.stringContaining('p-1 in The desk') });
    scene.mine('2600');
    await alerting.watcher.flush();
    const page = await readFiringPage(alerting, new URLSearchParams({ trigger: 'booked' }));
    expect(page.firings[0]?.firing.values[0]?.value).toBe('1.079');
  });

  test('the list says where each trigger stands; one that cannot be read hides no other', async () => {
    const { scene, alerting, context } = await open();
    await saveTriggerEdit('listed', edit(), context);
    await saveTrigger(target.db, { id: 'broken', version: 0 }, { name: 'from a later version' }, 1);
    await alerting.owners.refresh();
    await alerting.watcher.reload();
    scene.mine('3000');
    await alerting.watcher.flush();
    const { triggers, status } = await listTriggersNow(alerting, 'watching');
    const find = (id: string) => triggers.find((trigger) => trigger.id === id);
    expect(find('listed')).toMatchObject({
      status: 'armed',
      sentence: expect.stringMatching(/^Warn me when the health factor of .* is below 1\.1\.$/),
    });
    expect(find('broken')).toMatchObject({ status: 'broken', problem: expect.stringContaining('cannot be watched') });
    expect(status.isArmed).toBe(false);
    await endTrigger(target.db, { id: 'broken', version: 1 }, 'delete', 2);
    const ended = await listTriggersNow(alerting, 'ended');
    expect(ended.triggers.find(({ id }) => id === 'broken')).toMatchObject({ status: 'deleted' });
  });

  test('the channels that need no settings are there, once', async () => {
    const { alerting } = await open();
    await open();
    const { channels, kinds } = await listChannelsNow(alerting);
    expect(channels.filter(({ id }) => id === 'in-app' || id === 'browser')).toHaveLength(2);
    expect(kinds.map(({ id }) => id)).toContain('webhook');
  });

  test('a stream tells what was missed, then what fires, and goes on after the last that was heard', async () => {
    const { scene, alerting, context } = await open();
    await saveTriggerEdit('streamed', edit(), context);
    await alerting.owners.refresh();
    await alerting.watcher.reload();
    const first = listen(alerting, undefined);
    stops.push(first.close);
    expect(await first.until('ready')).toMatchObject({ type: 'ready' });
    scene.mine('2600');
    await alerting.watcher.flush();
    const isOurs = ({ firing }: Of<'firing'>) => firing.firing.triggerId === 'streamed';
    const fired = await first.until('firing', isOurs);
    expect(fired).toMatchObject({ isMissed: false, firing: { firing: { triggerId: 'streamed', episode: 1 } } });
    first.close();
    scene.mine('3000');
    scene.mine('2600');
    await alerting.watcher.flush();
    const again = listen(alerting, first.lastId());
    stops.push(again.close);
    const missed = await again.until('firing', isOurs);
    expect(missed).toMatchObject({ isMissed: true, firing: { firing: { triggerId: 'streamed', episode: 2 } } });
    const { unacknowledged } = await again.until('ready');
    await acknowledge(target.db, missed.firing.id, { by: 'me', note: null, atMs: 1 });
    // What waited from before the acknowledgement still has the old count.
    const seen = await again.until(
      'changed',
      (event) => event.what === 'firings' && event.unacknowledged < unacknowledged,
    );
    expect(seen.unacknowledged).toBe(unacknowledged - 1);
    const page = await readFiringPage(alerting, new URLSearchParams({ trigger: 'streamed', limit: '1' }));
    expect(page.firings.map(({ acknowledged }) => acknowledged?.by)).toEqual(['me']);
    expect(page.nextBeforeId).toBe(page.firings[0]?.id);
  });
});

type Of<Type extends AlertEvent['type']> = Extract<AlertEvent, { readonly type: Type }>;

/** Reads a stream as a browser does. */
function listen(alerting: Alerting, afterId: number | undefined) {
  const abort = new AbortController();
  const stream = openAlertStream({ alerting, afterId, signal: abort.signal, onClose: () => {} });
  const reader = stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = '';
  let lastId = afterId;
  const next = async (): Promise<AlertEvent> => {
    for (;;) {
      const end = rest.indexOf('\n\n');
      if (end >= 0) {
        const lines = rest.slice(0, end).split('\n');
        rest = rest.slice(end + 2);
        const find = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        lastId = find('id') === undefined ? lastId : Number(find('id'));
        return alertEvent.parse(JSON.parse(find('data') ?? ''));
      }
      const { value, done } = await reader.read();
      if (done) throw new Error('The stream has ended.');
      rest += value;
    }
  };
  return {
    lastId: () => lastId,
    close: () => abort.abort(),
    async until<Type extends AlertEvent['type']>(type: Type, fits: (event: Of<Type>) => boolean = () => true) {
      for (;;) {
        const event = await next();
        if (event.type === type && fits(event as Of<Type>)) return event as Of<Type>;
      }
    },
  };
}
