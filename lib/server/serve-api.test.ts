import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { systemClock } from '@/lib/feeds/clock';
import { answerMarketControl, parseMarketAction } from './market-control';
import { buildPageCsp } from './security-headers';
import { clientKey, serveApi } from './serve-api';

beforeEach(() => {
  vi.stubEnv('HOST', '127.0.0.1');
  vi.stubEnv('PORT', '3000');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const request = (headers: Record<string, string>) => new Request('http://127.0.0.1:3000/api/x', { headers });
const here = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' };

describe('the door of every route', () => {
  const handle = vi.fn(() => Response.json({ ok: true }));
  beforeEach(() => handle.mockClear());

  test.each([
    [{ host: here.host }, false, 200],
    [here, true, 200],
    [{ host: 'evil.example:3000' }, false, 403],
    [{ host: here.host, origin: 'http://evil.example' }, false, 403],
    [{ host: here.host }, true, 403],
    [{ host: here.host, origin: 'null' }, true, 403],
  ])('%j (changes state: %j) → %i', async (headers, changesState, status) => {
    const response = await serveApi(request(headers), { changesState }, handle);
    expect(response.status).toBe(status);
    expect(handle).toHaveBeenCalledTimes(status === 200 ? 1 : 0);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('a broken configuration is named, any other failure says nothing private', async () => {
    const environment = await serveApi(request(here), { changesState: false }, () => {
      throw new InvalidInputError('ENV', 'BALLAST_CHAIN_ID is not set.');
    });
    expect([environment.status, await environment.json()]).toMatchObject([503, { error: /BALLAST_CHAIN_ID/ }]);
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const failure = await serveApi(request(here), { changesState: false }, () => {
      throw new Error('/srv/secret.ts');
    });
    expect(failure.status).toBe(500);
    expect(await failure.text()).not.toContain('secret');
  });

  test('every route goes through it, and one that answers POST and is not the reads says that it changes state', () => {
    const root = join(import.meta.dirname, '../../app/api');
    const routes = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /route\.tsx?$/.test(file));
    expect(routes.length).toBeGreaterThanOrEqual(4);
    for (const file of routes) {
      const source = readFileSync(join(root, file), 'utf8');
      const handlers = source.match(/export (async )?function (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)/g) ?? [];
      expect(handlers.length, file).toBeGreaterThan(0);
      expect(source.match(/return serveApi\(/g)?.length, file).toBe(handlers.length);
      if (/function (POST|PUT|PATCH|DELETE)/.test(source) && !file.startsWith('rpc')) {
        expect(source, file).toContain('changesState: true');
      }
    }
  });
});

describe('content security policy', () => {
  test('scripts run by nonce alone', () => {
    const csp = buildPageCsp('abc', false);
    const scripts = csp.split('; ').find((part) => part.startsWith('script-src'));
    expect(scripts).toBe("script-src 'self' 'nonce-abc' 'strict-dynamic'");
    expect(csp).not.toMatch(/unsafe-eval|ws:/);
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self'"]) {
      expect(csp.split('; ')).toContain(part);
    }
  });

  test('development differs only where the refresh needs it', () => {
    expect(buildPageCsp('abc', true)).not.toMatch(/script-src[^;]*unsafe-inline/);
  });
});

describe('market control', () => {
  const ASSET = `eip155:31337/erc20:0x${'11'.repeat(20)}`;

  test.each([
    { action: 'pause' },
    { action: 'resume' },
    { action: 'speed', value: 60 },
    { action: 'shock', asset: 'all', dropBps: 2_000, overSeconds: 3_600 },
    { action: 'shock', asset: ASSET, dropBps: 2_000, overSeconds: 3_600 },
    { action: 'liquidator', on: true },
  ])('%j passes', (action) => {
    expect(parseMarketAction(JSON.stringify(action))).toEqual(action);
  });

  test.each([
    { action: 'price', asset: ASSET, price: '1' },
    { action: 'oracle', asset: ASSET, answer: '-1' },
    { action: 'feed', asset: ASSET, stop: true },
    { action: 'speed', value: 61 },
    { action: 'speed', value: 0 },
    { action: 'speed', value: '2' },
    { action: 'shock', asset: 'WETH', dropBps: 2_000, overSeconds: 3_600 },
    { action: 'shock', asset: 'all', dropBps: 10_000, overSeconds: 3_600 },
    { action: 'shock', asset: 'all', dropBps: 2_000, overSeconds: 0.5 },
    { action: 'liquidator', on: 1 },
    { action: 'pause', more: 1 },
    null,
  ])('%j is refused', (action) => {
    expect(() => parseMarketAction(JSON.stringify(action))).toThrow(InvalidInputError);
  });

  test('passes on with the token, and says when it cannot', async () => {
    const seen: unknown[] = [];
    let status = 200;
    const simulator = createServer((incoming, response) => {
      incoming.resume().on('end', () => {
        seen.push([incoming.method, incoming.url, incoming.headers['x-ballast-token']]);
        response.statusCode = status;
        response.end('{"error":"http://127.0.0.1 private"}');
      });
    });
    await new Promise<void>((resolve) => simulator.listen(0, '127.0.0.1', resolve));
    const market = { url: `http://127.0.0.1:${(simulator.address() as AddressInfo).port}`, token: 'secret' };
    const send = (body: string, to: typeof market | undefined = market, type = 'application/json') =>
      answerMarketControl(
        new Request('http://127.0.0.1/api/market', { method: 'POST', body, headers: { 'content-type': type } }),
        to,
        systemClock,
      );
    const ok = await send('{"action":"pause"}');
    expect([ok.status, await ok.json()]).toEqual([200, { ok: true }]);
    expect(seen).toEqual([['POST', '/control', 'secret']]);
    status = 400;
    const refused = await send('{"action":"pause"}');
    expect(refused.status).toBe(502);
    expect(await refused.text()).not.toMatch(/private|127/);

    expect((await send('{"action":"oracle"}')).status).toBe(400);
    expect((await send('{')).status).toBe(400);
    expect((await send(' '.repeat(5_000))).status).toBe(413);
    expect((await send('{"action":"pause"}', market, 'text/plain')).status).toBe(415);
    expect(seen).toHaveLength(2);

    simulator.closeAllConnections();
    await new Promise((resolve) => simulator.close(resolve));
    expect((await send('{"action":"pause"}')).status).toBe(502);
    const none = await answerMarketControl(
      new Request('http://127.0.0.1/', { method: 'POST' }),
      undefined,
      systemClock,
    );
    expect(none.status).toBe(404);
  });
});

test('a client is what a trusted proxy says it is, and else is not told apart', () => {
  const key = (forwarded?: string) =>
    clientKey(request(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }));
  expect([key('203.0.113.7'), key()]).toEqual([undefined, undefined]);
  vi.stubEnv('BALLAST_TRUST_PROXY', '1');
  expect(key('203.0.113.7')).toBe('203.0.113.7');
  // What the client itself claimed stands first.
  expect(key('198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
  expect(key('203.0.113.7')).not.toBe(key('203.0.113.8'));
  expect(key()).toBe('nameless');
});
