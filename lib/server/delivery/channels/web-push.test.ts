import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createVapidKeys } from '../create-vapid-keys';
import { PermanentDeliveryError, TemporaryDeliveryError } from '../delivery-error';
import { PushBrowser, readVapid } from '../testing/push-browser';
import { Receiver } from '../testing/receiver';
import { makeContext, makeMessage } from '../testing/surroundings';
import { makeTestCertificate } from '../testing/test-certificate';
import { webPush } from './web-push';

const certificate = makeTestCertificate('push.example');
const vapidKeys = createVapidKeys();
const browser = new PushBrowser();
let service: Receiver;
beforeAll(async () => {
  service = await new Receiver(certificate).start();
});
afterAll(() => service.stop());
beforeEach(() => {
  service.posts.length = 0;
  service.answer = (response) => response.writeHead(201).end();
});

const send = (message = makeMessage(), given: Parameters<typeof makeContext>[0] = {}) =>
  webPush.send(
    message,
    { config: {}, secrets: { endpoint: service.url('/push/abc', 'push.example'), ...browser.keys } },
    makeContext({ trustedCertificates: certificate.cert, vapidKeys, ...given }),
  );
const payload = (at = 0) => JSON.parse(browser.decrypt(service.posts[at]?.body ?? Buffer.alloc(0)));

describe('what the push service gets', () => {
  test('an encrypted message that the browser alone can read', async () => {
    await send();
    expect(service.posts[0]?.path).toBe('/push/abc');
    expect(service.posts[0]?.headers['content-encoding']).toBe('aes128gcm');
    expect(payload()).toEqual({
      key: 'firing-7/channel-2',
      severity: 'critical',
      title: 'Critical: Margin is thin',
      body: 'The health factor of Short ETH fell to 1.041, below 1.05.',
      link: 'https://ballast.example/positions/1',
    });
  });

  test('a sign of who sends, for this push service alone, that holds for its key', async () => {
    await send();
    const { publicKey, claims } = readVapid(service.posts[0]?.headers.authorization ?? '');
    expect(publicKey).toBe(vapidKeys.publicKey);
    expect(claims).toMatchObject({ aud: service.url('', 'push.example'), sub: 'mailto:desk@example.org' });
    expect(service.posts[0]?.headers.authorization).not.toContain(vapidKeys.privateKey);
  });

  test.each([
    ['critical', 'high', '86400'],
    ['warning', 'high', '43200'],
    ['info', 'normal', '3600'],
  ] as const)('%s: urgency %s, kept for %s s', async (severity, urgency, ttl) => {
    await send(makeMessage({ severity }));
    expect(service.posts[0]?.headers).toMatchObject({ urgency, ttl });
  });

  test('one topic for one firing, another for another', async () => {
    await send();
    await send();
    await send(makeMessage({ idempotencyKey: 'firing-8/channel-2' }));
    const topics = service.posts.map(({ headers }) => headers.topic);
    expect(topics[0]).toMatch(/^[\w-]{32}$/);
    expect([topics[1] === topics[0], topics[2] === topics[0]]).toEqual([true, false]);
  });

  test('however long the texts, no more than a push service takes (4096 bytes)', async () => {
    const text = '😀'.repeat(5_000);
    await send(
      makeMessage({ triggerName: text, sentence: text, link: `https://ballast.example/${'a'.repeat(5_000)}` }),
    );
    expect(service.posts[0]?.body.length).toBeLessThanOrEqual(4_096);
    expect(payload().link).toBe('https://ballast.example/');
    expect(payload().body).toMatch(/^(😀)+…$/u);
  });
});

describe('what may go wrong', () => {
  test.each([404, 410])('%d: the subscription is gone', async (status) => {
    service.answer = (response) => response.writeHead(status).end();
    const error = await send().catch((reason) => reason);
    expect(error).toBeInstanceOf(PermanentDeliveryError);
    expect(error.code).toBe('GONE');
  });

  test.each([429, 500])('%d passes', async (status) => {
    service.answer = (response) => response.writeHead(status).end();
    await expect(send()).rejects.toBeInstanceOf(TemporaryDeliveryError);
  });

  test('no keys on this server', async () => {
    const error = await send(makeMessage(), { vapidKeys: undefined }).catch((reason) => reason);
    expect([error.code, service.posts.length]).toEqual(['NOT_SET_UP', 0]);
  });

  test('a push service inside the network is refused as any target is', async () => {
    const rules = { allowedNetworks: [], resolve: async () => ['127.0.0.1'] };
    const error = await send(makeMessage(), { rules }).catch((reason) => reason);
    expect([error.code, service.posts.length]).toEqual(['ADDRESS_REFUSED', 0]);
  });

  test('keys that are none: by name where they have the wrong length, else when they are used, and never shown', async () => {
    const given = { endpoint: service.url('/', 'push.example'), ...browser.keys };
    expect(() => webPush.parse({ config: {}, secrets: { ...given, auth: 'c2hvcnQ' } })).toThrowError('secrets.auth');
    const p256dh = Buffer.alloc(65, 7).toString('base64url');
    const context = makeContext({ vapidKeys });
    const error = await webPush
      .send(makeMessage(), { config: {}, secrets: { ...given, p256dh } }, context)
      .catch((reason) => reason);
    expect([error.code, error.message.includes(p256dh)]).toEqual(['SUBSCRIPTION', false]);
  });
});

test('each key pair is new, of the lengths that browsers expect', () => {
  const other = createVapidKeys();
  expect(other.publicKey).not.toBe(vapidKeys.publicKey);
  expect([other.publicKey, other.privateKey].map((key) => Buffer.from(key, 'base64url').length)).toEqual([65, 32]);
});
