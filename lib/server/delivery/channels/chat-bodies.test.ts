import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AlertMessage } from '../alert-message';
import { Receiver } from '../testing/receiver';
import { makeContext, makeMessage } from '../testing/surroundings';
import type { ChannelKind } from './channel-kind';
import { discord } from './discord';
import { slack } from './slack';
import { telegram } from './telegram';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await new Receiver().start();
});
afterAll(() => receiver.stop());
beforeEach(() => {
  receiver.posts.length = 0;
});

const token = `4711:${'aB3-_'.repeat(7)}`;
const url = () => ({ url: receiver.url('/services/T0/B0') });

async function send(kind: ChannelKind, config: object, secrets: object, message: AlertMessage) {
  await kind.send(message, { config, secrets }, makeContext());
  const [post] = receiver.posts;
  return { path: post?.path, body: JSON.parse(post?.body.toString() ?? '') };
}

/** Names as somebody could write them who wants to be more than a name. */
const sly = makeMessage({
  triggerName: '<!channel> *bold* @everyone',
  subject: '[x](https://evil.example) & <b>',
  link: 'https://ballast.example/p?a=1|2',
});
const long = makeMessage({
  values: Array.from({ length: 400 }, (_, at) => ({ label: `Figure ${at}`, value: '1', text: 'x'.repeat(50) })),
});

describe('Slack', () => {
  test('a plain message', async () => {
    const { path, body } = await send(slack, {}, url(), makeMessage());
    expect(path).toBe('/services/T0/B0');
    expect(body).toEqual({
      text: [
        'Critical: Margin is thin',
        'The health factor of Short ETH fell to 1.041, below 1.05.',
        '• Short ETH on Aave v3',
        '• Health factor: 1.041',
        '• ETH: $2,431.50',
        '• At 2026-03-01 14:05:09 UTC',
        'Cheapest remedy: Repay 250 USDC: health factor 1.10 <https://ballast.example/positions/1#remedies|Show>',
        '<https://ballast.example/positions/1|Open in Ballast>',
      ].join('\n'),
      unfurl_links: false,
    });
  });

  test('no name calls anybody or becomes a link', async () => {
    const { body } = await send(slack, {}, url(), sly);
    expect(body.text).toContain('Critical: &lt;!channel&gt; *bold*');
    expect(body.text).toContain('• [x](https://evil.example) &amp; &lt;b&gt;');
    expect(body.text).toContain('<https://ballast.example/p?a=1%7C2|Open in Ballast>');
  });
});

describe('Discord', () => {
  test('a plain message, which may call nobody', async () => {
    const { body } = await send(discord, {}, url(), makeMessage());
    expect(body).toEqual({
      content: [
        '**Critical: Margin is thin**',
        'The health factor of Short ETH fell to 1.041, below 1.05.',
        'Short ETH on Aave v3',
        'Health factor: 1.041',
        'ETH: $2,431.50',
        'At 2026\\-03\\-01 14:05:09 UTC',
        'Cheapest remedy: Repay 250 USDC: health factor 1.10',
        '<https://ballast.example/positions/1#remedies>',
        '<https://ballast.example/positions/1>',
      ].join('\n'),
      allowed_mentions: { parse: [] },
    });
  });

  test('no name is markup', async () => {
    const { body } = await send(discord, {}, url(), sly);
    expect(body.content).toContain('**Critical: \\<!channel\\> \\*bold\\* @everyone**');
    expect(body.content).toContain('\\[x\\]\\(https://evil.example\\) & \\<b\\>');
  });
});

describe('Telegram', () => {
  const config = () => ({ chatId: '-1001', apiUrl: receiver.url('/') });

  test('a plain message under the bot’s own address', async () => {
    const { path, body } = await send(telegram, config(), { botToken: token }, makeMessage({ isTest: true }));
    expect(path).toBe(`/bot${token}/sendMessage`);
    expect(body).toEqual({
      chat_id: '-1001',
      text: [
        'Test: Critical: Margin is thin',
        'The health factor of Short ETH fell to 1.041, below 1.05.',
        'Short ETH on Aave v3',
        'Health factor: 1.041',
        'ETH: $2,431.50',
        'At 2026-03-01 14:05:09 UTC',
        'Cheapest remedy: Repay 250 USDC: health factor 1.10',
        'https://ballast.example/positions/1#remedies',
        'Open: https://ballast.example/positions/1',
      ].join('\n'),
      link_preview_options: { is_disabled: true },
      disable_notification: false,
    });
  });

  test('only information arrives without a sound', async () => {
    const { body } = await send(telegram, config(), { botToken: token }, makeMessage({ severity: 'info' }));
    expect(body.disable_notification).toBe(true);
  });

  test('the public address of the Bot API is the default', () => {
    const parsed = telegram.parse({ config: { chatId: '@desk' }, secrets: { botToken: token } });
    expect(parsed.config).toEqual({ chatId: '@desk', apiUrl: 'https://api.telegram.org' });
  });
});

test.each([
  ['slack', slack, 3_900, 'text'],
  ['discord', discord, 2_000, 'content'],
  ['telegram', telegram, 4_096, 'text'],
])('%s: a long alert is thinned in its middle, and keeps reason, remedy and link', async (_name, kind, most, field) => {
  const isBot = kind.id === 'telegram';
  const config = isBot ? { chatId: '1', apiUrl: receiver.url('') } : {};
  const { body } = await send(kind, config, isBot ? { botToken: token } : url(), long);
  const text: string = body[field];
  expect(text.length).toBeLessThanOrEqual(most);
  // A line more would not have fitted: each has at most 80 characters.
  expect(text.length).toBeGreaterThan(most - 80);
  expect(text).toContain('fell to 1.041, below 1.05.');
  expect(text).toContain('Figure 9');
  expect(text).toContain('\n…\n');
  expect(text).toContain('https://ballast.example/positions/1#remedies');
  expect(text.trimEnd()).toMatch(/positions\/1(>|\|Open in Ballast>)?$/);
});
