import { expect, test } from 'vitest';
import { listChannels, recordTest, removeChannel, saveChannel } from './channels';
import { listPrices, prunePrices, recordPrices } from './price-samples';
import {
  listPushSubscriptions,
  readOrCreateVapidKeys,
  removePushSubscription,
  savePushSubscription,
  type VapidKeys,
} from './push';
import { readChannelForDelivery } from './secrets-for-delivery';
import { readSetting, writeSetting } from './settings';
import { describeOnBoth, useStorage } from './testing/storage-targets';
import { endTrigger, saveTrigger } from './triggers';
import { listWatchedOwners, readBook, removeBook, storeBook, unwatchOwner, watchOwner } from './watched';

describeOnBoth('channels, and what else is kept', (createDatabase) => {
  const target = useStorage(createDatabase);
  const settings = { kind: 'webhook', name: 'Desk', config: { url: 'https://desk.example/hook' } };

  test('secrets go in and come out for delivery alone', async () => {
    const { db } = target;
    const secrets = { hmac: 'very-secret', token: 'also-secret' };
    expect(await saveChannel(db, { id: 'desk', version: 0, settings, secrets }, 1)).toBe(1);
    const [shown] = await listChannels(db);
    const base = { id: 'desk', ...settings, lastSuccess: null, lastFailure: null };
    expect(shown).toEqual({ ...base, version: 1, secrets: ['hmac', 'token'] });
    expect(JSON.stringify(shown)).not.toMatch(/-secret/);
    expect(await readChannelForDelivery(db, 'desk')).toEqual({ kind: 'webhook', config: settings.config, secrets });
    // Not named: stays. Named without a value: forgotten.
    await saveChannel(db, { id: 'desk', version: 1, settings, secrets: { token: null } }, 2);
    expect((await readChannelForDelivery(db, 'desk'))?.secrets).toEqual({ hmac: 'very-secret' });
    await recordTest(db, 'desk', { ok: true, detail: '204', atMs: 5 });
    await recordTest(db, 'desk', { ok: false, detail: 'refused', atMs: 4 });
    expect(await listChannels(db)).toEqual([
      {
        ...base,
        version: 2,
        secrets: ['hmac'],
        lastSuccess: { atMs: 5, detail: '204' },
        lastFailure: { atMs: 4, detail: 'refused' },
      },
    ]);
  });

  test('a channel stays while a trigger that watches names it', async () => {
    const { db } = target;
    await saveChannel(db, { id: 'used', version: 0, settings, secrets: { hmac: 'kept' } }, 1);
    for (const name of ['a', 'b', 'c', 'd']) {
      await saveTrigger(db, { id: `by-${name}`, version: 0 }, { name, channels: ['in-app', 'used'] }, 1);
    }
    await saveTrigger(db, { id: 'by-another', version: 0 }, { name: 'e', channels: ['used-not'] }, 1);
    const removal = { id: 'used', version: 1 };
    await expect(removeChannel(db, removal, 2)).rejects.toMatchObject({
      code: 'IN_USE',
      message: 'Not removed: triggers tell by this channel, “a”, “b”, “c” and 1 more.',
    });
    expect((await readChannelForDelivery(db, 'used'))?.secrets).toEqual({ hmac: 'kept' });
    for (const name of ['a', 'b', 'c', 'd']) {
      await expect(removeChannel(db, removal, 3)).rejects.toMatchObject({ code: 'IN_USE' });
      await endTrigger(db, { id: `by-${name}`, version: 1 }, 'delete', 3);
    }
    await removeChannel(db, removal, 4);
    expect(await readChannelForDelivery(db, 'used')).toBeUndefined();
  });

  test('a channel changed elsewhere is not overwritten, nor are its secrets; a removed one is gone with its secrets', async () => {
    const { db } = target;
    const version = { code: 'VERSION' };
    await saveChannel(db, { id: 'two', version: 0, settings, secrets: { hmac: 'one' } }, 1);
    const again = { id: 'two', version: 0, settings, secrets: { hmac: 'two' } };
    await expect(saveChannel(db, again, 2)).rejects.toMatchObject(version);
    await expect(saveChannel(db, { ...again, version: 2 }, 2)).rejects.toMatchObject(version);
    expect((await readChannelForDelivery(db, 'two'))?.secrets).toEqual({ hmac: 'one' });
    await expect(removeChannel(db, { id: 'two', version: 2 }, 3)).rejects.toMatchObject(version);
    await removeChannel(db, { id: 'two', version: 1 }, 3);
    expect(await readChannelForDelivery(db, 'two')).toBeUndefined();
    expect((await listChannels(db)).map(({ id }) => id)).not.toContain('two');
    expect(await db.selectFrom('channel_secrets').selectAll().where('channel_id', '=', 'two').execute()).toEqual([]);
    await expect(saveChannel(db, { ...again, version: 2 }, 4)).rejects.toMatchObject(version);
  });

  test('the keys for push are made once, whoever asks first', async () => {
    const { db } = target;
    let made = 0;
    const generate = (): VapidKeys => {
      made += 1;
      return { publicKey: `public-${made}`, privateKey: `private-${made}` };
    };
    const keys = await Promise.all(Array.from({ length: 4 }, () => readOrCreateVapidKeys(db, generate, 1)));
    expect(new Set(keys.map(({ publicKey }) => publicKey)).size).toBe(1);
    const before = made;
    expect(await readOrCreateVapidKeys(db, generate, 2)).toEqual(keys[0]);
    expect(made).toBe(before);
  });

  test('subscriptions of browsers come, change and go', async () => {
    const { db } = target;
    await savePushSubscription(db, { endpoint: 'https://push.example/1', keys: { auth: 'a' } }, 1);
    await savePushSubscription(db, { endpoint: 'https://push.example/2', keys: { auth: 'b' } }, 2);
    await savePushSubscription(db, { endpoint: 'https://push.example/1', keys: { auth: 'c' } }, 3);
    expect(await listPushSubscriptions(db)).toEqual([
      { endpoint: 'https://push.example/2', keys: { auth: 'b' } },
      { endpoint: 'https://push.example/1', keys: { auth: 'c' } },
    ]);
    await removePushSubscription(db, 'https://push.example/2');
    expect(await listPushSubscriptions(db)).toHaveLength(1);
  });

  test('watched owners are told apart by chain and address, in any case of letters; books are kept whole', async () => {
    const { db } = target;
    await watchOwner(db, { chainId: 1, address: '0xAB', label: 'Treasury' }, 1);
    await watchOwner(db, { chainId: 2, address: '0xab', label: 'Elsewhere' }, 1);
    await watchOwner(db, { chainId: 1, address: '0xab', label: 'Treasury 2' }, 2);
    expect(await listWatchedOwners(db, 1)).toEqual([{ chainId: 1, address: '0xab', label: 'Treasury 2' }]);
    await unwatchOwner(db, 1, '0xAb');
    expect([await listWatchedOwners(db, 1), (await listWatchedOwners(db, 2)).length]).toEqual([[], 1]);
    const book = { id: 'b', name: 'Book', document: { rows: [1n, '2'] }, storedAtMs: 3 };
    await storeBook(db, { ...book, name: 'Older' });
    await storeBook(db, book);
    expect(await readBook(db, 'b')).toEqual(book);
    await removeBook(db, 'b');
    expect(await readBook(db, 'b')).toBeUndefined();
  });

  test('prices are kept exactly, once, and given in order of time', async () => {
    const { db } = target;
    const of = { genesisHash: '0xab', asset: 'eth', source: 'oracle' };
    const at = (atMs: number, price: string) => ({ ...of, atMs, price });
    const samples = [at(30, '3.000000000000000003'), at(10, '1'), at(20, '2'), { ...at(10, '9'), source: 'market' }];
    await recordPrices(db, samples);
    await recordPrices(db, [at(10, '7'), { ...at(15, '5'), genesisHash: '0xcd' }]);
    await recordPrices(db, []);
    expect(await listPrices(db, { ...of, fromMs: 10, toMs: 30, limit: 9 })).toEqual([at(10, '1'), at(20, '2')]);
    expect(await listPrices(db, { ...of, fromMs: 11, toMs: 31, limit: 9 })).toEqual([samples[2], samples[0]]);
    expect(await listPrices(db, { ...of, fromMs: 0, toMs: 31, limit: 1 })).toEqual([at(10, '1')]);
    expect(await prunePrices(db, 20)).toBe(3);
    const many = Array.from({ length: 1_201 }, (_, n) => at(1_000 + n, String(n)));
    await recordPrices(db, many);
    expect(await listPrices(db, { ...of, fromMs: 1_000, toMs: 9_000, limit: 2_000 })).toEqual(many);
  });

  test('a setting is what it was set to last', async () => {
    const { db } = target;
    expect(await readSetting(db, 'paused')).toBeUndefined();
    await writeSetting(db, 'paused', true, 1);
    await writeSetting(db, 'paused', { until: 5n }, 2);
    expect(await readSetting(db, 'paused')).toEqual({ until: 5n });
    await writeSetting(db, 'paused', null, 3);
    expect(await readSetting(db, 'paused')).toBeNull();
  });
});
