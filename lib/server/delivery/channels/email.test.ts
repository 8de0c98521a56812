import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { AlertMessage } from '../alert-message';
import type { DeliveryContext } from '../delivery-context';
import { type DeliveryError, PermanentDeliveryError, TemporaryDeliveryError } from '../delivery-error';
import { MailServer } from '../testing/mail-server';
import { makeContext, makeMessage } from '../testing/surroundings';
import { makeTestCertificate } from '../testing/test-certificate';
import { email } from './email';

const certificate = makeTestCertificate('mail.example');
const trusting = { trustedCertificates: certificate.cert };
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function start(options: ConstructorParameters<typeof MailServer>[0] = {}): Promise<MailServer> {
  const server = await new MailServer({ hideSTARTTLS: true, ...options }).start();
  open.push(() => server.stop());
  return server;
}

interface Given {
  readonly config?: object;
  readonly password?: string;
  readonly context?: Partial<DeliveryContext>;
  readonly message?: AlertMessage;
}

function send(port: number, { config = {}, password, context = {}, message = makeMessage() }: Given = {}) {
  const settings = {
    config: {
      host: 'mail.example',
      port,
      security: 'none',
      from: 'ballast@desk.example',
      to: 'risk@desk.example',
      ...config,
    },
    secrets: password === undefined ? {} : { password },
  };
  return email.send(message, settings, makeContext(context));
}

async function failure(work: Promise<unknown>): Promise<DeliveryError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof PermanentDeliveryError || error instanceof TemporaryDeliveryError) return error;
    throw error;
  }
  throw new Error('This should have failed.');
}

/** Headers unfolded, and both parts decoded from quoted-printable. */
function read(raw: string) {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  const headers = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const bytes = raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { headers, text: Buffer.from(bytes, 'latin1').toString('utf8').replace(/\r\n/g, '\n') };
}

