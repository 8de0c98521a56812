import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { systemClock } from '@/lib/feeds/clock';
import { listChannels, removeChannel, saveChannel } from '../storage/channels';
import { claimDeliveries, listDeliveries } from '../storage/deliveries';
import { listPushSubscriptions, savePushSubscription } from '../storage/push';
import { recordFirings } from '../storage/record-firings';
import { toBatch, toTransition } from '../storage/testing/firing-examples';
import { describeOnBoth, useStorage } from '../storage/testing/storage-targets';
import { saveTrigger } from '../storage/triggers';
import type { AlertBody } from './alert-message';
import type { DeliverySurroundings } from './delivery-context';
import { readSurroundings, startDelivery } from './start-delivery';
import { testChannel } from './test-channel';
import { PushBrowser } from './testing/push-browser';
import { Receiver } from './testing/receiver';
import { makeMessage } from './testing/surroundings';
import { verifySignature } from './verify-signature';

const secret = 'a-secret-of-the-desk';
const env = { allowedNetworks: ['127.0.0.0/8'], smtpHosts: [], vapidSubject: 'mailto:desk@example.org' };
/** As it is stored with a firing. */
const { idempotencyKey: _key, firingId: _firing, ...stored } = makeMessage();
const body: AlertBody = stored;

describeOnBoth('delivery', (createDatabase) => {
  const target = useStorage(createDatabase);
  let receiver: Receiver;
  let surroundings: DeliverySurroundings;
  beforeAll(async () => {
    receiver = await new Receiver().start();
    surroundings = await readSurroundings(target.db, env, systemClock);
  });
  afterAll(() => receiver.stop());
  beforeEach(() => {
    receiver.posts.length = 0;
    receiver.answer = (response) => response.end();
  });

  const start = (owner: string) =>
    startDelivery({
      storage: target.storage,
      owner,
      surroundings,
      random: Math.random,
      onProblem: (error) => {
        throw error;
      },
    });
  /** A trigger and a channel of this kind; by default a webhook to the receiver. */
  async function create(name: string, kind = 'webhook', config: object = { url: receiver.url(`/${name}`) }) {
    const ids = { triggerId: `trigger-${name}`, channelId: `channel-${name}` };
    const secrets = kind === 'webhook' ? { secret } : {};
    await saveChannel(target.db, { id: ids.channelId, version: 0, settings: { kind, name, config }, secrets }, 1);
    await saveTrigger(target.db, { id: ids.triggerId, version: 0 }, { name }, 1);
    return ids;
  }
  const fire = (ids: { triggerId: string; channelId: string }, subject: string) =>
    recordFirings(
      target.db,
      toBatch(
        toTransition(ids, { subject, deliveries: [{ channelId: ids.channelId, step: 0, notBeforeMs: 0, body }] }),
      ),
    );
  const readChannel = async (id: string) => (await listChannels(target.db)).find((channel) => channel.id === id);
  const listDead = () => listDeliveries(target.db, { state: 'dead', limit: 100 });
  const waitForDead = async (channelId: string) => {
    for (;;) {
      const found = (await listDead()).find((letter) => letter.channelId === channelId);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  test('what fires while it runs goes out signed, under the key of the storage, and is seen at the channel', async () => {
    const delivery = start('a');
    const ids = await create('live');
    const [firing] = await fire(ids, 's');
    await receiver.waitFor(1);
    await delivery.stop();
    const [post] = receiver.posts;
    const text = post?.body.toString() ?? '';
    const header = String(post?.headers['ballast-signature']);
    expect(verifySignature({ header, body: text, secret, nowMs: Date.now() })).toEqual({ isValid: true });
    expect(post?.headers['ballast-idempotency-key']).toBe('trigger-live/s/1/channel-live/0');
    expect(JSON.parse(text)).toMatchObject({ firingId: String(firing?.id), trigger: 'Margin is thin' });
    expect((await readChannel(ids.channelId))?.lastSuccess?.detail).toBe('Delivered.');
    const later = { owner: 'b', limit: 10, nowMs: Date.now() + 10 ** 9, leaseMs: 1 };
    expect(await claimDeliveries(target.db, later)).toEqual([]);
  });

  test('two instances share what waits: each message once', async () => {
    const ids = await create('shared');
    for (let at = 0; at < 60; at += 1) await fire(ids, `s${at}`);
    const both = [start('a'), start('b')];
    await receiver.waitFor(60);
    await Promise.all(both.map((delivery) => delivery.stop()));
    const keys = receiver.posts.map(({ headers }) => headers['ballast-idempotency-key']);
    expect([keys.length, new Set(keys).size]).toEqual([60, 60]);
  });

  test('a channel that was removed, or whose settings nobody can read, makes a dead letter that says so', async () => {
    const removed = await create('removed');
    const broken = await create('broken', 'webhook', { url: 'secret-token' });
    await fire(removed, 's');
    await fire(broken, 's');
    await removeChannel(target.db, { id: removed.channelId, version: 1 }, 2);
    const delivery = start('a');
    expect((await waitForDead(removed.channelId)).lastDetail).toContain('removed');
    const { lastDetail } = await waitForDead(broken.channelId);
    await delivery.stop();
    expect(lastDetail).toContain('config.url');
    expect(lastDetail).not.toContain('secret-token');
    expect(receiver.posts).toEqual([]);
  });

  test('the test button sends once, as a test, and its outcome is seen at the channel', async () => {
    const { channelId } = await create('button');
    const link = 'https://ballast.example/triggers';
    const press = (testId: string) => testChannel(target.db, { channelId, testId, link }, surroundings);
    expect(await press('1')).toEqual({ ok: true, detail: 'Delivered.' });
    expect(JSON.parse(receiver.posts[0]?.body.toString() ?? '')).toMatchObject({ isTest: true });
    receiver.answer = (response) => response.writeHead(503).end();
    const failed = await press('2');
    expect(failed).toEqual({ ok: false, detail: 'The address answered with HTTP status 503.' });
    expect(receiver.posts.length).toBe(2);
    const channel = await readChannel(channelId);
    await expect(
      testChannel(target.db, { channelId: 'nobody', testId: '4', link }, surroundings),
    ).rejects.toBeInstanceOf(InvalidInputError);
    expect([channel?.lastSuccess?.detail, channel?.lastFailure?.detail]).toEqual(['Delivered.', failed.detail]);
  });

  test('a browser that its push service no longer knows is forgotten', async () => {
    const { channelId } = await create('push', 'web-push', {});
    const [here, gone] = [new PushBrowser(), new PushBrowser()];
    await savePushSubscription(target.db, { endpoint: receiver.url('/here'), keys: here.keys }, 1);
    await savePushSubscription(target.db, { endpoint: receiver.url('/gone'), keys: gone.keys }, 2);
    receiver.answer = (response) => response.writeHead(response.req.url === '/gone' ? 410 : 201).end();
    const outcome = await testChannel(target.db, { channelId, testId: '3', link: body.link }, surroundings);
    expect(outcome.ok).toBe(true);
    const received = receiver.posts.find(({ path }) => path === '/here')?.body ?? Buffer.alloc(0);
    expect(JSON.parse(here.decrypt(received))).toMatchObject({
      key: 'test-3',
      title: 'Test: Info: Test of this channel',
    });
    expect((await listPushSubscriptions(target.db)).map(({ endpoint }) => endpoint)).toEqual([receiver.url('/here')]);
  });
});
