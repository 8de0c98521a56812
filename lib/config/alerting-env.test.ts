import { expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { parseAlertingEnv } from './alerting-env';

test('links lead to this machine unless a public address is named', () => {
  expect(parseAlertingEnv({})).toEqual({ baseUrl: 'http://127.0.0.1:3000', heartbeatUrl: undefined });
  expect(parseAlertingEnv({ HOST: '0.0.0.0', PORT: '8080' }).baseUrl).toBe('http://127.0.0.1:8080');
  expect(parseAlertingEnv({ HOST: '::1', PORT: '8080' }).baseUrl).toBe('http://[::1]:8080');
  expect(parseAlertingEnv({ BALLAST_PUBLIC_URL: 'https://desk.example/ballast/' }).baseUrl).toBe(
    'https://desk.example/ballast',
  );
});

test('an address that is none is refused by its name', () => {
  const bad = () => parseAlertingEnv({ BALLAST_HEARTBEAT_URL: 'ftp://monitor.example' });
  expect(bad).toThrow(InvalidInputError);
  expect(bad).toThrow(/BALLAST_HEARTBEAT_URL/);
});
