// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChannelList, ListedChannel } from '@/lib/alerts/channel-list';
import type { DeadLetters } from '@/lib/alerts/dead-letters';
import { fakeDelivery } from '@/lib/stores/testing/fake-alerts';
import { ChannelsPanel } from './channels-panel';
import { decodeKey } from './push-browser';

// happy-dom has neither popovers nor modal dialogs.
HTMLElement.prototype.hidePopover ??= () => {};

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

const webhook: ListedChannel = {
  id: 'webhook-1',
  version: 4,
  kind: 'webhook',
  name: 'Desk',
  config: { url: 'https://desk.example/in' },
  secrets: ['secret'],
  lastSuccess: { atMs: Date.UTC(2026, 10, 22, 1, 0), detail: 'Delivered.' },
  lastFailure: { atMs: Date.UTC(2026, 10, 22, 2, 0), detail: 'It answered 500.' },
};
const kinds: ChannelList['kinds'] = [
  {
    id: 'webhook',
    title: 'Webhook',
    explanation: 'Posts signed JSON.',
    fields: [
      { name: 'url', label: 'Address', input: 'url', isSecret: false },
      { name: 'secret', label: 'Signing secret', input: 'text', isSecret: true },
    ],
  },
];

let list: ChannelList;
let dead: DeadLetters['deliveries'];
let asked: Asked[];
let answers: Map<string, Response>;

beforeEach(() => {
  list = { kinds, channels: [webhook], pushPublicKey: '', pushSubscriptions: 2 };
  [dead, asked, answers] = [[], [], new Map()];
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method: string; body?: string }) => {
    asked.push({ method, path, body: body === undefined ? undefined : JSON.parse(body) });
    const prepared = answers.get(`${method} ${path}`);
    if (prepared) return prepared.clone();
    if (path === '/api/channels') return Response.json(list);
    if (path.startsWith('/api/deliveries?')) return Response.json({ deliveries: dead, nextBeforeId: null });
    if (path.endsWith('/test')) return Response.json({ ok: false, detail: 'The host was not found.' });
    return Response.json({ id: 'x', version: 5 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = () =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ChannelsPanel />
    </QueryClientProvider>,
  );
const changes = () => asked.filter(({ method }) => method !== 'GET');

describe('the channels', () => {
  test('each with its last success and failure, and that the failure is the later one', async () => {
    show();
    const row = (await screen.findByText('Desk')).closest('li');
    expect(row?.textContent).toMatch(/last message failed/);
    expect(row?.textContent).toMatch(/Last success: .*Delivered\./);
    expect(row?.textContent).toMatch(/Last failure: .*It answered 500\./);
  });

  test('one that recovered is not called failing', async () => {
    list = { ...list, channels: [{ ...webhook, lastFailure: { atMs: 1, detail: 'once' } }] };
    show();
    await screen.findByText('Desk');
    expect(screen.queryByText('last message failed')).toBeNull();
  });

  test('a test is sent, and what became of it is said', async () => {
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Test Desk' }));
    expect((await screen.findByRole('status')).textContent).toBe('Test failed: The host was not found.');
    expect(changes()).toEqual([{ method: 'POST', path: '/api/channels/webhook-1/test', body: undefined }]);
  });

  test('one is removed after a second word, by the version that was seen', async () => {
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Remove Desk' }));
    expect(changes()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Remove for good' }));
    await waitFor(() =>
      expect(changes()).toEqual([{ method: 'DELETE', path: '/api/channels/webhook-1', body: { version: 4 } }]),
    );
  });

  test('that cannot be read say so', async () => {
    answers.set('GET /api/channels', Response.json({ error: 'The storage is away.' }, { status: 503 }));
    show();
    expect((await screen.findByRole('alert')).textContent).toMatch(/cannot be read.*The storage is away\./);
  });
});

describe('a channel’s form', () => {
  const change = async () => {
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Change Desk' }));
  };
  const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
  const save = () => fireEvent.submit(field('Name').closest('form') as HTMLFormElement);

  test('shows that a secret is set, never which, and leaves it alone', async () => {
    await change();
    expect(screen.getByText('set, not shown')).toBeDefined();
    fireEvent.change(field('Address'), { target: { value: 'https://desk.example/new' } });
    save();
    await waitFor(() => expect(changes()).toHaveLength(1));
    expect(changes()[0]).toEqual({
      method: 'PUT',
      path: '/api/channels/webhook-1',
      body: { version: 4, kind: 'webhook', name: 'Desk', config: { url: 'https://desk.example/new' }, secrets: {} },
    });
    await waitFor(() => expect(document.querySelector('dialog')).toBeNull());
  });

  test('replaces a secret, or forgets it', async () => {
    await change();
    fireEvent.click(screen.getByRole('button', { name: 'Forget signing secret' }));
    expect(screen.getByText('will be forgotten')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Replace signing secret' }));
    fireEvent.change(field('Signing secret'), { target: { value: 'a new one of sixteen' } });
    save();
    await waitFor(() => expect(changes()).toHaveLength(1));
    expect(changes()[0]?.body).toMatchObject({ secrets: { secret: 'a new one of sixteen' } });
  });

  test('refused, keeps what was typed and says each fault at its field', async () => {
    const faults = [{ field: 'config.url', message: 'a web address that begins with https:// is expected' }];
    const refusal = { error: 'config.url: a web address …', code: 'CHANNEL', faults };
    answers.set('PUT /api/channels/webhook-1', Response.json(refusal, { status: 400 }));
    await change();
    fireEvent.change(field('Address'), { target: { value: 'ftp://x' } });
    save();
    expect(await screen.findByText(faults[0]?.message ?? '')).toBeDefined();
    expect([field('Address').value, field('Address').getAttribute('aria-invalid')]).toEqual(['ftp://x', 'true']);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('changed by somebody else meanwhile, says what to do', async () => {
    const refusal = { error: 'The channel was changed.', code: 'CONFLICT' };
    answers.set('PUT /api/channels/webhook-1', Response.json(refusal, { status: 409 }));
    await change();
    save();
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /changed it meanwhile: close this, and open it again/,
    );
    expect(field('Address').value).toBe('https://desk.example/in');
  });
});

test('a message that was given up is told with its reason, and sent again', async () => {
  const letter = fakeDelivery({
    id: 9,
    channelName: 'Desk',
    state: 'dead',
    attempts: 20,
    lastDetail: 'It answered 500.',
  });
  dead = [{ ...letter, firingId: 3, triggerName: 'Margin', sentence: 'Health factor 1.04.' }];
  show();
  expect((await screen.findByText(/Given up after 20 attempts/)).textContent).toMatch(/: It answered 500\.$/);
  dead = [];
  fireEvent.click(screen.getByRole('button', { name: 'Send again' }));
  await waitFor(() => expect(screen.queryByText(/Given up after/)).toBeNull());
  expect(changes()).toEqual([{ method: 'POST', path: '/api/deliveries/9/revive', body: undefined }]);
});

test('without a service worker Web Push is not offered, and the page says why', async () => {
  vi.stubGlobal('isSecureContext', false);
  show();
  expect(await screen.findByText('not possible here')).toBeDefined();
  expect(screen.getByText(/http:\/\/127\.0\.0\.1.* 2 browsers take pushes\./)).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Turn on' })).toBeNull();
});

test('a key is read from base64url: "-_8" is fb ff', () => {
  expect([...decodeKey('-_8')]).toEqual([0xfb, 0xff]);
});
