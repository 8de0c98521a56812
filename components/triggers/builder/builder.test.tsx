// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toDraft } from '@/lib/triggers/form/to-draft';
import { createDraft, type TriggerDraft } from '@/lib/triggers/form/trigger-draft';
import { parseTrigger } from '@/lib/triggers/parse-trigger';
import { ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import { Builder } from './builder';

const OWNER = toPosition([]).owner;
const position = {
  ...toPosition([
    { of: ETH, supply: '10' },
    { of: USDC, debt: '20000' },
  ]),
  id: `aave-v3~1~0x${'cd'.repeat(20)}~${OWNER}`,
};
const eth = toReserve(ETH).asset.id;

const { pushed, reading } = vi.hoisted(() => ({ pushed: [] as string[], reading: {} as { result?: unknown } }));
vi.mock('next/navigation', () => ({
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({ push: (path: string) => pushed.push(path) }),
}));
vi.mock('@/components/frame/live-context', () => ({ useLive: () => 0, useLiveLater: () => new Map() }));
vi.mock('@/components/frame/use-readings', () => ({
  useReadings: () => ({ ...reading, blind: undefined, nowMs: 1_000 }),
}));
const accounts = vi.hoisted(() => ({ read: [] as { address: string; label: string; kind: string }[] }));
vi.mock('@/components/frame/use-view', () => ({ useAccounts: () => accounts }));
vi.mock('@/lib/stores/browser-shelf', async () => {
  const { createBookShelf } = await import('@/lib/stores/book-shelf');
  return { browserShelf: createBookShelf({ readAll: async () => [], put: async () => {}, remove: async () => {} }) };
});

interface Put {
  readonly path: string;
  readonly body: { version: number; definition: Record<string, unknown>; owners: unknown };
}
let puts: Put[] = [];
let answer: { readonly status: number; readonly body: unknown };

beforeEach(() => {
  puts = [];
  pushed.length = 0;
  sessionStorage.clear();
  answer = { status: 200, body: { id: 'new1', version: 1 } };
  accounts.read = [{ address: OWNER, label: 'Alice', kind: 'demo' }];
  reading.result = {
    identity: position.chain,
    block: position.block,
    owners: [{ owner: OWNER, positions: [position], problem: undefined }],
    problems: [],
  };
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method: string; body?: string }) => {
    if (method === 'PUT') {
      puts.push({ path, body: JSON.parse(body ?? '') });
      return Response.json(answer.body, { status: answer.status });
    }
    const channels = ['in-app', 'mail'].map((id) => ({
      ...{ id, version: 1, kind: id, name: id.toUpperCase(), config: {}, secrets: [] },
      ...{ lastSuccess: null, lastFailure: null },
    }));
    return Response.json({ kinds: [], channels, pushPublicKey: '', pushSubscriptions: 0 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const begun = (changes: Partial<TriggerDraft> = {}): TriggerDraft => ({
  ...createDraft('UTC'),
  scope: { ...createDraft('UTC').scope, position: position.id },
  ...changes,
});

function show(saved = begun(), version = 0) {
  const client = new QueryClient();
  const builder = (given: TriggerDraft, at: number) => (
    <QueryClientProvider client={client}>
      <Builder title="New trigger" form="new" id="new1" version={at} saved={given} />
    </QueryClientProvider>
  );
  const { rerender, unmount } = render(builder(saved, version));
  return { unmount, change: (given: TriggerDraft, at: number) => rerender(builder(given, at)) };
}
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save and watch' }));

test('what is typed is told in one sentence, with where it stands now', () => {
  show();
  type('Level', '1.3');
  expect(screen.getByText(/^Warn me when the health factor of Aave v3 .* of Alice is below 1\.3\.$/)).toBeDefined();
  // 83 % of 10 · 3,000 = 24,900 over 20,000.
  expect(screen.getByText('1.245')).toBeDefined();
  expect(screen.getByText('holds now')).toBeDefined();
  type('Level', '1.2');
  expect(screen.getByText('0.045 left to below 1.2')).toBeDefined();
  expect(screen.getByText('not yet')).toBeDefined();
});

test('saved whole: definition, version, and whom the server must watch', async () => {
  show();
  type('Level', '1.3');
  type('Then quiet for', '15 min');
  fireEvent.click(await screen.findByRole('button', { name: 'IN-APP' }));
  fireEvent.click(screen.getByRole('button', { name: 'MAIL' }));
  fireEvent.click(screen.getByRole('button', { name: 'MAIL: earlier' }));
  fireEvent.click(screen.getByLabelText('One after another, until somebody acknowledges'));
  save();
  await waitFor(() => expect(pushed).toEqual(['/triggers']));
  expect(puts).toHaveLength(1);
  expect(puts[0]).toMatchObject({
    path: '/api/triggers/new1',
    body: {
      version: 0,
      owners: [{ address: OWNER, label: 'Alice' }],
      definition: {
        scope: { type: 'position', id: position.id },
        conditions: [{ kind: 'health-factor', side: 'below', level: '1.3', params: {} }],
        cooldownSeconds: 900,
        channels: ['mail', 'in-app'],
        escalation: { afterMinutes: 10 },
      },
    },
  });
  expect(puts[0]?.body.definition.name).toMatch(/^Health factor of Aave v3/);
  expect(sessionStorage.length).toBe(0);
});

test('faults stand at their fields once they were left, all of them once it was tried; nothing is sent', async () => {
  show(begun({ scope: createDraft('UTC').scope }));
  expect(screen.queryByText('must not be empty')).toBeNull();
  type('Level', 'ten');
  fireEvent.blur(screen.getByLabelText('Level'));
  expect(screen.getByText('must be a number such as “1.25”')).toBeDefined();
  expect(screen.getByLabelText('Level').getAttribute('aria-invalid')).toBe('true');
  save();
  expect(await screen.findByText('must be a number such as “1.25”')).toBeDefined();
  type('Level', '1.3');
  expect(screen.getByText('must not be empty')).toBeDefined();
  expect(screen.getByText('It is not whole yet: one field needs another look.')).toBeDefined();
  expect(puts).toEqual([]);
});

test('what the server finds wrong stands at its field too, and what was typed stays', async () => {
  answer = {
    status: 400,
    body: {
      error: 'conditions[0].level: too odd',
      faults: [
        { field: 'conditions[0].level', message: 'too odd' },
        { field: 'owners[0].address', message: 'is nobody' },
      ],
    },
  };
  show();
  type('Level', '1.3');
  save();
  expect(await screen.findByText('It was not saved')).toBeDefined();
  expect(screen.getByText('too odd')).toBeDefined();
  expect(screen.getByText('owners[0].address: is nobody')).toBeDefined();
  expect((screen.getByLabelText('Level') as HTMLInputElement).value).toBe('1.3');
  expect(pushed).toEqual([]);
  type('Level', '1.4');
  expect(screen.queryByText('It was not saved')).toBeNull();
});

test('closed by accident, it goes on where it was', () => {
  const { unmount } = show();
  type('Level', '1.3');
  unmount();
  show();
  expect((screen.getByLabelText('Level') as HTMLInputElement).value).toBe('1.3');
  expect(screen.getByText('What you typed before was put back')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Start over' }));
  expect((screen.getByLabelText('Level') as HTMLInputElement).value).toBe('1.25');
  expect(sessionStorage.length).toBe(0);
});

test('changed elsewhere meanwhile: it is said, nothing is lost, and one of the two is chosen', async () => {
  const { change } = show(begun(), 2);
  type('Level', '1.3');
  // A snooze alone is another version of the same.
  change(begun(), 3);
  expect(screen.queryByText('It was changed elsewhere meanwhile')).toBeNull();
  change(begun({ severity: 'critical' }), 4);
  expect(screen.getByText('It was changed elsewhere meanwhile')).toBeDefined();
  save();
  await Promise.resolve();
  expect(puts).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Keep mine' }));
  save();
  await waitFor(() => expect(puts).toHaveLength(1));
  expect(puts[0]?.body).toMatchObject({ version: 4, definition: { severity: 'warning' } });
});

test('a version that the server no longer has: explained, and what was typed is still there', async () => {
  answer = { status: 409, body: { error: 'It is at version 5, not 2.', code: 'VERSION', nextStep: 'Load it again.' } };
  show(begun(), 2);
  type('Level', '1.3');
  save();
  expect(await screen.findByText('It was changed elsewhere meanwhile')).toBeDefined();
  expect(screen.getByText(/It is at version 5, not 2\. Load it again\. What you typed is still here\./)).toBeDefined();
  expect((screen.getByLabelText('Level') as HTMLInputElement).value).toBe('1.3');
});

test('another kind brings its own fields; conditions are added, combined and removed', () => {
  show();
  type('What is measured', 'price-move');
  expect(screen.getByLabelText('Within')).toBeDefined();
  expect((screen.getByLabelText('Level') as HTMLInputElement).value).toBe('10');
  expect(screen.getByText('from 0.01 to 99 %')).toBeDefined();
  type('Asset (any, where none is named)', eth);
  fireEvent.click(screen.getByRole('button', { name: 'Another condition' }));
  fireEvent.click(screen.getByLabelText('All of them'));
  expect(
    screen.getByText(/falls by more than 10 % within 1 h and the health factor of .* is below 1\.25\.$/),
  ).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Remove condition 1' }));
  expect(screen.getAllByLabelText('What is measured')).toHaveLength(1);
});

test('what a position could not be read as is not shown as calm', () => {
  reading.result = undefined;
  show();
  expect(screen.getByText('not known')).toBeDefined();
  expect(screen.queryByText('not yet')).toBeNull();
});

test('a trigger that is opened shows what it has', () => {
  const trigger = parseTrigger({
    name: 'Night watch',
    scope: { type: 'owner', owner: OWNER },
    severity: 'critical',
    channels: [],
    quietHours: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' },
    expiresAt: '2031-05-01T10:00:00Z',
    conditions: [{ kind: 'ltv', side: 'above', level: '0.805', rearm: '0.79' }],
  });
  show(toDraft(trigger, 'UTC'), 1);
  const value = (label: string) => (screen.getByLabelText(label) as HTMLInputElement).value;
  expect([value('Name'), value('Level'), value('Fires again only after')]).toEqual(['Night watch', '80.5', '79']);
  expect(value('Time zone')).toBe('Europe/Berlin');
  expect(screen.getByText(/A critical trigger is never silenced/)).toBeDefined();
  expect(within(document.body).queryByText('Begin with')).toBeNull();
});
