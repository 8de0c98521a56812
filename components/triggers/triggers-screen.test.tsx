// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TriggerList } from '@/lib/alerts/listed-trigger';
import { listed, listOf } from './testing';
import { TriggersScreen } from './triggers-screen';

const { live, pushed } = vi.hoisted(() => ({ live: { nowMs: 1_800_000_000_000 }, pushed: [] as string[] }));
vi.mock('next/navigation', () => ({
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({ push: (path: string) => pushed.push(path) }),
}));
vi.mock('@/components/frame/live-context', () => ({
  useLive: (select: (state: typeof live) => unknown) => select(live),
}));

HTMLElement.prototype.showPopover ??= () => {};
HTMLElement.prototype.hidePopover ??= () => {};
HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
  this.open = true;
};

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}
let asked: Asked[] = [];
let answer: () => TriggerList | { readonly status: number; readonly body: unknown };
/** What a change is answered with. */
let change: { readonly status: number; readonly body: unknown };

beforeEach(() => {
  asked = [];
  pushed.length = 0;
  change = { status: 200, body: { id: 't1', version: 4 } };
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method: string; body?: string }) => {
    if (method !== 'GET') {
      asked.push({ method, path, body: body === undefined ? undefined : JSON.parse(body) });
      return Response.json(change.body, { status: change.status });
    }
    if (path.startsWith('/api/channels')) return Response.json({ error: 'away' }, { status: 503 });
    const given = answer();
    return 'triggers' in given ? Response.json(given) : Response.json(given.body, { status: given.status });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function show(given: TriggerList, searchParams = '') {
  answer = () => given;
  const client = new QueryClient();
  render(<TriggersScreen />, {
    wrapper: ({ children }) => (
      <NuqsTestingAdapter hasMemory searchParams={searchParams}>
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      </NuqsTestingAdapter>
    ),
  });
  await waitFor(() => expect(screen.queryByText('Asking')).toBeNull());
  return client;
}
const rows = () => [...document.querySelectorAll('tr[data-trigger]')];
const words = (row: Element | undefined) => row?.textContent ?? '';

test('a trigger with its sentence, severity, status, distance to firing and channels', async () => {
  await show(listOf([listed()]));
  const text = words(rows()[0]);
  for (const part of [
    'Alice is near',
    'below $2,500',
    'warning',
    'Armed',
    '$3,000',
    '$500 left to',
    'never',
    'in-app',
  ]) {
    expect(text).toContain(part);
  }
  expect(screen.getByRole('status').textContent).toMatch(/^Armed/);
  expect(screen.getAllByText('Pause all')).toHaveLength(1);
});

test('nothing passes for armed while nothing is watched, or the answer is old, or none comes', async () => {
  const behind = { isArmed: false, behind: 12, triggerCount: 1, problem: null, pausedSinceMs: null };
  const client = await show(listOf([listed()], { status: behind }));
  expect(screen.getByRole('status').textContent).toMatch(/^Catching up 12 blocks/);
  expect(words(rows()[0])).toContain('Not watched');
  expect(words(rows()[0])).not.toContain('Armed');

  answer = () => listOf([listed()], { serverTimeMs: live.nowMs - 11_000 });
  await act(() => client.invalidateQueries());
  await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/^Not known.*last heard 11/));
  expect(words(rows()[0])).not.toContain('Armed');

  answer = () => ({ status: 503, body: { error: 'The database is away.' } });
  await act(() => client.invalidateQueries());
  await waitFor(() => expect(screen.getByText('What stands here is old')).toBeDefined());
  expect(screen.getByRole('status').textContent).toContain('The database is away.');
  expect(words(rows()[0])).toContain('Not watched');
});

test('without a figure a dash and the reason, never a zero', async () => {
  const [subject] = listed().subjects;
  const standing = [{ title: 'Price', met: 'unknown' as const, limit: 'below $2,500', reason: 'The feed is silent.' }];
  const blind = listed({
    status: 'blind',
    subjects: [{ ...(subject as NonNullable<typeof subject>), status: 'blind', standing }],
  });
  await show(listOf([blind]));
  expect(words(rows()[0])).toContain('Blind: The feed is silent.');
  expect(words(rows()[0])).toContain('— unknown: The feed is silent.');
  expect(screen.getByRole('status').textContent).toMatch(/^Armed in part.*1 of 1 cannot be told/);
});

