import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, test } from 'vitest';

const CODE = readFileSync(join(process.cwd(), 'public', 'service-worker.js'), 'utf8');
const ORIGIN = 'http://127.0.0.1:3000';

interface Shown {
  readonly title: string;
  readonly options: {
    readonly body: string;
    readonly tag: string;
    readonly requireInteraction: boolean;
    readonly data: { link: string };
  };
}

let shown: Shown[];
let opened: string[];
let sent: { method: string; body: unknown }[];
let pages: { url: string; focused: boolean; focus(): Promise<void>; navigate(url: string): Promise<void> }[];
let listeners: Map<string, (event: object) => void>;

const addPage = (url: string, isControlled = true) => {
  const page = {
    url,
    focused: false,
    focus: async () => {
      page.focused = true;
    },
    navigate: async (to: string) => {
      if (!isControlled) throw new TypeError('not controlled');
      page.url = to;
    },
  };
  pages.push(page);
  return page;
};

beforeEach(() => {
  [shown, opened, sent, pages, listeners] = [[], [], [], [], new Map()];
  const self = {
    location: { origin: ORIGIN },
    addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener),
    registration: {
      showNotification: async (title: string, options: Shown['options']) => void shown.push({ title, options }),
      pushManager: { subscribe: async (options: unknown) => subscription('https://push.example/made', options) },
    },
    clients: {
      matchAll: async () => pages,
      openWindow: async (url: string) => void opened.push(url),
    },
  };
  const fetch = async (path: string, { method, body }: { method: string; body: string }) => {
    expect(path).toBe('/api/push');
    sent.push({ method, body: JSON.parse(body) });
    return { ok: true };
  };
  runInNewContext(CODE, { self, fetch, URL, Date, JSON, Error });
});

const subscription = (endpoint: string, options: unknown = { applicationServerKey: 'k' }) => ({
  endpoint,
  options,
  toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh: 'p', auth: 'a' } }),
});

async function raise(type: string, event: object): Promise<void> {
  let work: Promise<unknown> | undefined;
  listeners.get(type)?.({ ...event, waitUntil: (promise: Promise<unknown>) => (work = promise) });
  await work;
}
const push = (payload: unknown) =>
  raise('push', {
    data: {
      json: () => {
        if (payload === undefined) throw new SyntaxError('not JSON');
        return payload;
      },
    },
  });
const click = (link: unknown) => raise('notificationclick', { notification: { close() {}, data: { link } } });

describe('a push', () => {
  test('is shown with its own words; sent twice, it is one notification', async () => {
    const link = `${ORIGIN}/positions/a`;
    await push({ key: 'k1', severity: 'critical', title: 'Critical: Margin', body: 'Health factor 1.04.', link });
    expect(shown).toMatchObject([
      {
        title: 'Critical: Margin',
        options: { body: 'Health factor 1.04.', tag: 'k1', requireInteraction: true, data: { link } },
      },
    ]);
    await push({ key: 'k2', severity: 'info', title: 'Info: a', body: 'b', link });
    expect(shown[1]?.options.requireInteraction).toBe(false);
  });

  test.each([undefined, null, 7, 'text', {}, { title: 3, body: [] }])(
    'that cannot be read, %s, is shown all the same',
    async (payload) => {
      await push(payload);
      expect(shown).toHaveLength(1);
      expect(shown[0]?.title).toBe('Alert: Ballast');
      expect(shown[0]?.options.body).toMatch(/could not be read/);
      expect(shown[0]?.options.data.link).toBe(`${ORIGIN}/triggers/log`);
    },
  );

  test.each(['https://evil.example/x', 'javascript:alert(1)', '//evil.example', 'http://127.0.0.1:3001/x', 'http://['])(
    'with a link to elsewhere, %s, leads to the log',
    async (link) => {
      await push({ key: 'k', severity: 'info', title: 't', body: 'b', link });
      expect(shown[0]?.options.data.link).toBe(`${ORIGIN}/triggers/log`);
      await click(link);
      expect(opened).toEqual([`${ORIGIN}/triggers/log`]);
    },
  );
});

describe('a click', () => {
  test('brings the page that shows it to the front, else leads an open one there, else opens one', async () => {
    await click(`${ORIGIN}/positions/a`);
    expect(opened).toEqual([`${ORIGIN}/positions/a`]);
    const other = addPage(`${ORIGIN}/risk`);
    await click('/positions/a');
    expect([other.url, other.focused]).toEqual([`${ORIGIN}/positions/a`, true]);
    const right = addPage(`${ORIGIN}/settings`);
    await click('/settings');
    expect([right.focused, other.url]).toEqual([true, `${ORIGIN}/positions/a`]);
    expect(opened).toHaveLength(1);
  });

  test('opens a new page where the open one cannot be led', async () => {
    addPage(`${ORIGIN}/risk`, false);
    await click('/positions/a');
    expect(opened).toEqual([`${ORIGIN}/positions/a`]);
  });
});

describe('a subscription that the browser changed', () => {
  const keys = { p256dh: 'p', auth: 'a' };
  test('is told to the server, the old one forgotten', async () => {
    const [oldSubscription, newSubscription] = [
      subscription('https://push.example/old'),
      subscription('https://push.example/new'),
    ];
    await raise('pushsubscriptionchange', { oldSubscription, newSubscription });
    expect(sent).toEqual([
      { method: 'POST', body: { endpoint: 'https://push.example/new', keys } },
      { method: 'DELETE', body: { endpoint: 'https://push.example/old' } },
    ]);
  });

  test('and gave no new one for is made anew with the same key', async () => {
    await raise('pushsubscriptionchange', { oldSubscription: subscription('https://push.example/old') });
    expect(sent[0]).toEqual({ method: 'POST', body: { endpoint: 'https://push.example/made', keys } });
  });

  test('of which nothing is known is left alone', async () => {
    await raise('pushsubscriptionchange', {});
    expect(sent).toEqual([]);
  });
});
