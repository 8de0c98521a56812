// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { alertStore } from '@/lib/stores/alert-store';
import { ARMED, fakeDelivery, fakeFiring } from '@/lib/stores/testing/fake-alerts';
import { LogScreen } from './log-screen';

HTMLElement.prototype.hidePopover ??= () => {};

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

let log: LoggedFiring[];
let asked: Asked[];
let refused: string | undefined;
const PAGE = 50;

/** The server's part, as its routes are written down. */
function answer({ method, path, body }: Asked): unknown {
  const url = new URL(path, 'http://ballast.test');
  if (url.pathname === '/api/firings') {
    const [before, trigger] = [url.searchParams.get('before'), url.searchParams.get('trigger')];
    const all = log
      .filter(({ id }) => before === null || id < Number(before))
      .filter(({ firing }) => trigger === null || firing.triggerId === trigger)
      .filter(({ acknowledged }) => !url.searchParams.has('unacknowledged') || acknowledged === null);
    const firings = all.slice(0, PAGE);
    const nextBeforeId = all.length > PAGE ? (firings.at(-1)?.id ?? null) : null;
    return { serverTimeMs: 0, firings, nextBeforeId, unacknowledged: all.length };
  }
  const id = Number(/^\/api\/firings\/(\d+)\/acknowledge$/.exec(url.pathname)?.[1]);
  if (method === 'POST' && id) {
    const { by, note } = body as { by: string; note: string | null };
    log = log.map((one) => (one.id === id ? { ...one, acknowledged: { by, note, atMs: 1 } } : one));
    return { isFirst: true };
  }
  if (url.pathname === '/api/triggers') {
    const trigger = {
      ...{ id: 't1', version: 7, definition: {}, name: 'Margin', severity: 'critical', sentence: '', status: 'armed' },
      ...{ mutedUntilMs: null, snoozedUntilMs: null, createdAtMs: 0, updatedAtMs: 0, lastFiredAtMs: null },
      ...{ problem: null, subjects: [], subjectCount: 0, ended: null },
    };
    return { serverTimeMs: 0, status: ARMED, triggers: [trigger] };
  }
  return { id: 't1', version: 8 };
}

