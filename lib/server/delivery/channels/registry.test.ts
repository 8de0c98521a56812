import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { DeliveryError } from '../delivery-error';
import { makeContext, makeMessage } from '../testing/surroundings';
import type { ChannelKind } from './channel-kind';
import { CHANNEL_KINDS, type ChannelKindId, findChannelKind } from './registry';

const SECRET = 'Zq7-secret-Zq7-secret';
const address = `https://hook.example/${SECRET}`;

/** Settings of each kind, everything set; what is secret holds the mark. */
const complete: Readonly<Record<ChannelKindId, { readonly config: object; readonly secrets: object }>> = {
  'in-app': { config: {}, secrets: {} },
  browser: { config: {}, secrets: {} },
  'web-push': { config: {}, secrets: {} },
  email: {
    config: { host: 'mail.example', port: 465, security: 'tls', user: 'u', from: 'a@b.example', to: 'c@d.example' },
    secrets: { password: SECRET },
  },
  webhook: { config: { url: 'https://hook.example/' }, secrets: { secret: SECRET } },
  slack: { config: {}, secrets: { url: address } },
  discord: { config: {}, secrets: { url: address } },
  telegram: {
    config: { chatId: '1', apiUrl: 'https://api.example' },
    secrets: { botToken: `1:${SECRET}` },
  },
};

/** An open page shows them. */
const SENDS_NOTHING: readonly ChannelKindId[] = ['in-app', 'browser'];
/** Files beside the kinds that are none. */
const HELPERS = ['channel-kind', 'chat-bodies', 'describe-mail-failure', 'fields', 'registry'];

test('every file is a kind of its name, and every kind is registered', () => {
  const files = readdirSync(new URL('.', import.meta.url))
    .filter((name) => !name.endsWith('.test.ts'))
    .map((name) => name.replace(/\.ts$/, ''))
    .filter((name) => !HELPERS.includes(name));
  expect(CHANNEL_KINDS.map(({ id }) => id as string).toSorted()).toEqual(files.toSorted());
});

test('a kind is found by its name, and an unknown one is a dead letter', () => {
  expect(findChannelKind('email').id).toBe('email');
  expect(() => findChannelKind('pigeon')).toThrow(DeliveryError);
});

describe.each(CHANNEL_KINDS.map((kind) => [kind.id, kind as ChannelKind<ChannelKindId>] as const))('%s', (id, kind) => {
  const settings = complete[id];

  test('its form has every field of its settings, secret or not, and no other', () => {
    const names = (isSecret: boolean) =>
      kind.fields.filter((field) => field.isSecret === isSecret).map(({ name }) => name);
    expect(names(false).toSorted()).toEqual(Object.keys(settings.config).toSorted());
    expect(names(true).toSorted()).toEqual(Object.keys(settings.secrets).toSorted());
  });

  test('complete settings are read and come back as they were', () => {
    expect(kind.parse(settings)).toEqual(settings);
  });

  test('a field nobody knows is refused, in either part', () => {
    for (const part of ['config', 'secrets'] as const) {
      const given = { ...settings, [part]: { ...settings[part], more: SECRET } };
      expect(() => kind.parse(given)).toThrow(InvalidInputError);
      expect(() => kind.parse({ ...settings, [part]: null })).toThrow(InvalidInputError);
    }
  });

  test('a field that is wrong is named, and its value is not shown', () => {
    for (const { name, isSecret } of kind.fields) {
      const part = isSecret ? 'secrets' : 'config';
      const given = { ...settings, [part]: { ...settings[part], [name]: `\n${SECRET}\n` } };
      const error = readError(() => kind.parse(given));
      expect([error.code, error.detail.inputs]).toEqual(['CHANNEL', { field: `${part}.${name}` }]);
      expect(error.message).not.toContain(SECRET);
    }
  });

  test('a delivery that fails says nothing secret', async () => {
    // Every name leads to an address that is refused.
    const context = makeContext({ rules: { allowedNetworks: [], resolve: async () => ['10.0.0.1'] } });
    const error = await kind.send(makeMessage(), settings, context).catch((reason) => reason);
    if (SENDS_NOTHING.includes(id)) {
      expect(error).toBeUndefined();
      return;
    }
    expect(error).toBeInstanceOf(DeliveryError);
    expect(`${error.message}${error.stack}${JSON.stringify(error.detail)}`).not.toContain(SECRET);
  });

  test('settings that cannot be read are told as such when they are sent with', async () => {
    const error = await kind
      .send(makeMessage(), { config: {}, secrets: undefined }, makeContext())
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(InvalidInputError);
  });
});

function readError(run: () => unknown): InvalidInputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
  }
  throw new Error('This should have been refused.');
}
