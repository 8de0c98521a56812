// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { NO_WHAT_IF, type WhatIf } from '@/lib/scenarios/what-if';
import { createLocalDesk } from '@/lib/workers/desk/desk-client';
import { DetailView } from './detail-view';
import { PositionDialog } from './position-dialog';
import { useDesk } from './use-desk';

vi.setConfig({ testTimeout: 60_000 });
afterEach(cleanup);

// happy-dom knows no modal dialogs.
HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
  this.open = true;
};

const text = JSON.stringify({
  version: 1,
  prices: { wstETH: '3600', USDC: '1' },
  positions: [
    {
      id: 'one',
      venue: 'morpho-blue',
      owner: 'Ann',
      counterparty: 'Desk of the test',
      terms: { lltv: '0.86' },
      collateral: [{ asset: 'wstETH', amount: '10' }],
      debt: [{ asset: 'USDC', amount: '31000' }],
    },
  ],
});
const SOURCE = { kind: 'file', goodRowsOnly: false, text } as const;

async function showDetail(whatIf: WhatIf) {
  const desk = await createLocalDesk();
  const { ticket } = await desk.run('open', SOURCE);
  const detail = await desk.run('detail', { ticket, whatIf, id: 'one' });
  if (!detail) throw new Error('It is there.');
  return render(<DetailView detail={detail} />);
}
const plain = (element: Element | null | undefined) => element?.textContent?.replaceAll('\u00a0', ' ');

describe('the details of a position', () => {
  test('its engine’s figures: health, legs, liquidation prices', async () => {
    await showDetail(NO_WHAT_IF);
    expect(screen.getByText('Morpho Blue · Ann · Desk of the test')).toBeDefined();
    expect(screen.getByText('liquidatable')).toBeDefined();
    // 36,000 · 0.86 / 31,000 = 0.99870…, down; 31,000 / 36,000 = 86.11… %, up.
    expect(screen.getByText('0.9987')).toBeDefined();
    expect(plain(screen.getByText('Loan to value').parentElement)).toBe('Loan to value86.2 %');
    const legs = within(screen.getByRole('region', { name: 'Legs' }));
    expect(legs.getAllByRole('row').map(plain)).toEqual([
      'LegAmountPriceValue',
      'wstETH held10$3,600$36.0k',
      'USDC owed31,000$1.0000$31.0k',
    ]);
    // 31,000 / 8.6 = 3,604.65, +0.129… %, both up: it lies above the price now, so that is where it is cured.
    expect(plain(screen.getByText('wstETH alone').parentElement)).toMatch(/^wstETH alonecured above \$3,605 \+0.2 %$/);
    expect(plain(screen.getByText('All collateral together').parentElement)).toMatch(/cured at \+0.2 %$/);
    expect(document.querySelector('.whatif')).toBeNull();
  });

  test('under a what-if its figures are underlined, and it says why', async () => {
    await showDetail({ allBps: 1_000, byFamily: {} });
    expect(screen.getByText('Underlined figures are computed with the what-if.')).toBeDefined();
    // 39,600 · 0.86 / 31,000 = 1.0985…
    expect(screen.getByText('1.0985').className).toContain('whatif');
    expect(screen.getByText('warning')).toBeDefined();
  });
});

test('the dialog asks the desk that holds the book; of a name that no position has it says so', async () => {
  const desk = await createLocalDesk();
  function Book({ id }: { readonly id: string }) {
    const { shown } = useDesk(desk, 'mine', SOURCE, REQUEST);
    return shown ? <PositionDialog shown={shown} id={id} isBusy={false} onClose={() => {}} /> : null;
  }
  const { rerender } = render(<Book id="one" />);
  expect(await screen.findByText('0.9987')).toBeDefined();
  expect(screen.getByRole('dialog', { name: 'one' })).toBeDefined();
  rerender(<Book id="two" />);
  expect(await screen.findByText('This book has no position with this name.')).toBeDefined();
});

const REQUEST = {
  whatIf: NO_WHAT_IF,
  filter: {},
  dimension: 'asset',
  measure: 'gross',
  lookThrough: true,
  falling: 'all',
  sort: { column: 'health', descending: false },
} as const;