beforeEach(() => {
  log = [];
  asked = [];
  refused = undefined;
  alertStore.setState(alertStore.getInitialState(), true);
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method: string; body?: string }) => {
    const request = { method, path, body: body === undefined ? undefined : JSON.parse(body) };
    asked.push(request);
    if (refused) return Response.json({ error: refused }, { status: 500 });
    return Response.json(answer(request));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = (query = '') =>
  render(
    <NuqsTestingAdapter searchParams={query} hasMemory>
      <QueryClientProvider client={new QueryClient()}>
        <LogScreen />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
const row = (name: RegExp) => screen.findByRole('button', { name, expanded: false });

describe('the log', () => {
  test('shows a firing with everything it stands on', async () => {
    log = [
      fakeFiring(1, {
        deliveries: [
          fakeDelivery({
            id: 1,
            channelName: 'Desk',
            channelKind: 'webhook',
            state: 'dead',
            attempts: 20,
            lastDetail: 'It answered 500.',
          }),
        ],
      }),
    ];
    show();
    fireEvent.click(await row(/Trigger 1 · Aave v3 of Alice/));
    const [values, inputs] = screen
      .getAllByRole('table')
      .map((table) => within(table).getAllByRole('row')[1]?.textContent);
    expect(values).toBe('Health factorAave v3 of Alice1.0416below 1.25past it');
    // 299950000000 with 8 decimals is 2,999.50: by its tick size $3,000, exactly on hover.
    expect(inputs).toMatch(/^0x2{40}\$3,000oracle 0x3{40}42/);
    expect(screen.getByTitle('2999.5')).toBeDefined();
    expect(screen.getByText('1 given up')).toBeDefined();
    expect(screen.getByText('20 attempts')).toBeDefined();
    expect(screen.getByText('It answered 500.')).toBeDefined();
    expect(screen.getByText(/Block 123/).textContent).toMatch(/trigger version 1 · firing 1 of .* engine 0\.1\.0/);
    expect(screen.getByText(/Repay 1,200 USDC/)).toBeDefined();
    expect(screen.getByRole('link', { name: 'Open the position' }).getAttribute('href')).toMatch(
      /^\/positions\/aave-v3~1~/,
    );
  });

  test('is read a page at a time', async () => {
    log = Array.from({ length: 60 }, (_, index) => fakeFiring(60 - index));
    show();
    await screen.findByText('Trigger 60');
    expect(screen.queryByText('Trigger 10')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Older alerts' }));
    await screen.findByText('Trigger 10');
    expect(asked.map(({ path }) => path)).toEqual(['/api/firings?limit=50', '/api/firings?limit=50&before=11']);
  });

  test('shows what is open, or what one trigger fired, by its link', async () => {
    log = [
      fakeFiring(3),
      fakeFiring(2, { firing: { triggerId: 't2' } }),
      fakeFiring(1, { acknowledged: { by: 'Bob', note: 'Repaid.', atMs: 1 } }),
    ];
    show('?trigger=t1&open=true');
    await row(/Trigger 3/);
    expect(screen.queryByText('Trigger 2')).toBeNull();
    expect(screen.queryByText('Trigger 1')).toBeNull();
    fireEvent.click(screen.getByRole('radio', { name: 'All' }));
    await row(/Trigger 1/);
    expect(screen.getByText('seen by Bob')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: /show all triggers/ }));
    await row(/Trigger 2/);
  });

  test('that cannot be read says so, and is asked again', async () => {
    refused = 'The storage is away.';
    show();
    expect((await screen.findByRole('alert')).textContent).toMatch(/The log cannot be read.*The storage is away\./);
    expect(screen.queryByText('Nothing has fired yet')).toBeNull();
    refused = undefined;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('Nothing has fired yet');
  });
});

describe('acknowledging', () => {
  const acknowledgements = () =>
    asked.filter(({ path }) => path.endsWith('/acknowledge')).map(({ path, body }) => [path, body]);

  test('by the key a on a row, and nothing on one that was seen', async () => {
    log = [fakeFiring(2), fakeFiring(1, { acknowledged: { by: 'Bob', note: null, atMs: 1 } })];
    show();
    fireEvent.keyDown(await row(/Trigger 1/), { key: 'a' });
    fireEvent.keyDown(await row(/Trigger 2/), { key: 'a', ctrlKey: true });
    expect(acknowledgements()).toEqual([]);
    fireEvent.keyDown(await row(/Trigger 2/), { key: 'a' });
    await screen.findByText('seen by Someone at this browser');
    expect(acknowledgements()).toEqual([['/api/firings/2/acknowledge', { by: 'Someone at this browser', note: null }]]);
  });

  test('with a note, in which the letter a is a letter', async () => {
    log = [fakeFiring(1)];
    show();
    fireEvent.click(await row(/Trigger 1/));
    const field = screen.getByRole('textbox', { name: 'Note' });
    fireEvent.keyDown(field, { key: 'a' });
    expect(acknowledgements()).toEqual([]);
    fireEvent.change(field, { target: { value: ' Repaid half. ' } });
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    await screen.findByText('“Repaid half.”');
    expect(acknowledgements()[0]?.[1]).toEqual({ by: 'Someone at this browser', note: 'Repaid half.' });
  });

  test('all that are shown', async () => {
    log = [fakeFiring(3), fakeFiring(2), fakeFiring(1, { acknowledged: { by: 'Bob', note: null, atMs: 1 } })];
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Acknowledge all 2 shown' }));
    await waitFor(() => expect(screen.getAllByText('seen by Someone at this browser')).toHaveLength(2));
    expect(acknowledgements()).toHaveLength(2);
  });
});

test('its trigger is let rest as it stands now, whatever version fired', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(1_000_000);
  log = [fakeFiring(1)];
  show();
  fireEvent.click(await row(/Trigger 1/));
  for (const panel of document.querySelectorAll('[popover]')) {
    fireEvent(panel, Object.assign(new Event('toggle'), { newState: 'open' }));
  }
  fireEvent.click(await screen.findByRole('menuitem', { name: /^Snooze for 15 minutes/ }));
  await screen.findByText('Snoozed for 15 minutes.');
  // 1,000 s and 15 minutes of 60 s.
  expect(asked.at(-1)).toMatchObject({ path: '/api/triggers/t1/snooze', body: { version: 7, untilMs: 1_900_000 } });
  vi.mocked(Date.now).mockRestore();
});
