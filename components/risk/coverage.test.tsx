// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseBookJson } from '@/lib/interchange/parse-book';
import type { DeskFilter } from '@/lib/risk/exposure/desk-filter';
import { deskEntry } from '@/lib/risk/exposure/testing';
import { NO_WHAT_IF, type WhatIf } from '@/lib/scenarios/what-if';
import { createLocalDesk } from '@/lib/workers/desk/desk-client';
import type { DeskSource, DeskView } from '@/lib/workers/desk/desk-protocol';
import { DeskFigures } from './desk-figures';
import { VIEW } from './testing';
import type { RiskView, SetRiskView } from './use-risk-view';

vi.setConfig({ testTimeout: 60_000 });
afterEach(cleanup);

const text = JSON.stringify({
  version: 1,
  prices: { wstETH: '3000', ETH: '3000', LUSD: '1', USDC: '1' },
  positions: [
    // 30,000 · 0.86 / 6,000 = 4.3: safe.
    {
      id: 'known',
      venue: 'morpho-blue',
      terms: { lltv: '0.86' },
      collateral: [{ asset: 'wstETH', amount: '10' }],
      debt: [{ asset: 'USDC', amount: '6000' }],
    },
    {
      id: 'dark',
      venue: 'morpho-blue',
      terms: { lltv: '0.86' },
      collateral: [{ asset: 'wstETH', amount: '4' }],
      debt: [{ asset: 'USDC', amount: '1000' }],
    },
    {
      id: 'trove',
      venue: 'liquity-v1',
      collateral: [{ asset: 'ETH', amount: '10' }],
      debt: [{ asset: 'LUSD', amount: '5000' }],
    },
  ],
});
const { positions, prices } = parseBookJson(text);
const [known, dark, trove] = positions;
if (!known || !dark || !trove) throw new Error('There are three.');
const withoutDollar = new Map([...prices].filter(([asset]) => asset !== 'USDC'));

const bookOf = (...entries: ReturnType<typeof deskEntry>[]): DeskSource => ({
  kind: 'entries',
  book: { symbols: new Map(), entries },
});
const KNOWN = bookOf(deskEntry(known, prices));
/** Of the dark one the debt has no price: 12,000 of what is known, 30,000 + 6,000 + 12,000, stand in it, a quarter. */
const HALF_DARK = bookOf(deskEntry(known, prices), deskEntry(dark, withoutDollar));

interface Changes {
  readonly whatIf?: WhatIf;
  readonly filter?: DeskFilter;
  readonly view?: Partial<RiskView>;
}

async function show(
  source: DeskSource,
  { whatIf = NO_WHAT_IF, filter = {}, view = {} }: Changes = {},
): Promise<DeskView> {
  const client = await createLocalDesk();
  const opened = { key: 'mine', client, ...(await client.run('open', source)) };
  const request = {
    whatIf,
    filter,
    dimension: 'asset',
    measure: 'gross',
    lookThrough: true,
    falling: 'all',
    sort: VIEW.order,
  } as const;
  const asked = { ...request, ticket: opened.ticket, withBadDebt: true, rowsKey: undefined };
  const figures = await client.run('view', asked);
  render(
    <DeskFigures
      shown={{ opened, view: figures, rows: figures.rows ?? [], request, standings: undefined }}
      view={{ ...VIEW, ...view }}
      setView={(() => Promise.resolve(new URLSearchParams())) as SetRiskView}
      openRow={{ kind: 'details', onOpen: () => {} }}
      isBusy={false}
      isNarrow={false}
    />,
  );
  return figures;
}

// happy-dom has no popovers.
HTMLElement.prototype.hidePopover ??= () => {};

const plain = (element: Element | null | undefined): string => (element?.textContent ?? '').replaceAll('\u00a0', ' ');
const panel = (title: RegExp) => screen.getByRole('heading', { name: title }).closest('section');
const cell = (name: string) => plain(screen.getByText(name, { selector: 'dt' }).parentElement);
const NOT_PRICED = '1 of 2 positions could not be priced: at least 25.0 % of the known value stands in them';

