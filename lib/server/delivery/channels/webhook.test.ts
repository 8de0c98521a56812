import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { Receiver } from '../testing/receiver';
import { makeContext, makeMessage, NOW_MS } from '../testing/surroundings';
import { verifySignature } from '../verify-signature';
import { webhook } from './webhook';

const secret = 'a-secret-of-the-desk';
let receiver: Receiver;
beforeAll(async () => {
  receiver = await new Receiver().start();
});
afterAll(() => receiver.stop());
beforeEach(() => {
  receiver.posts.length = 0;
});

const settings = () => ({ config: { url: receiver.url('/alerts') }, secrets: { secret } });

describe('a signed post', () => {
  test('whole, with every figure as a decimal string', async () => {
    await webhook.send(makeMessage(), settings(), makeContext());
    const [post] = receiver.posts;
    expect(post?.headers['content-type']).toBe('application/json');
    expect(post?.headers['ballast-idempotency-key']).toBe('firing-7/channel-2');
    expect(JSON.parse(post?.body.toString() ?? '')).toEqual({
      format: 'ballast-alert/1',
      idempotencyKey: 'firing-7/channel-2',
      firingId: 'firing-7',
      isTest: false,
      severity: 'critical',
      trigger: 'Margin is thin',
      subject: 'Short ETH on Aave v3',
      at: '2026-03-01T14:05:09.000Z',
      sentence: 'The health factor of Short ETH fell to 1.041, below 1.05.',
      values: [
        { label: 'Health factor', value: '1.041666666666666666', text: '1.041' },
        { label: 'ETH', value: '2431.5', text: '$2,431.50' },
      ],
      link: 'https://ballast.example/positions/1',
      remedy: {
        text: 'Repay 250 USDC: health factor 1.10',
        link: 'https://ballast.example/positions/1#remedies',
      },
    });
  });

  test('the signature is what the documentation says, recomputed here from what arrived', async () => {
    // Sent a minute after it fired: 1 March 2026, 14:06:09 UTC.
    const clock = new FakeClock(NOW_MS + 60_000);
    await webhook.send(makeMessage({ triggerName: 'Über “50 %”' }), settings(), makeContext({ clock }));
    const [post] = receiver.posts;
    const body = post?.body ?? Buffer.alloc(0);
    const expected = createHmac('sha256', secret).update('1772373969.').update(body).digest('hex');
    expect(post?.headers['ballast-signature']).toBe(`t=1772373969,v1=${expected}`);
    expect(JSON.stringify(post?.headers) + body).not.toContain(secret);
  });

  test('a message without a remedy says so', async () => {
    const { remedy: _, ...rest } = makeMessage();
    await webhook.send(rest, settings(), makeContext());
    expect(JSON.parse(receiver.posts[0]?.body.toString() ?? '').remedy).toBeNull();
  });
});

describe('verifying', () => {
  // openssl: printf '%s' '1772373909.{"a":1}' | openssl dgst -sha256 -hmac 'a-secret-of-the-desk'
  const digest = 'e4241e6e6c5c6090fc0782a55f81998ec90a427b786d0d0ae6d328b0aa4fadf1';
  const signed = { header: `t=1772373909,v1=${digest}`, body: '{"a":1}', secret, nowMs: NOW_MS };

  test('what is right, up to five minutes from its time either way', () => {
    expect(verifySignature(signed)).toEqual({ isValid: true });
    expect(verifySignature({ ...signed, nowMs: NOW_MS + 300_000 })).toEqual({ isValid: true });
    expect(verifySignature({ ...signed, nowMs: NOW_MS - 300_000 })).toEqual({ isValid: true });
  });

  test.each([
    ['too-old', { nowMs: NOW_MS + 300_001 }],
    ['too-old', { nowMs: NOW_MS - 300_001 }],
    ['wrong', { body: '{"a":2}' }],
    ['wrong', { secret: 'another-secret-of-desk' }],
    ['wrong', { header: `t=1772373910,v1=${digest}` }],
    ['wrong', { header: `t=1772373909,v1=${'0'.repeat(64)}` }],
    ['malformed', { header: undefined }],
    ['malformed', { header: digest }],
    ['malformed', { header: `t=1772373909,v1=${digest.slice(1)}` }],
    ['malformed', { header: `t=1772373909,v1=${digest.toUpperCase()}` }],
    ['malformed', { header: `t=1772373909,v1=${digest},v1=${digest}` }],
  ])('%s: %j', (reason, change) => {
    expect(verifySignature({ ...signed, ...change })).toEqual({ isValid: false, reason });
  });
});