describe('a mail', () => {
  test('from, to, subject, both texts, and an id that is the same each time', async () => {
    const server = await start();
    await send(server.port);
    await send(server.port);
    expect(server.mails.map(({ from, to, user }) => [from, to, user])).toEqual([
      ['ballast@desk.example', ['risk@desk.example'], undefined],
      ['ballast@desk.example', ['risk@desk.example'], undefined],
    ]);
    const { headers, text } = read(server.mails[0]?.raw ?? '');
    const id = createHash('sha256').update('firing-7/channel-2').digest('hex');
    expect(headers).toEqual(
      expect.arrayContaining([
        'From: Ballast <ballast@desk.example>',
        'To: risk@desk.example',
        'Subject: Critical: Margin is thin',
        `Message-ID: <${id}@desk.example>`,
        'Date: Sun, 01 Mar 2026 14:05:09 +0000',
        'Auto-Submitted: auto-generated',
        'Importance: High',
      ]),
    );
    expect(read(server.mails[1]?.raw ?? '').headers).toContain(`Message-ID: <${id}@desk.example>`);
    expect(text).toContain('\nHealth factor: 1.041\nETH: $2,431.50\nAt 2026-03-01 14:05:09 UTC\n');
    expect(text).toContain('<a href="https://ballast.example/positions/1">Open in Ballast</a>');
  });

  test('no name becomes a header, a recipient or markup', async () => {
    const server = await start();
    const message = makeMessage({
      triggerName: 'a\r\nBcc: thief@evil.example\r\n\r\n<script>',
      subject: '<img src=x onerror="a()">',
      idempotencyKey: 'key>,<b@c',
      link: 'https://ballast.example/"><script>',
    });
    await send(server.port, { message });
    const [mail] = server.mails;
    const { headers, text } = read(mail?.raw ?? '');
    expect(mail?.to).toEqual(['risk@desk.example']);
    expect(headers).toContain('Subject: Critical: a Bcc: thief@evil.example <script>');
    expect(headers.filter((line) => /^(bcc|cc|to):/i.test(line))).toEqual(['To: risk@desk.example']);
    expect(headers.filter((line) => /^message-id:/i.test(line))).toEqual([
      expect.stringMatching(/^Message-ID: <[0-9a-f]{64}@desk\.example>$/),
    ]);
    const html = text.slice(text.indexOf('<!doctype'));
    expect(html).toContain('&lt;img src=x onerror=&quot;a()&quot;&gt;');
    expect(html).not.toMatch(/<script|<img|"><scr/);
  });

  test.each([
    ['to', 'a@b.example, c@d.example'],
    ['to', 'a@b.example\r\nBcc: c@d.example'],
    ['to', '"a b"@c.example'],
    ['to', '<a@b.example>'],
    ['from', 'Ballast <a@b.example>'],
    ['from', 'a'],
    ['host', 'mail.example/path'],
    ['host', 'user@mail.example'],
    ['port', 0],
    ['port', 65_536],
    ['port', '25'],
    ['security', 'ssl'],
    ['user', 'a\r\nb'],
  ])('%s %j is refused by name', (name, value) => {
    const config = { host: 'mail.example', port: 465, from: 'a@b.example', to: 'a@b.example', [name]: value };
    expect(() => email.parse({ config, secrets: {} })).toThrowError(`config.${name}`);
  });
});

describe('encryption and sign-in', () => {
  test('TLS from the start, held against the host name', async () => {
    const server = await start({ secure: true, ...certificate });
    const config = { security: 'tls', user: 'desk' };
    await send(server.port, { config, password: 'right', context: trusting });
    expect(server.mails.map(({ isEncrypted, user }) => [isEncrypted, user])).toEqual([[true, 'desk']]);
    const otherName = await failure(
      send(server.port, { config: { ...config, host: 'other.example' }, context: trusting }),
    );
    const untrusted = await failure(send(server.port, { config, password: 'right' }));
    expect([otherName, untrusted].every((error) => error instanceof TemporaryDeliveryError)).toBe(true);
    expect(server.mails.length).toBe(1);
  });

  test('STARTTLS before anything is said', async () => {
    const server = await start({ hideSTARTTLS: false, ...certificate });
    await send(server.port, { config: { security: 'starttls', user: 'desk' }, password: 'right', context: trusting });
    expect(server.mails.map(({ isEncrypted, user }) => [isEncrypted, user])).toEqual([[true, 'desk']]);
  });

  test('a server without STARTTLS gets nothing', async () => {
    const server = await start();
    const error = await failure(send(server.port, { config: { security: 'starttls' } }));
    expect(error).toBeInstanceOf(TemporaryDeliveryError);
    expect(server.mails).toEqual([]);
  });

  test('a refused sign-in is final, and tells neither user nor password', async () => {
    const server = await start({ allowInsecureAuth: true });
    const error = await failure(send(server.port, { config: { user: 'desk-user' }, password: 'wrong-word' }));
    expect(error).toBeInstanceOf(PermanentDeliveryError);
    expect(error.code).toBe('SIGN_IN');
    expect(`${error.message}${error.stack}${JSON.stringify(error.detail)}`).not.toMatch(
      /desk-user|wrong-word|no such user/,
    );
    expect(error.detail.cause).toBeUndefined();
  });
});

describe('what the server says', () => {
  const answering = (responseCode: number) =>
    start({
      onRcptTo: (_address, _session, callback) =>
        callback(Object.assign(new Error('private reason'), { responseCode })),
    });

  test.each([
    [450, TemporaryDeliveryError, 'MAIL_DEFERRED'],
    [452, TemporaryDeliveryError, 'MAIL_DEFERRED'],
    [550, PermanentDeliveryError, 'MAIL_REFUSED'],
    [554, PermanentDeliveryError, 'MAIL_REFUSED'],
  ])('%d', async (responseCode, kind, code) => {
    const server = await answering(responseCode);
    const error = await failure(send(server.port));
    expect(error).toBeInstanceOf(kind);
    expect(error.code).toBe(code);
    expect(error.message).not.toMatch(/private|risk@/);
  });

  test('nobody listens', async () => {
    const server = await start();
    const { port } = server;
    await open.splice(0)[0]?.();
    expect((await failure(send(port))).code).toBe('NO_CONNECTION');
  });

  test('a server that says nothing is left at the signal', async () => {
    const abort = new AbortController();
    const silent = createServer(() => abort.abort());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    open.push(() => new Promise((resolve) => silent.close(() => resolve())));
    const { port } = silent.address() as { port: number };
    // That the server can close at the end shows that the connection is gone too.
    expect((await failure(send(port, { context: { signal: abort.signal } }))).code).toBe('TIMEOUT');
  });
});

describe('which servers', () => {
  test('the connection goes to the address that was checked; the name is asked for once', async () => {
    const server = await start();
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    let asked = 0;
    const rules = { allowedNetworks: ['127.0.0.0/8'], resolve: async () => answers[asked++] ?? [] };
    await send(server.port, { context: { rules } });
    expect([asked, server.mails.length]).toEqual([1, 1]);
  });

  test('one that is neither public, listed nor named is refused', async () => {
    const server = await start();
    const rules = { allowedNetworks: [], resolve: async () => ['127.0.0.1'] };
    expect((await failure(send(server.port, { context: { rules } }))).code).toBe('ADDRESS_REFUSED');
    expect(server.mails).toEqual([]);
    await send(server.port, { context: { rules, smtpHosts: ['mail.example'] } });
    expect(server.mails.length).toBe(1);
  });
});
