import { describe, expect, test } from 'vitest';
import type { ListenEnv } from '@/lib/config/env';
import { checkHost, checkOrigin, isLoopback } from './guard';

const local: ListenEnv = { host: '127.0.0.1', port: 3000, allowRemote: false, trustProxy: false, allowedHosts: [] };

describe('host', () => {
  test.each(['127.0.0.1:3000', 'localhost:3000', 'LOCALHOST:3000', '[::1]:3000'])('%s is served', (host) => {
    expect(checkHost(host, local).allowed).toBe(true);
  });

  test.each([
    'evil.example:3000',
    'evil.example',
    '127.0.0.1:3001',
    '127.0.0.1',
    '127.0.0.1.evil.example:3000',
    'localhost.evil.example:3000',
    '192.168.1.5:3000',
    '127.0.0.1:3000@evil.example',
    'a b',
    '',
    null,
    undefined,
  ])('%j is not', (host) => {
    expect(checkHost(host, local).allowed).toBe(false);
  });

  test('without a known port any port passes, but no other name', () => {
    const listen = { ...local, port: undefined };
    expect(checkHost('127.0.0.1:4711', listen).allowed).toBe(true);
    expect(checkHost('evil.example:4711', listen).allowed).toBe(false);
  });

  test('port 80 may be left out', () => {
    expect(checkHost('localhost', { ...local, port: 80 }).allowed).toBe(true);
  });

  test('beyond loopback nothing is served without permission', () => {
    const open = { ...local, host: '0.0.0.0' };
    expect(checkHost('127.0.0.1:3000', open).allowed).toBe(false);
    expect(checkHost('192.168.1.5:3000', { ...open, allowRemote: true }).allowed).toBe(true);
    expect(checkHost('[fe80::1]:3000', { ...open, allowRemote: true }).allowed).toBe(true);
    // A name that was made to resolve here is still a name.
    expect(checkHost('evil.example:3000', { ...open, allowRemote: true }).allowed).toBe(false);
    expect(checkHost('192.168.1.6:3000', { ...local, host: '192.168.1.5', allowRemote: true }).allowed).toBe(false);
  });

  test('listed names pass, with their port where one is listed', () => {
    const listen = { ...local, allowedHosts: ['desk.lan', 'tunnel.lan:8443'] };
    expect(checkHost('desk.lan:9999', listen).allowed).toBe(true);
    expect(checkHost('tunnel.lan:8443', listen).allowed).toBe(true);
    expect(checkHost('tunnel.lan:3000', listen).allowed).toBe(false);
  });
});

describe('origin', () => {
  test.each([
    ['http://127.0.0.1:3000', '127.0.0.1:3000', true, true],
    ['https://desk.lan', 'desk.lan', true, true],
    ['http://localhost', 'localhost:80', true, true],
    [null, '127.0.0.1:3000', false, true],
    [null, '127.0.0.1:3000', true, false],
    ['null', '127.0.0.1:3000', true, false],
    ['http://evil.example', '127.0.0.1:3000', false, false],
    ['http://localhost:3000', '127.0.0.1:3000', true, false],
    ['http://127.0.0.1:3001', '127.0.0.1:3000', true, false],
  ])('%j for %j (required: %j) → %j', (origin, host, required, allowed) => {
    expect(checkOrigin(origin, host, required).allowed).toBe(allowed);
  });
});

test('loopback', () => {
  expect(['127.0.0.1', 'localhost', '::1', '[::1]'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '192.168.1.5', 'desk.lan'].some(isLoopback)).toBe(false);
});
