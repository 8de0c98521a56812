import { expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { removeChannel, saveChannel } from '../storage/channels';
import { listDeliveries } from '../storage/deliveries';
import { recordFirings } from '../storage/record-firings';
import { createTrigger, toBatch, toTransition } from '../storage/testing/firing-examples';
import { describeOnBoth, useStorage } from '../storage/testing/storage-targets';
import { createStoredOutbox } from './stored-outbox';

describeOnBoth('the stored outbox', (createDatabase) => {
  const target = useStorage(createDatabase);

  test('alerts are leased with their channel and its secrets, once, and settled', async () => {
    const { db } = target;
    const clock = new FakeClock();
    const ids = await createTrigger(db, 'sent');
    const settings = { kind: 'webhook', name: 'Desk', config: { url: 'https://desk.example' } };
    await saveChannel(db, { id: ids.channelId, version: 1, settings, secrets: { secret: 'very-secret' } }, 2);
    const deliveries = [{ channelId: ids.channelId, step: 0, notBeforeMs: clock.now(), body: { text: 'Low' } }];
    const [firing] = await recordFirings(db, toBatch(toTransition(ids, { deliveries })));
    const [first, second] = ['a', 'b'].map((owner) => createStoredOutbox({ db, owner, clock }));
    if (!first || !second) throw new Error('There are two.');

    expect(await first.claim(10, [ids.channelId])).toEqual([]);
    const [sending] = await first.claim(10, []);
    expect(sending).toEqual({
      id: expect.any(String),
      channel: {
        id: ids.channelId,
        kind: 'webhook',
        config: { url: 'https://desk.example' },
        secrets: { secret: 'very-secret' },
      },
      failures: 0,
      message: { text: 'Low', idempotencyKey: 'trigger-sent/s/1/channel-sent/0', firingId: String(firing?.id) },
    });
    const id = sending?.id ?? '';
    expect(await second.claim(10, [])).toEqual([]);
    const problem = { code: 'STATUS', problem: 'It answered 503.' };
    const notBeforeMs = clock.now() + 500;
    await first.settle(id, { kind: 'retry', atMs: clock.now(), notBeforeMs, ...problem });
    clock.advance(500);
    expect(await second.claim(10, [])).toEqual([{ ...sending, failures: 1 }]);
    // The second holds it now and is given up for lost: what it says later about its own attempt changes nothing.
    clock.advance(policy.storage.deliveryLeaseMs);
    expect(await first.claim(10, [])).toEqual([{ ...sending, failures: 1 }]);
    await second.settle(id, { kind: 'dead', atMs: clock.now(), ...problem });
    expect(await listDeliveries(db, { state: 'leased', limit: 9 })).toHaveLength(1);
    await first.settle(id, { kind: 'delivered', atMs: clock.now() });
    const [delivered] = await listDeliveries(db, { state: 'delivered', limit: 9 });
    expect(delivered).toMatchObject({ id: Number(id), settledAtMs: clock.now(), lastDetail: 'Delivered.' });
  });

  test('an alert for a channel that is gone is a dead letter, and holds up no other', async () => {
    const { db } = target;
    const clock = new FakeClock();
    const gone = await createTrigger(db, 'gone');
    const there = await createTrigger(db, 'there');
    for (const ids of [gone, there]) {
      const deliveries = [{ channelId: ids.channelId, step: 0, notBeforeMs: clock.now(), body: {} }];
      await recordFirings(db, toBatch(toTransition(ids, { deliveries })));
    }
    await removeChannel(db, { id: gone.channelId, version: 1 }, 2);
    const claimed = await createStoredOutbox({ db, owner: 'a', clock }).claim(10, []);
    expect(claimed.map(({ channel }) => channel.id)).toEqual([there.channelId]);
    const [letter] = await listDeliveries(db, { state: 'dead', limit: 9 });
    expect(letter).toMatchObject({ channelId: gone.channelId, lastDetail: expect.stringMatching(/^CHANNEL_REMOVED/) });
  });
});
