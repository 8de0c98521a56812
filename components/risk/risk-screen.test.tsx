// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { policy } from '@/lib/config/policy';
import { NO_WHAT_IF } from '@/lib/scenarios/what-if';
import type { DeskWorker } from '@/lib/workers/desk/desk-client';
import { createLine } from '@/lib/workers/desk/testing';
import { RiskScreen } from './risk-screen';

vi.setConfig({ testTimeout: 60_000 });

const { workers } = vi.hoisted(() => ({ workers: [] as DeskWorker[] }));
vi.mock('@/lib/workers/desk/create-desk-worker', () => ({
  createDeskWorker: () => {
    const line = createLine();
    workers.push(line);
    return line;
  },
}));
vi.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams() }));
vi.mock('@/components/frame/use-view', () => ({
  useView: () => [{ shock: NO_WHAT_IF }, () => {}],
  useAccounts: () => ({ shown: [] }),
}));
// Nothing is read of a chain here.
vi.mock('@/components/frame/use-readings', () => ({ useReadings: () => ({ result: undefined, blind: undefined }) }));
vi.mock('@/components/frame/live-context', () => ({ useLive: () => new Map(), useLiveLater: () => new Map() }));

// happy-dom has neither popovers nor modal dialogs.
HTMLElement.prototype.hidePopover ??= () => {};
HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
  this.open = true;
};

beforeEach(() => {
  workers.length = 0;
});
afterEach(cleanup);

const position = (id: string, debt: string) => ({
  id,
  venue: 'morpho-blue',
  terms: { lltv: '0.86' },
  collateral: [{ asset: 'wstETH', amount: '10' }],
  debt: [{ asset: 'USDC', amount: debt }],
});
const text = JSON.stringify({
  version: 1,
  prices: { wstETH: '3600', USDC: '1' },
  positions: [position('far', '9000'), position('near', '31000')],
});

const drawn = () => [...document.querySelectorAll('[data-position]')].map((row) => row.getAttribute('data-position'));
const isBusy = () => document.querySelector('[aria-busy]')?.getAttribute('aria-busy');
const stopWorker = () => act(async () => workers.at(-1)?.onerror?.({ message: 'out of memory' } as ErrorEvent));

/** The screen with a book of two positions, taken in from a file. */
async function showBook() {
  const links: string[] = [];
  render(<RiskScreen />, {
    wrapper: ({ children }) => (
      <NuqsTestingAdapter hasMemory searchParams="" onUrlUpdate={({ queryString }) => links.push(queryString)}>
        {children}
      </NuqsTestingAdapter>
    ),
  });
  const input = screen.getByLabelText('A book to import, JSON or CSV');
  fireEvent.change(input, { target: { files: [new File([text], 'two.json')] } });
  await waitFor(() => expect(drawn()).toEqual(['near', 'far']), { timeout: 20_000 });
  await waitFor(() => expect(isBusy()).toBe('false'));
  return links;
}

test('a row opens its details, which the link keeps and closing lets go', async () => {
  const links = await showBook();
  fireEvent.click(screen.getByRole('button', { name: 'near' }));
  const details = within(await screen.findByRole('dialog', { name: 'near' }));
  expect(await details.findByText('0.9987')).toBeDefined();
  expect(links.at(-1)).toMatch(/[?&]position=near/);
  fireEvent.click(details.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(links.at(-1)).not.toMatch(/position=/);
});

test('a worker that stops is replaced and the book opened in the new one; in the end it is said, and a retry helps', async () => {
  await showBook();
  expect(workers).toHaveLength(1);
  for (let stop = 1; stop <= policy.desk.workerRestarts; stop += 1) {
    await stopWorker();
    await waitFor(() => expect(workers).toHaveLength(stop + 1));
    // What was there stays until the new desk has the book.
    expect(drawn()).toEqual(['near', 'far']);
    await waitFor(() => expect(isBusy()).toBe('false'), { timeout: 20_000 });
  }
  await stopWorker();
  expect(await screen.findByText('The risk figures stopped being computed')).toBeDefined();
  expect(screen.getByText('out of memory')).toBeDefined();
  expect(isBusy()).toBe('true');
  expect(screen.queryByText('This book cannot be shown')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
  await waitFor(() => expect(isBusy()).toBe('false'), { timeout: 20_000 });
  expect(screen.queryByText('The risk figures stopped being computed')).toBeNull();
  expect(drawn()).toEqual(['near', 'far']);
  expect(workers).toHaveLength(policy.desk.workerRestarts + 2);
});
