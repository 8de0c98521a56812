import { describe, expect, it } from 'vitest';
import { formatAppUrl, isLoopback, parseHost, parsePort } from './address.mjs';
import { LauncherError } from './launcher-error.mjs';

describe('parsePort', () => {
  it('takes a number, and the fallback where nothing is set', () => {
    expect(parsePort('PORT', '8080', 3000)).toBe(8080);
    expect(parsePort('PORT', undefined, 3000)).toBe(3000);
    expect(parsePort('PORT', '', 3000)).toBe(3000);
    expect(parsePort('PORT', '0', 3000)).toBe(0);
  });

  it.each(['abc', '-1', '65536', '3000.5', '1e3', ' 80'])('refuses “%s” by name', (text) => {
    expect(() => parsePort('BALLAST_CHAIN_PORT', text, 1)).toThrow(LauncherError);
    expect(() => parsePort('BALLAST_CHAIN_PORT', text, 1)).toThrow(/BALLAST_CHAIN_PORT/);
  });
});

describe('parseHost', () => {
  it.each([
    [undefined, '127.0.0.1'],
    ['', '127.0.0.1'],
    ['localhost', 'localhost'],
    ['127.1.2.3', '127.1.2.3'],
    ['[::1]', '::1'],
  ])('takes loopback: %s', (HOST, expected) => {
    expect(parseHost({ HOST })).toBe(expected);
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'mymachine', '127.evil.example', 'localhost.evil.example'])(
    'refuses %s unless asked for twice',
    (HOST) => {
      expect(() => parseHost({ HOST })).toThrow(/BALLAST_ALLOW_REMOTE=1/);
      expect(parseHost({ HOST, BALLAST_ALLOW_REMOTE: '1' })).toBe(HOST);
      expect(() => parseHost({ HOST, BALLAST_ALLOW_REMOTE: '0' })).toThrow(LauncherError);
    },
  );

  it('knows loopback', () => {
    expect(isLoopback('128.0.0.1')).toBe(false);
    expect(isLoopback('LOCALHOST')).toBe(true);
  });
});

describe('formatAppUrl', () => {
  it('names an address that a browser here can open', () => {
    expect(formatAppUrl('127.0.0.1', 3000)).toBe('http://127.0.0.1:3000');
    expect(formatAppUrl('0.0.0.0', 3000)).toBe('http://127.0.0.1:3000');
    expect(formatAppUrl('::1', 80)).toBe('http://[::1]:80');
    expect(formatAppUrl('localhost', 3000)).toBe('http://localhost:3000');
  });
});
