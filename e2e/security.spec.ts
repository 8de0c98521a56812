import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { policy } from '@/lib/config/policy';
import { expect, test } from './support/test';

const PORT = Number(process.env.PORT);
const HOST = `127.0.0.1:${PORT}`;
const JSON_TYPE = { 'content-type': 'application/json' };

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Asks the app with headers as given, `Host` too, which browsers and fetch would not let through. */
function ask(path: string, headers: Readonly<Record<string, string>> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: PORT, path, method: body === undefined ? 'GET' : 'POST', headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const call = (method: string, params: readonly unknown[] = [], id = 1) => ({ jsonrpc: '2.0', id, method, params });
const rpc = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  ask('/api/rpc', { host: HOST, ...JSON_TYPE, ...headers }, JSON.stringify(body));

test('pages run scripts by a nonce of their own, never inline by default', async () => {
  const nonces = new Set<string>();
  for (const path of ['/', '/settings', '/positions/nonsense', '/no-such-page']) {
    const { headers, body } = await ask(path, { host: HOST });
    const csp = String(headers['content-security-policy']);
    const directive = (name: string) =>
      csp
        .split(';')
        .map((part) => part.trim())
        .find((part) => part.startsWith(`${name} `));
    const scripts = directive('script-src') ?? '';
    expect(scripts, path).not.toContain('unsafe-inline');
    expect(scripts, path).not.toContain('unsafe-eval');
    const nonce = /'nonce-([A-Za-z0-9+/=_-]{20,})'/.exec(scripts)?.[1] ?? '';
    expect(nonce, path).not.toBe('');
    nonces.add(nonce);
    const tags = body.match(/<script\b[^>]*>/g) ?? [];
    expect(tags.length, path).toBeGreaterThan(0);
    expect(
      tags.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
    expect(directive('style-src'), path).not.toContain('unsafe-inline');
    expect(directive('object-src'), path).toBe("object-src 'none'");
    expect(directive('base-uri'), path).toBe("base-uri 'none'");
    expect(directive('frame-ancestors'), path).toBe("frame-ancestors 'none'");
    expect(directive('connect-src'), path).toBe("connect-src 'self'");
  }
  expect(nonces.size).toBe(4);
});

test('the usual headers are on pages and routes alike', async () => {
  for (const path of ['/', '/settings', '/api/health', '/no-such-page']) {
    const { headers } = await ask(path, { host: HOST });
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy'], path).toContain('camera=()');
    expect(headers['x-powered-by'], path).toBeUndefined();
  }
});

test('a foreign Host is refused everywhere: a name that was made to point here reaches nothing', async () => {
  const page = await ask('/', { host: HOST });
  const script = /\/_next\/static\/[^"?]+\.js/.exec(page.body)?.[0] ?? 'no script';
  const built = await ask(script, { host: HOST });
  expect(built.status).toBe(200);
  expect(built.headers['cache-control']).toContain('immutable');
  const routes = [
    [script, undefined],
    ['/', undefined],
    ['/settings', undefined],
    ['/api/health', undefined],
    ['/api/stream', undefined],
    ['/api/rpc', JSON.stringify(call('eth_chainId'))],
    ['/api/market', '{"action":"pause"}'],
  ] as const;
  for (const host of ['evil.example', `evil.example:${PORT}`, '127.0.0.1:1', `127.0.0.1.evil.example:${PORT}`]) {
    for (const [path, body] of routes) {
      const { status } = await ask(path, { host, ...(body && JSON_TYPE), origin: `http://${host}` }, body);
      expect(status, `${host} ${path}`).toBe(403);
    }
  }
  expect((await ask('/', { host: `localhost:${PORT}` })).status).toBe(200);
});

test('what changes the market takes requests of its own pages alone', async ({ devnet }) => {
  const body = '{"action":"pause"}';
  const send = (headers: Readonly<Record<string, string>>) =>
    ask('/api/market', { host: HOST, ...JSON_TYPE, ...headers }, body);
  expect((await send({})).status).toBe(403);
  expect((await send({ origin: 'http://evil.example' })).status).toBe(403);
  expect((await send({ origin: 'null' })).status).toBe(403);
  expect((await send({ origin: `http://127.0.0.1:${PORT + 1}` })).status).toBe(403);
  expect((await devnet.state()).market.paused).toBe(false);
  expect((await send({ origin: `http://${HOST}` })).status).toBe(200);
  expect((await devnet.state()).market.paused).toBe(true);
});

test('test controls of the market cannot be reached through the app', async ({ devnet }) => {
  const asset = await devnet.assetId('WETH');
  for (const body of [
    { action: 'price', asset, price: '1' },
    { action: 'oracle', asset, answer: '1' },
    { action: 'feed', asset, stop: true },
    { action: 'speed', value: 1_000 },
  ]) {
    const { status } = await ask(
      '/api/market',
      { host: HOST, origin: `http://${HOST}`, ...JSON_TYPE },
      JSON.stringify(body),
    );
    expect(status, body.action).toBe(400);
  }
});

test('the RPC route passes on listed reads and nothing else', async () => {
  const chainId = await rpc(call('eth_chainId'));
  expect(chainId.status).toBe(200);
  expect(JSON.parse(chainId.body)).toMatchObject({ id: 1, result: '0x7a69' });

  const refused = [
    'eth_sendTransaction',
    'eth_sendRawTransaction',
    'eth_accounts',
    'eth_sign',
    'personal_unlockAccount',
    'anvil_setBalance',
    'anvil_impersonateAccount',
    'evm_mine',
    'debug_traceCall',
    'eth_getLogs',
    'web3_clientVersion',
    'constructor',
    '__proto__',
  ];
  const answers = JSON.parse(
    (await rpc(refused.slice(0, policy.rpc.maxBatch).map((name, id) => call(name, [], id)))).body,
  );
  expect(answers.map(({ error }: { error?: { code: number } }) => error?.code)).toEqual(refused.map(() => -32_601));

  // A sender with value, a state override: reads that are more than reads.
  const to = `0x${'1'.repeat(40)}`;
  const strange = await rpc([
    call('eth_call', [{ to, data: '0x', value: '0x1' }, 'latest'], 1),
    call('eth_call', [{ to, data: '0x' }, 'latest', { [to]: { balance: '0x1' } }], 2),
    call('eth_getBlockByNumber', ['latest', true], 3),
    call('eth_call', [{ to, data: '0x' }, 'pending'], 4),
  ]);
  expect(JSON.parse(strange.body).map(({ error }: { error?: { code: number } }) => error?.code)).toEqual(
    Array.from({ length: 4 }, () => -32_602),
  );
  expect(strange.body).not.toContain('127.0.0.1');
});

test('the RPC route bounds size, batch and rate', async () => {
  const { maxBodyBytes, maxBatch, burst, totalShares } = policy.rpc;
  expect((await ask('/api/rpc', { host: HOST, ...JSON_TYPE }, `"${'x'.repeat(maxBodyBytes)}"`)).status).toBe(413);
  expect((await ask('/api/rpc', { host: HOST, 'content-type': 'text/plain' }, '{}')).status).toBe(415);
  expect((await ask('/api/rpc', { host: HOST, ...JSON_TYPE }, '{')).status).toBe(400);
  expect((await ask('/api/rpc', { host: HOST })).status).toBe(405);
  expect((await rpc(Array.from({ length: maxBatch + 1 }, (_, id) => call('eth_chainId', [], id)))).status).toBe(400);
  expect((await rpc([])).status).toBe(400);

  // Everybody's share is spent, under a new address each time: what a request claims of itself buys nothing.
  const AT_ONCE = 16;
  let claimed = 0;
  const batch = Array.from({ length: maxBatch }, (_, id) => call('eth_chainId', [], id));
  const statuses: number[] = [];
  let limited: Answer | undefined;
  for (let sent = 0; sent < burst * totalShares * 4 && limited === undefined; sent += maxBatch * AT_ONCE) {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, () => rpc(batch, { 'x-forwarded-for': `203.0.113.${claimed++ % 256}` })),
    );
    statuses.push(...answers.map(({ status }) => status));
    limited = answers.find(({ status }) => status === 429);
  }
  expect(statuses.slice(0, 4)).toEqual([200, 200, 200, 200]);
  expect(limited?.status).toBe(429);
  expect(Number(limited?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  // It fills again by itself.
  await expect.poll(async () => (await rpc(call('eth_chainId'))).status).toBe(200);
});

test('health tells the state of chain and feeds', async ({ devnet }) => {
  const { status, body, headers } = await ask('/api/health', { host: HOST });
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('no-store');
  const health = JSON.parse(body);
  expect(health).toMatchObject({
    ready: true,
    chain: { state: 'live', chainId: 31_337, genesisHash: (await devnet.state()).chain.genesisHash },
    feeds: { oracle: { state: 'open' }, market: { state: 'live', source: 'Simulated market' } },
  });
  expect(health.chain.block).toMatch(/^\d+$/);
  expect(health.chain.blockAgeMs).toBeGreaterThanOrEqual(0);
  expect(body).not.toContain(devnet.rpcUrl());
});

test('app, chain and control server listen on this machine’s loopback alone', async () => {
  const reaches = (host: string, port: number) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ host, port, timeout: 2_000 });
      const end = (answer: boolean) => {
        socket.destroy();
        resolve(answer);
      };
      socket.once('connect', () => end(true));
      socket.once('error', () => end(false));
      socket.once('timeout', () => end(false));
    });
  const elsewhere = Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  );
  // Listening on every interface would answer here too.
  if (process.platform === 'linux') elsewhere.push('127.0.0.2');
  for (const port of [PORT, Number(process.env.BALLAST_CHAIN_PORT), Number(process.env.BALLAST_DEVNET_PORT)]) {
    expect(await reaches('127.0.0.1', port)).toBe(true);
    for (const host of elsewhere) expect(await reaches(host, port), `${host}:${port}`).toBe(false);
  }
});
