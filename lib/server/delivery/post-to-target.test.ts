import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import type { DeliveryContext } from './delivery-context';
import { type DeliveryError, PermanentDeliveryError, TemporaryDeliveryError } from './delivery-error';
import { postToTarget } from './post-to-target';
import { Receiver } from './testing/receiver';
import { makeContext, NOW_MS } from './testing/surroundings';
import { makeTestCertificate } from './testing/test-certificate';

const certificate = makeTestCertificate('hook.example');
const trusting = { trustedCertificates: certificate.cert };
let receiver: Receiver;
let secure: Receiver;

beforeAll(async () => {
  secure = await new Receiver(certificate).start();
});
afterAll(() => secure.stop());
beforeEach(async () => {
  receiver = await new Receiver().start();
  secure.posts.length = 0;
});
afterEach(() => receiver.stop());

const post = (address: string, given: Partial<DeliveryContext> = {}) =>
  postToTarget({ address, headers: { 'x-mark': 'a' }, body: '{"ä":1}' }, makeContext(given));

async function failure(work: Promise<unknown>): Promise<DeliveryError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof PermanentDeliveryError || error instanceof TemporaryDeliveryError) return error;
    throw error;
  }
  throw new Error('This should have failed.');
}

describe('what is sent', () => {
  test('one POST with headers and body, to a listed network over http', async () => {
    await post(receiver.url('/hook?a=b'));
    expect(receiver.posts.map(({ method, path, body }) => [method, path, body.toString()])).toEqual([
      ['POST', '/hook?a=b', '{"ä":1}'],
    ]);
    // {"ä":1} is 7 characters, of which ä takes two bytes.
    expect(receiver.posts[0]?.headers).toMatchObject({ 'x-mark': 'a', 'content-length': '8', connection: 'close' });
  });

  test('over https the certificate is held against the host name, and the name is told (SNI and Host)', async () => {
    await post(secure.url('/', 'hook.example'), trusting);
    expect(secure.posts[0]?.headers.host).toBe(`hook.example:${secure.port}`);
  });
});

describe('the connection goes to the address that was checked', () => {
  test('an answer that changes after the check leads nowhere', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1'], ['169.254.169.254']];
    let asked = 0;
    const rules = { allowedNetworks: ['127.0.0.1/32'], resolve: async () => answers[asked++] ?? [] };
    await post(receiver.url('/first', 'rebound.example'), { rules });
    expect([asked, receiver.posts.length]).toEqual([1, 1]);
    // The next post is checked anew, with the answer of then, and no connection of before is used.
    const error = await failure(post(receiver.url('/second', 'rebound.example'), { rules }));
    expect([asked, error.code, receiver.posts.length]).toEqual([2, 'ADDRESS_REFUSED', 1]);
  });

  test('a refused address is never connected to', async () => {
    const rules = { allowedNetworks: ['10.0.0.0/8'], resolve: async () => ['10.0.0.1', '127.0.0.1'] };
    const error = await failure(post(receiver.url('/', 'mixed.example'), { rules }));
    // The receiver itself is alive, so that what did not arrive was not sent.
    await post(receiver.url('/second'));
    expect([error.code, receiver.connections, receiver.posts.length]).toEqual(['ADDRESS_REFUSED', 1, 1]);
  });

  test('a redirect is not followed', async () => {
    const inner = await new Receiver().start();
    receiver.answer = (response) => response.writeHead(307, { location: inner.url('/') }).end();
    const error = await failure(post(receiver.url('/')));
    await inner.stop();
    expect([error.code, inner.posts.length]).toEqual(['REDIRECT', 0]);
    expect(error).toBeInstanceOf(PermanentDeliveryError);
  });
});

