import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createVapidKeys } from '../create-vapid-keys';
import { DeliveryError, PermanentDeliveryError, TemporaryDeliveryError } from '../delivery-error';
import type { PushSubscription, PushSurroundings } from '../push-surroundings';
import { PushBrowser, readVapid } from '../testing/push-browser';
import { Receiver } from '../testing/receiver';
import { makeContext, makeMessage } from '../testing/surroundings';
import { makeTestCertificate } from '../testing/test-certificate';
import { webPush } from './web-push';

const certificate = makeTestCertificate('push.example');
const vapidKeys = createVapidKeys();
const browser = new PushBrowser();
const forgotten: string[] = [];
let service: Receiver;
beforeAll(async () => {
  service = await new Receiver(certificate).start();
});
afterAll(() => service.stop());
beforeEach(() => {
  service.posts.length = 0;
  service.answer = (response) => response.writeHead(201).end();
  forgotten.length = 0;
});

/** A subscription of a browser at the push service's address of this name. */
const subscribe = (name: string, keys: unknown = browser.keys): PushSubscription => ({
  endpoint: service.url(`/push/${name}`, 'push.example'),
  keys,
});
const makePush = (subscriptions: readonly PushSubscription[]): PushSurroundings => ({
  vapidKeys,
  vapidSubject: 'mailto:desk@example.org',
  listSubscriptions: async () => subscriptions,
  forgetSubscription: async (endpoint) => {
    forgotten.push(new URL(endpoint).pathname);
  },
});
const send = (
  message = makeMessage(),
  subscriptions = [subscribe('abc')],
  given: Parameters<typeof makeContext>[0] = {},
): Promise<void> =>
  webPush.send(
    message,
    { config: {}, secrets: {} },
    makeContext({ trustedCertificates: certificate.cert, push: makePush(subscriptions), ...given }),
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
  /** Answers each path with its status, every other with 201. */
  const answerWith = (statuses: Readonly<Record<string, number>>) => {
    service.answer = (response) => response.writeHead(statuses[response.req.url ?? ''] ?? 201).end();
  };
  const three = () => [subscribe('a'), subscribe('b'), subscribe('c')];

  test.each([404, 410])('%d: this browser is gone and forgotten, the others have it', async (status) => {
    answerWith({ '/push/b': status });
    await expect(send(makeMessage(), three())).resolves.toBeUndefined();
    expect(service.posts.map(({ path }) => path).toSorted()).toEqual(['/push/a', '/push/b', '/push/c']);
    expect(forgotten).toEqual(['/push/b']);
  });

  test('all gone, or none there: no browser takes it, and that does not pass', async () => {
    answerWith({ '/push/abc': 410 });
    const errors = [await failure(send()), await failure(send(makeMessage(), []))];
    expect(errors.map(({ code }) => code)).toEqual(['NO_BROWSER', 'NO_BROWSER']);
    expect(errors.every((error) => error instanceof PermanentDeliveryError)).toBe(true);
  });

  test.each([429, 500])('%d of one passes, and is tried again for all', async (status) => {
    answerWith({ '/push/b': status, '/push/c': 403 });
    await expect(send(makeMessage(), three())).rejects.toBeInstanceOf(TemporaryDeliveryError);
    expect(forgotten).toEqual([]);
  });

  test('refused by every one of them: that is told', async () => {
    answerWith({ '/push/abc': 403 });
    const error = await failure(send());
    expect(error).toBeInstanceOf(PermanentDeliveryError);
    expect(error.code).toBe('HTTP_STATUS');
    answerWith({ '/push/b': 403 });
    await expect(send(makeMessage(), three())).resolves.toBeUndefined();
  });

  test('not set up on this server', async () => {
    const error = await failure(send(makeMessage(), [], { push: undefined }));
    expect([error.code, service.posts.length]).toEqual(['NOT_SET_UP', 0]);
  });

  test('a push service inside the network is refused as any target is', async () => {
    const rules = { allowedNetworks: [], resolve: async () => ['127.0.0.1'] };
    const error = await failure(send(makeMessage(), [subscribe('abc')], { rules }));
    expect([error.code, service.posts.length]).toEqual(['ADDRESS_REFUSED', 0]);
  });

  test.each([
    ['of another length', { ...browser.keys, auth: 'c2hvcnQ' }],
    ['no point of the curve', { ...browser.keys, p256dh: Buffer.alloc(65, 7).toString('base64url') }],
    ['missing', null],
  ])('keys %s are never shown', async (_what, keys) => {
    const error = await failure(send(makeMessage(), [subscribe('token9', keys)]));
    expect(error.code).toBe('SUBSCRIPTION');
    expect(`${error.message}${JSON.stringify(error.detail)}`).not.toMatch(/token9|c2hvcnQ|BwcHBw/);
  });
});

async function failure(work: Promise<unknown>): Promise<DeliveryError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof DeliveryError) return error;
  throw new Error('This should have failed.');
}

test('each key pair is new, of the lengths that browsers expect', () => {
  const other = createVapidKeys();
  expect(other.publicKey).not.toBe(vapidKeys.publicKey);
  expect([other.publicKey, other.privateKey].map((key) => Buffer.from(key, 'base64url').length)).toEqual([65, 32]);
});