test('an empty list says what would be here and gives the one action', async () => {
  await show(listOf([]));
  expect(screen.getByText('No trigger is set')).toBeDefined();
  const links = screen.getAllByRole('link', { name: 'New trigger' }).map((link) => link.getAttribute('href'));
  expect(new Set(links)).toEqual(new Set(['/triggers/new']));
});

test('opened it shows every subject; the link says which one', async () => {
  const [subject] = listed().subjects;
  const second = {
    ...(subject as NonNullable<typeof subject>),
    id: 'p2',
    name: 'Bob',
    episode: 2,
    firedAtMs: live.nowMs,
  };
  await show(listOf([listed({ subjects: [...listed().subjects, second], subjectCount: 30 })]));
  fireEvent.click(screen.getByRole('button', { name: 'Alice is near' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Alice is near' }));
  expect(dialog.getByText('Bob')).toBeDefined();
  expect(dialog.getByText(/fired 2 times/)).toBeDefined();
  expect(dialog.getByText(/and 28 more/)).toBeDefined();
  expect(dialog.getByRole('link', { name: 'Edit' }).getAttribute('href')).toBe('/triggers/t1');
});

test('deleting asks first, and takes the version that was seen', async () => {
  await show(listOf([listed()]), '?trigger=t1');
  const dialog = within(await screen.findByRole('dialog', { name: 'Alice is near' }));
  fireEvent.click(dialog.getByRole('button', { name: 'Delete…' }));
  expect(asked).toEqual([]);
  const sure = within(await screen.findByRole('dialog', { name: 'Delete this trigger?' }));
  fireEvent.click(sure.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(asked).toEqual([{ method: 'DELETE', path: '/api/triggers/t1', body: { version: 3 } }]));
});

test('what the server refuses is said, with what to do', async () => {
  await show(listOf([listed()]), '?trigger=t1');
  change = { status: 409, body: { error: 'It is at version 5.', nextStep: 'Load it again.' } };
  const dialog = within(await screen.findByRole('dialog', { name: 'Alice is near' }));
  fireEvent.click(dialog.getByRole('button', { name: 'Snooze…' }));
  const until = within(await screen.findByRole('dialog', { name: 'Snooze until' }));
  const field = until.getByLabelText(/rests until/);
  fireEvent.change(field, { target: { value: '2020-01-01T00:00' } });
  fireEvent.click(until.getByRole('button', { name: 'Snooze' }));
  expect(until.getByRole('alert').textContent).toBe('Choose a time that lies ahead.');
  expect(asked).toEqual([]);
  fireEvent.change(field, { target: { value: '2099-01-01T00:00' } });
  fireEvent.click(until.getByRole('button', { name: 'Snooze' }));
  await waitFor(() => expect(screen.getByText('“Alice is near” is as it was')).toBeDefined());
  expect(screen.getByText('It is at version 5. Load it again.')).toBeDefined();
  const body = { version: 3, untilMs: new Date(2099, 0, 1).getTime() };
  expect(asked).toEqual([{ method: 'POST', path: '/api/triggers/t1/snooze', body }]);
});

test('the filter, and a link that names none', async () => {
  await show(listOf([listed(), listed({ id: 't2', name: 'Other' })]), '?find=other&trigger=t9');
  expect(rows()).toHaveLength(1);
  expect(screen.getByText('There is no such trigger here')).toBeDefined();
  fireEvent.change(screen.getByLabelText('Filter triggers'), { target: { value: 'nothing like it' } });
  expect(await screen.findByText('Nothing matches “nothing like it”')).toBeDefined();
});

test('many are drawn a hundred at a time', async () => {
  await show(listOf(Array.from({ length: 104 }, (_, index) => listed({ id: `t${index}`, name: `T${index}` }))));
  expect(rows()).toHaveLength(100);
  fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(rows()).toHaveLength(104);
});