describe('answers', () => {
  const answerWith = (status: number, headers: Record<string, string> = {}) => {
    receiver.answer = (response) => response.writeHead(status, headers).end('secret of theirs');
  };

  test.each([200, 201, 202, 204, 299])('%d is taken for delivered', async (status) => {
    answerWith(status);
    await expect(post(receiver.url('/'))).resolves.toBeUndefined();
  });

  test.each([408, 409, 421, 423, 425, 429, 500, 502, 503, 504, 599])('%d passes', async (status) => {
    answerWith(status);
    const error = await failure(post(receiver.url('/')));
    expect(error).toBeInstanceOf(TemporaryDeliveryError);
    expect(error.code).toBe('HTTP_STATUS');
    expect(error.message).not.toContain('secret');
  });

  test.each([
    [301, 'REDIRECT'],
    [304, 'REDIRECT'],
    [400, 'HTTP_STATUS'],
    [401, 'HTTP_STATUS'],
    [403, 'HTTP_STATUS'],
    [404, 'GONE'],
    [410, 'GONE'],
    [413, 'HTTP_STATUS'],
  ])('%d does not: %s', async (status, code) => {
    answerWith(status);
    const error = await failure(post(receiver.url('/')));
    expect(error).toBeInstanceOf(PermanentDeliveryError);
    expect(error.code).toBe(code);
  });

  test.each([
    ['120', 120_000],
    ['0.5', 500],
    [new Date(NOW_MS + 30_000).toUTCString(), 30_000],
    [new Date(NOW_MS - 30_000).toUTCString(), 0],
    ['soon', undefined],
  ])('Retry-After: %s is %j ms', async (header, expectedMs) => {
    answerWith(503, { 'retry-after': header });
    const error = await failure(post(receiver.url('/')));
    expect((error as TemporaryDeliveryError).retryAfterMs).toBe(expectedMs);
  });

  test('an endless answer is broken off, and its status still counts', async () => {
    let written = 0;
    receiver.answer = (response) => {
      response.writeHead(200);
      const more = () => {
        written += 16_384;
        if (!response.destroyed) response.write(Buffer.alloc(16_384), more);
      };
      more();
    };
    // It ends at all, since the answer does not.
    await expect(post(receiver.url('/'))).resolves.toBeUndefined();
    expect(written).toBeGreaterThan(policy.delivery.maxAnswerBytes);
  });
});

describe('what goes wrong on the way', () => {
  test('no answer until the signal: the time limit, and the connection is gone', async () => {
    const abort = new AbortController();
    const closed = new Promise<void>((resolve) => {
      receiver.answer = (response) => {
        response.on('close', resolve);
        abort.abort();
      };
    });
    const error = await failure(post(receiver.url('/'), { signal: abort.signal }));
    await closed;
    expect(error).toBeInstanceOf(TemporaryDeliveryError);
    expect(error.code).toBe('TIMEOUT');
  });

  test('a status before the signal counts although the rest never comes', async () => {
    const abort = new AbortController();
    receiver.answer = (response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('a');
    };
    const seen = () => setImmediate(() => abort.abort());
    subscribe('http.client.response.finish', seen);
    await expect(post(receiver.url('/'), { signal: abort.signal })).resolves.toBeUndefined();
    unsubscribe('http.client.response.finish', seen);
    expect(abort.signal.aborted).toBe(true);
  });

  test('a name server that never answers: the time limit', async () => {
    const abort = new AbortController();
    const rules = { allowedNetworks: [], resolve: () => new Promise<never>(() => {}) };
    const work = failure(post('https://hook.example/', { signal: abort.signal, rules }));
    abort.abort();
    expect((await work).code).toBe('TIMEOUT');
  });

  test('nobody listens, or the connection breaks', async () => {
    const gone = await new Receiver().start();
    const address = gone.url('/');
    await gone.stop();
    expect((await failure(post(address))).code).toBe('NO_CONNECTION');
    receiver.answer = (response) => response.socket?.destroy();
    const error = await failure(post(receiver.url('/token9')));
    expect(error.code).toBe('NO_CONNECTION');
    expect(error.message).not.toMatch(/token9|127\.0\.0\.1/);
  });

  test('a certificate that is not trusted, or is of another name', async () => {
    const untrusted = await failure(post(secure.url('/', 'hook.example')));
    const otherName = await failure(post(secure.url('/', 'other.example'), trusting));
    const plain = await failure(post(`https://hook.example:${receiver.port}/`, trusting));
    expect([untrusted.code, otherName.code, plain.code]).toEqual(['CERTIFICATE', 'CERTIFICATE', 'CERTIFICATE']);
    expect(secure.posts.length).toBe(0);
  });
});