describe('while a position cannot be priced', () => {
  test.each([
    ['exposure', /^Where does the exposure stand/],
    ['the liquidation curve', /^What is liquidated if/],
    ['health', /^How healthy is it/],
    ['distance', /^How far from liquidation/],
  ])('%s says how many and what share of the value', async (_, title) => {
    await show(HALF_DARK);
    expect(plain(panel(title))).toContain(NOT_PRICED);
  });

  test('the strip says it beside every figure, and calls nothing safe', async () => {
    const { totals } = await show(HALF_DARK);
    expect(totals.worst).toBe('unknown');
    // 30,000 + 12,000 held, 6,000 owed, and 1,000 USDC without a price.
    expect(cell('Held')).toBe('Held≥ $42.0k1 not priced');
    expect(cell('Owed')).toBe('Owed≥ $6.00k1 not priced');
    expect(cell('Net')).toBe('Net$36.0k +?1 not priced');
    expect(cell('Liquidatable')).toBe('Liquidatable01 more not known');
    expect(cell('Worst class')).toBe('Worst classunknownnever safe while any is unknown');
    expect(cell('Priced')).toBe('Priced1not: 1, at least 25.0 %');
  });

  test('the curve’s readout, and its table, count it at every fall', async () => {
    await show(HALF_DARK);
    const curve = screen.getByRole('slider', { name: /^What is liquidated/ });
    fireEvent.keyDown(curve, { key: 'Home' });
    expect(curve.getAttribute('aria-valuetext')).toMatch(/0 liquidatable, .*, 1 more not known$/);
  });

  test('it stands in a bin of its own, and its bar is at least so large', async () => {
    await show(HALF_DARK);
    for (const title of [/^How healthy/, /^How far/]) {
      const bins = within(panel(title) as HTMLElement);
      expect(bins.getByRole('button', { name: 'unknown: ≥ $12.0k, 1 position' })).toBeDefined();
    }
    expect(screen.getByRole('button', { name: /^USDC: \$6.00k, 2 positions, 1 not priced$/ })).toBeDefined();
    expect(plain(panel(/^Where does/))).toContain('of what is priced');
  });

  test('the table calls it unknown, with the reason', async () => {
    await show(HALF_DARK);
    const row = document.querySelector('[data-position="dark"]');
    expect(plain(row)).toContain('unknown: The price of USDC is not known.');
    expect(plain(row)).not.toContain('safe');
  });
});

test('of what has no price at all nothing is said, in the strip, the bars and their table', async () => {
  await show(bookOf(deskEntry(dark, new Map())));
  for (const name of ['Held', 'Owed', 'Net']) expect(cell(name)).toBe(`${name}—1 not priced`);
  expect(screen.getByRole('button', { name: /^USDC: no price is known, 1 position, 1 not priced$/ })).toBeDefined();
  for (const menu of document.querySelectorAll('[popover]')) {
    menu.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }));
  }
  for (const item of await screen.findAllByRole('menuitemcheckbox', { name: 'As table' })) fireEvent.click(item);
  const rows = within(screen.getByRole('region', { name: /^Where does.*: table$/ })).getAllByRole('row');
  expect(rows.slice(1).map(plain)).toEqual(['ETH——11', 'USDC——11']);
  const bins = within(screen.getByRole('region', { name: /^How healthy.*: table$/ })).getAllByRole('row');
  expect(bins.map(plain)).toContain('unknown≥ $0.001');
});

test('a book of which all is priced says so in every part, and may be called safe', async () => {
  await show(KNOWN);
  expect(screen.getAllByText(/All of 1 position priced/)).toHaveLength(4);
  expect(cell('Worst class')).toBe('Worst classsafeof any position');
  expect(cell('Liquidatable')).toBe('Liquidatable0by the venues’ own tests');
  expect(screen.queryByText(/not known/)).toBeNull();
});

test('nothing in view is not called safe: of nothing, nothing is known', async () => {
  const { totals, order } = await show(KNOWN, { filter: { text: 'nowhere' }, view: { find: 'nowhere' } });
  expect(order).toHaveLength(0);
  expect(totals.worst).toBe('unknown');
  expect(cell('Worst class')).toBe('Worst classunknownof nothing, nothing is known');
  expect(cell('Priced')).toBe('Priced0nothing in view');
  expect(screen.getAllByText(/No positions\./)).toHaveLength(4);
  expect(screen.getByRole('button', { name: 'Show all 1' })).toBeDefined();
  expect(screen.queryByText('safe')).toBeNull();
});

describe('what the curve assumes', () => {
  test('is said of Liquity v1 where the book has a trove', async () => {
    await show(bookOf(deskEntry(known, prices), deskEntry(trove, prices)));
    expect(plain(panel(/^What is liquidated/))).toContain('the total collateral ratio and the Stability Pool stay as');
  });

  test('and only there', async () => {
    await show(KNOWN);
    expect(plain(panel(/^What is liquidated/))).not.toContain('Stability Pool');
  });
});

describe('under a what-if', () => {
  const underlined = (title: RegExp): number => panel(title)?.querySelectorAll('.whatif').length ?? 0;

  test('every part marks its figures as hypothetical', async () => {
    await show(KNOWN, { whatIf: { allBps: -1_000, byFamily: {} } });
    for (const title of [/^Where does/, /^How healthy/, /^How far/]) expect(underlined(title)).toBeGreaterThan(0);
    fireEvent.keyDown(screen.getByRole('slider', { name: /^What is liquidated/ }), { key: 'Home' });
    expect(underlined(/^What is liquidated/)).toBe(1);
    const row = document.querySelector('[data-position="known"]');
    // Collateral, debt, health factor, distance.
    expect(row?.querySelectorAll('.whatif')).toHaveLength(4);
    expect(cell('Liquidatable')).toContain('under the what-if');
  });

  test('a row whose prices it does not move stays as it is, and without one nothing is marked', async () => {
    await show(KNOWN, { whatIf: { allBps: 0, byFamily: { btc: -1_000 } } });
    expect(document.querySelector('[data-position="known"] .whatif')).toBeNull();
    cleanup();
    await show(KNOWN);
    expect(document.querySelector('.whatif')).toBeNull();
  });
});
