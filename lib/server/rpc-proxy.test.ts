import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { policy } from '@/lib/config/policy';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { RateLimit } from './rate-limit';
import { filterRpc } from './rpc-filter';
import { answerRpc, cleanMessage } from './rpc-proxy';
import { createUpstream } from './upstream';

const TO = `0x${'11'.repeat(20)}`;
const HASH = `0x${'22'.repeat(32)}`;
const call = (method: string, params: unknown = [], id: unknown = 1) => ({ jsonrpc: '2.0', id, method, params });

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

type Handler = (body: unknown, response: ServerResponse) => void;

async function startNode(handler: Handler): Promise<{ readonly url: string; readonly bodies: unknown[] }> {
  const bodies: unknown[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      bodies.push(JSON.parse(text));
      handler(bodies.at(-1), response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}

const answerAll: Handler = (body, response) => {
  const one = ({ id, method }: { id: number; method: string }) => ({ jsonrpc: '2.0', id, result: `${method}:${id}` });
  response.setHeader('content-type', 'application/json');
  // In reverse: answers of a batch may come in any order.
  response.end(
    JSON.stringify(Array.isArray(body) ? body.map(one).reverse() : one(body as { id: number; method: string })),
  );
};

function createProxy(url: string, clock = new FakeClock()) {
  const options = {
    upstream: createUpstream({ url, timeoutMs: 1_700, maxResponseBytes: 1_000_000, clock }),
    rateLimit: new RateLimit({ ...policy.rpc, perSecond: 10, burst: 20, totalShares: 2, nowMs: () => clock.now() }),
    maxBodyBytes: 4_096,
    maxBatch: 5,
  };
  const send = async (body: unknown, { client = 'a', type = 'application/json' } = {}) => {
    const request = new Request('http://127.0.0.1/api/rpc', {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const response = await answerRpc(request, client, options);
    return {
      response,
      body: (await response.json()) as never as Record<string, unknown> & { error: { code: number } },
    };
  };
  return { clock, send };
}

describe('filter', () => {
  test.each([
    call('eth_chainId'),
    { jsonrpc: '2.0', id: 'x', method: 'eth_blockNumber' },
    call('eth_getBlockByNumber', ['latest', false]),
    call('eth_getBlockByNumber', ['0x0', false]),
    call('eth_getBlockByHash', [HASH, false]),
    call('eth_getCode', [TO, 'latest']),
    call('eth_call', [{ to: TO, data: '0x' }]),
    call('eth_call', [{ to: TO, data: '0xabcd', from: TO }, '0x1f']),
    call('eth_call', [{ to: TO, data: '0xabcd' }, { blockHash: HASH }]),
    call('eth_call', [
      { to: TO, data: '0xabcd' },
      { blockHash: HASH, requireCanonical: true },
    ]),
    call('eth_call', [{ to: TO, data: '0xabcd' }, { blockNumber: '0x1' }]),
  ])('%j passes', (body) => {
    expect(filterRpc(JSON.stringify(body), 5)).toMatchObject({ ok: true, calls: [{ ok: true, method: body.method }] });
  });

  test.each([
    [call('eth_sendRawTransaction', ['0x']), -32_601],
    [call('anvil_setCode', [TO, '0x']), -32_601],
    [call('eth_accounts'), -32_601],
    [call('__proto__'), -32_601],
    [call('toString'), -32_601],
    [call('eth_getLogs', [{}]), -32_601],
    [call('eth_call', [{ to: TO, data: '0x' }, 'latest', { [TO]: { balance: '0x1' } }]), -32_602],
    [call('eth_call', [{ to: TO, data: '0x', value: '0x1' }, 'latest']), -32_602],
    [call('eth_call', [{ to: TO, data: '0x', gas: '0xffffffff' }, 'latest']), -32_602],
    [call('eth_call', [{ data: '0x6000' }, 'latest']), -32_602],
    [call('eth_call', [{ to: TO, data: '0xabc' }, 'latest']), -32_602],
    [call('eth_call', [{ to: TO, data: '0x' }, 'pending']), -32_602],
    [
      call('eth_call', [
        { to: TO, data: '0x' },
        { blockHash: HASH, blockNumber: '0x1' },
      ]),
      -32_602,
    ],
    [call('eth_getBlockByNumber', ['latest', true]), -32_602],
    [call('eth_chainId', ['x']), -32_602],
    [{ jsonrpc: '1.0', id: 1, method: 'eth_chainId' }, -32_600],
    [{ jsonrpc: '2.0', method: 'eth_chainId' }, -32_600],
    [call('eth_chainId', [], { a: 1 }), -32_600],
    [1, -32_600],
    [null, -32_600],
  ])('%j is refused with %i', (body, code) => {
    expect(filterRpc(JSON.stringify(body), 5)).toMatchObject({
      ok: true,
      calls: [{ ok: false, failure: { error: { code } } }],
    });
  });

  test('no JSON, an empty batch and a large batch are refused as a whole', () => {
    const batch = (length: number) => JSON.stringify(Array.from({ length }, () => call('eth_chainId')));
    expect(filterRpc('{', 5)).toMatchObject({ ok: false, failure: { error: { code: -32_700 } } });
    expect(filterRpc('[]', 5)).toMatchObject({ ok: false, failure: { error: { code: -32_600 } } });
    expect(filterRpc(batch(6), 5)).toMatchObject({ ok: false, failure: { error: { code: -32_600 } } });
    expect(filterRpc(batch(5), 5)).toMatchObject({ ok: true, batch: true });
  });

  test('whatever comes, nothing unlisted passes and nothing throws', () => {
    const listed = /^eth_(chainId|blockNumber|getBlockByNumber|getBlockByHash|call|getCode)$/;
    fc.assert(
      fc.property(fc.anything(), fc.string(), (params, method) => {
        const text = JSON.stringify([call(method, params), params], (_key, item) =>
          typeof item === 'bigint' ? String(item) : item,
        );
        const filtered = filterRpc(text, 5);
        const passed = filtered.ok ? filtered.calls.filter((item) => item.ok) : [];
        return passed.every((item) => item.ok && listed.test(item.method));
      }),
    );
  });
});

describe('proxy', () => {
  test('a single call and a batch come back under their own ids, refused ones in place', async () => {
    const node = await startNode(answerAll);
    const { send } = createProxy(node.url);
    expect((await send(call('eth_chainId', [], 'mine'))).body).toEqual({
      jsonrpc: '2.0',
      id: 'mine',
      result: 'eth_chainId:0',
    });
    const batch = await send([
      call('eth_chainId', [], 7),
      call('eth_sendTransaction', [], 8),
      call('eth_blockNumber', [], 9),
    ]);
    expect(batch.response.status).toBe(200);
    expect(batch.body).toMatchObject([
      { id: 7, result: 'eth_chainId:0' },
      { id: 8, error: { code: -32_601 } },
      { id: 9, result: 'eth_blockNumber:1' },
    ]);
    // The refused call never left.
    expect(JSON.stringify(node.bodies)).not.toContain('eth_sendTransaction');
  });

  test('content type and size', async () => {
    const node = await startNode(answerAll);
    const { send } = createProxy(node.url);
    expect((await send(call('eth_chainId'), { type: 'text/plain' })).response.status).toBe(415);
    const large = await send(call('eth_call', [{ to: TO, data: `0x${'00'.repeat(3_000)}` }, 'latest']));
    expect([large.response.status, large.body.error.code]).toEqual([413, -32_600]);
    expect(node.bodies).toHaveLength(0);
  });

  test('a body without a stated length is cut off while it is read', async () => {
    const node = await startNode(answerAll);
    const clock = new FakeClock();
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1_024).fill(32));
      },
    });
    const request = new Request('http://127.0.0.1/api/rpc', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    const response = await answerRpc(request, 'a', {
      upstream: createUpstream({ url: node.url, timeoutMs: 1_000, maxResponseBytes: 1_000, clock }),
      rateLimit: new RateLimit({ ...policy.rpc, perSecond: policy.rpc.requestsPerSecond, nowMs: () => 0 }),
      maxBodyBytes: 4_096,
      maxBatch: 5,
    });
    expect(response.status).toBe(413);
    expect(pulled).toBeLessThan(10);
  });

  test('each call costs; too many wait, others do not, time gives back, forged clients share one total', async () => {
    const node = await startNode(answerAll);
    const { send, clock } = createProxy(node.url);
    const batch = Array.from({ length: 5 }, () => call('eth_chainId'));
    for (let i = 0; i < 4; i++) expect((await send(batch)).response.status).toBe(200);
    const refused = await send(batch);
    expect(refused.response.status).toBe(429);
    expect(refused.response.headers.get('retry-after')).toBe('1');
    expect(refused.body.error.code).toBe(-32_005);
    expect((await send(batch, { client: 'b' })).response.status).toBe(200);
    clock.advance(500);
    expect((await send(batch)).response.status).toBe(200);
    const statuses = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => (await send(batch, { client: `forged ${i}` })).response.status),
    );
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(6);
  });

  test('a node that does not answer in time', async () => {
    const node = await startNode(() => undefined);
    const { send, clock } = createProxy(node.url);
    const sent = send([call('eth_chainId', [], 1), call('eth_blockNumber', [], 2)]);
    await vi.waitFor(() => expect(node.bodies).toHaveLength(1));
    clock.advance(1_700);
    const { response, body } = await sent;
    expect(response.status).toBe(200);
    expect(body).toMatchObject([
      { id: 1, error: { code: -32_002 } },
      { id: 2, error: { code: -32_002 } },
    ]);
  });

  test('a node that is gone, answers no JSON, limits or fails', async () => {
    const { send } = createProxy('http://127.0.0.1:1');
    const gone = await send(call('eth_chainId'));
    expect([gone.response.status, gone.body.error.code]).toEqual([200, -32_002]);
    expect(JSON.stringify(gone.body)).not.toContain('127.0.0.1');
    expect(JSON.stringify(gone.body)).toContain('No connection');

    for (const [status, text] of [
      [200, '<html>'],
      [429, 'slow down'],
      [500, 'Error: at /srv/node.js:1'],
    ] as const) {
      const node = await startNode((_body, response) => {
        response.statusCode = status;
        response.end(text);
      });
      const { clock, send: ask } = createProxy(node.url);
      const asked = ask(call('eth_chainId'));
      const times = status === 429 ? 1 + policy.rpc.retryAfterMs.length : 1;
      await vi.waitFor(() => {
        if (node.bodies.length < times) clock.advance(100);
        expect(node.bodies).toHaveLength(times);
      });
      const answer = await asked;
      expect(answer.body.error.code).toBe(-32_002);
      expect(JSON.stringify(answer.body)).not.toMatch(/srv|slow|html/);
    }
  });

  test('an upstream made by another copy of the modules still says what is wrong', async () => {
    vi.resetModules();
    const { createUpstream: createOther } = await import('./upstream');
    const response = await answerRpc(
      new Request('http://127.0.0.1/api/rpc', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(call('eth_chainId')),
      }),
      'a',
      {
        upstream: createOther({
          url: 'http://127.0.0.1:1',
          timeoutMs: 1_000,
          maxResponseBytes: 1_000,
          clock: new FakeClock(),
        }),
        rateLimit: new RateLimit({ ...policy.rpc, perSecond: 1, nowMs: () => 0 }),
        maxBodyBytes: 1_000,
        maxBatch: 5,
      },
    );
    expect(await response.text()).toContain('No connection');
  });

  test('errors of the node come through without addresses or stacks, revert data with them', async () => {
    const error = {
      code: 3,
      message: 'execution reverted at http://10.0.0.1:8545/key/abc\n  at stack (node.js:1)',
      data: '0x08c379a0',
    };
    const node = await startNode((_body, response) => response.end(JSON.stringify({ jsonrpc: '2.0', id: 0, error })));
    const { body } = await createProxy(node.url).send(call('eth_call', [{ to: TO, data: '0x' }, 'latest'], 5));
    expect(body).toEqual({
      jsonrpc: '2.0',
      id: 5,
      error: { code: 3, message: 'execution reverted at [address]', data: '0x08c379a0' },
    });
    expect(cleanMessage('dial tcp 10.0.0.1:8545: refused')).toBe('dial tcp [address]: refused');
  });
});

