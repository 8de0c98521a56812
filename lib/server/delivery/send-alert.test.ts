import { afterAll, beforeAll, expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { createTestMessage } from './create-test-message';
import { runWithDeadline } from './run-with-deadline';
import { sendAlert } from './send-alert';
import { Receiver } from './testing/receiver';
import { makeContext, makeMessage, NOW_MS } from './testing/surroundings';

const secret = 'a-secret-of-the-desk';
let receiver: Receiver;
beforeAll(async () => {
  receiver = await new Receiver().start();
});
afterAll(() => receiver.stop());

const target = () => ({ kind: 'webhook', config: { url: receiver.url('/') }, secrets: { secret } });

test('a stored alert is read and sent', async () => {
  await sendAlert(JSON.parse(JSON.stringify(makeMessage())), target(), makeContext());
  expect(receiver.posts.length).toBe(1);
});

test('a test goes out as one, each under a key of its own', async () => {
  receiver.posts.length = 0;
  for (const id of ['1', '2']) {
    await sendAlert(createTestMessage(id, NOW_MS, 'https://ballast.example/triggers'), target(), makeContext());
  }
  const bodies = receiver.posts.map(({ body }) => JSON.parse(body.toString()));
  expect(bodies.map(({ isTest, idempotencyKey }) => [isTest, idempotencyKey])).toEqual([
    [true, 'test-1'],
    [true, 'test-2'],
  ]);
});

test.each([
  ['severity', { severity: 'loud' }],
  ['idempotencyKey', { idempotencyKey: 'a\r\nb' }],
  ['values.0.value', { values: [{ label: 'x', value: '1e9', text: '' }] }],
  ['values.0.value', { values: [{ label: 'x', value: 1, text: '' }] }],
  ['atMs', { atMs: Number.NaN }],
  ['link', { link: 'javascript:alert(1)' }],
  ['remedy.link', { remedy: { text: '', link: '/relative' } }],
])('an alert whose %s cannot be read is not sent', async (field, change) => {
  const error = await sendAlert({ ...makeMessage(), ...change }, target(), makeContext()).catch((reason) => reason);
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error.detail.inputs).toEqual({ field });
});

test('at the time limit the signal comes; at the end of the grace the caller goes on', async () => {
  const clock = new FakeClock();
  let isAborted = false;
  let ended: unknown;
  const work = runWithDeadline(clock, { timeoutMs: 15_000, graceMs: 1_000 }, (signal) => {
    signal.addEventListener('abort', () => {
      isAborted = true;
    });
    return new Promise<never>(() => {});
  }).catch((error) => {
    ended = error.code;
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  clock.advance(14_999);
  expect(isAborted).toBe(false);
  clock.advance(1);
  await settled();
  expect([isAborted, ended]).toEqual([true, undefined]);
  clock.advance(1_000);
  await work;
  expect(ended).toBe('TIMEOUT');
});

test('work that ends in time ends its time limit', async () => {
  const clock = new FakeClock();
  let signal: AbortSignal | undefined;
  const answer = await runWithDeadline(clock, { timeoutMs: 15_000, graceMs: 1_000 }, async (given) => {
    signal = given;
    return 7;
  });
  clock.advance(60_000);
  expect([answer, signal?.aborted]).toEqual([7, false]);
});
