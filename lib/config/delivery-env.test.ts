import { expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { parseDeliveryEnv } from './delivery-env';

test('nothing set: nothing allowed beyond public addresses', () => {
  expect(parseDeliveryEnv({})).toEqual({
    allowedNetworks: [],
    smtpHosts: [],
    vapidSubject: 'mailto:nobody@ballast.invalid',
  });
});

test('everything', () => {
  expect(
    parseDeliveryEnv({
      BALLAST_WEBHOOK_ALLOW: '10.0.0.0/8, 127.0.0.1, fd00::/8,::1',
      BALLAST_SMTP_HOSTS: 'Mail.lan, 127.0.0.1',
      BALLAST_VAPID_SUBJECT: 'mailto:desk@example.org',
    }),
  ).toEqual({
    allowedNetworks: ['10.0.0.0/8', '127.0.0.1/32', 'fd00::/8', '::1/128'],
    smtpHosts: ['mail.lan', '127.0.0.1'],
    vapidSubject: 'mailto:desk@example.org',
  });
});

test.each([
  ['BALLAST_WEBHOOK_ALLOW', 'localhost'],
  ['BALLAST_WEBHOOK_ALLOW', '10.1'],
  ['BALLAST_WEBHOOK_ALLOW', '0x0a.0.0.1'],
  ['BALLAST_WEBHOOK_ALLOW', '10.0.0.0/33'],
  ['BALLAST_WEBHOOK_ALLOW', '10.0.0.0/8;11.0.0.0/8'],
  ['BALLAST_WEBHOOK_ALLOW', 'fd00::/129'],
  ['BALLAST_SMTP_HOSTS', 'mail lan'],
  ['BALLAST_SMTP_HOSTS', 'smtp://mail.lan'],
  ['BALLAST_VAPID_SUBJECT', 'desk@example.org'],
  ['BALLAST_VAPID_SUBJECT', 'http://example.org'],
])('%s=%j is refused by name, without its value', (name, value) => {
  let error: unknown;
  try {
    parseDeliveryEnv({ [name]: value });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(InvalidInputError);
  expect((error as InvalidInputError).detail.inputs).toEqual({ variable: name });
  expect((error as InvalidInputError).message).not.toContain(value);
});