describe('a refusal that passes', () => {
  const statuses = async (answers: readonly number[], timeoutMs = 1_700) => {
    const left = [...answers];
    const { url, bodies } = await startNode((body, response) => {
      const status = left.shift() ?? 200;
      if (status === 200) return answerAll(body, response);
      response.statusCode = status;
      response.end('busy');
    });
    const clock = new FakeClock();
    const upstream = createUpstream({ url, timeoutMs, maxResponseBytes: 1_000, clock });
    const outcome = upstream.post(call('eth_chainId')).then(
      () => 'answered',
      (cause) => cause.code,
    );
    return { bodies, clock, outcome };
  };

  test.each([429, 502, 503, 504])('%i is asked again after a while, no sooner', async (status) => {
    const { bodies, clock, outcome } = await statuses([status, status]);
    await vi.waitFor(() => expect(bodies).toHaveLength(1));
    const [first, second] = policy.rpc.retryAfterMs;
    await vi.waitFor(() => {
      clock.advance(first);
      expect(bodies).toHaveLength(2);
    });
    await vi.waitFor(() => {
      clock.advance(second);
      expect(bodies).toHaveLength(3);
    });
    expect(await outcome).toBe('answered');
  });

  test('other statuses are not asked again', async () => {
    const { bodies, outcome } = await statuses([500]);
    expect(await outcome).toBe('HTTP_STATUS');
    expect(bodies).toHaveLength(1);
  });

  test('the time limit ends the waiting', async () => {
    const { clock, outcome, bodies } = await statuses([503, 503, 503], 100);
    await vi.waitFor(() => expect(bodies).toHaveLength(1));
    clock.advance(100);
    expect(await outcome).toBe('TIMEOUT');
  });
});
