// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { fineValue } from '@/lib/risk/exposure/fine-value';
import { DeskTable } from './desk-table';
import { VIEW } from './testing';
import type { OpenRow } from './use-open-position';
import type { SetRiskView } from './use-risk-view';

afterEach(cleanup);

const ROW = {
  id: 'p',
  venue: 'Aave v3',
  owner: 'ann',
  counterparty: '',
  held: 'ETH',
  owed: 'USDC',
  collateral: fineValue(10n ** 18n),
  debt: undefined,
  healthFactor: undefined,
  drop: undefined,
  liquidatable: false,
  riskClass: 'unknown' as const,
  riskNote: undefined,
  reason: 'The price of USDC is not known.',
  affected: false,
};

describe('the table', () => {
  const row = (id: string) => ({ ...ROW, id });
  const showTable = (count: number, openRow: OpenRow = { kind: 'details', onOpen: () => {} }) => {
    const rows = Array.from({ length: count }, (_, index) => row(`p${index}`));
    const order = Uint32Array.from(rows.keys()).reverse();
    const chosen: unknown[] = [];
    const setView = ((change: unknown) => chosen.push(change)) as unknown as SetRiskView;
    render(<DeskTable {...{ rows, order, setView, openRow }} view={VIEW} />);
    return chosen;
  };

  test('draws of ten thousand rows those in view, in the order given', () => {
    showTable(10_000);
    const drawn = [...document.querySelectorAll('[data-position]')].map((each) => each.getAttribute('data-position'));
    expect(drawn.length).toBeLessThan(60);
    expect(drawn.slice(0, 3)).toEqual(['p9999', 'p9998', 'p9997']);
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('10001');
  });

  test('shows what is unknown as a dash with its reason', () => {
    showTable(1);
    expect(screen.getAllByTitle('The price of USDC is not known.').length).toBeGreaterThanOrEqual(4);
  });

  test('heads sort, and sort the other way', () => {
    const chosen = showTable(1);
    fireEvent.click(screen.getByRole('button', { name: 'Debt' }));
    fireEvent.click(screen.getByRole('button', { name: 'Health factor' }));
    expect(chosen).toEqual([
      { order: { column: 'debt', descending: false } },
      { order: { column: 'health', descending: true } },
    ]);
  });
});

describe('a row', () => {
  const row = (id: string) => ({ ...ROW, id });
  const showRows = (openRow: OpenRow) =>
    render(
      <DeskTable
        rows={['a', 'b', 'c'].map(row)}
        order={Uint32Array.of(0, 1, 2)}
        view={VIEW}
        setView={() => Promise.resolve(new URLSearchParams())}
        {...{ openRow }}
      />,
    );

  test('of a book opens its details, by its name and by a click anywhere on it', () => {
    const opened: string[] = [];
    showRows({ kind: 'details', onOpen: (id) => opened.push(id) });
    const opener = screen.getByRole('button', { name: 'b' });
    expect(opener.getAttribute('aria-haspopup')).toBe('dialog');
    fireEvent.click(opener);
    expect(opened).toEqual(['b']);
    fireEvent.click(screen.getAllByText('Aave v3')[2] as HTMLElement);
    expect(opened).toEqual(['b', 'c']);
  });

  test('of the chain is a link to its page', () => {
    showRows({ kind: 'page', hrefOf: (id) => `/positions/${id}?shock=-2000` });
    expect(screen.getByRole('link', { name: 'b' }).getAttribute('href')).toBe('/positions/b?shock=-2000');
  });

  test('is one stop of Tab among all, and arrow keys move on', () => {
    showRows({ kind: 'details', onOpen: () => {} });
    const openers = ['a', 'b', 'c'].map((name) => screen.getByRole('button', { name }));
    const stops = () => openers.map(({ tabIndex }) => tabIndex);
    expect(stops()).toEqual([0, -1, -1]);
    act(() => openers[0]?.focus());
    fireEvent.keyDown(openers[0] as HTMLElement, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(openers[1]);
    expect(stops()).toEqual([-1, 0, -1]);
  });
});
