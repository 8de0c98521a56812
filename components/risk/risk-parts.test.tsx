// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { rational } from '@/lib/units/rational';
import { createLocalDesk, type DeskClient } from '@/lib/workers/desk/desk-client';
import type { DeskView, DeskViewRequest, OpenedDesk } from '@/lib/workers/desk/desk-protocol';
import { describeCoverage } from './describe-coverage';
import { DeskFigures } from './desk-figures';
import { drawShare } from './draw-share';
import { VIEW } from './testing';
import { toCsv } from './to-csv';
import type { OpenRow } from './use-open-position';
import type { RiskView, SetRiskView } from './use-risk-view';

// A whole book is evaluated and drawn: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

// happy-dom has no popovers.
HTMLElement.prototype.hidePopover ??= () => {};

const REQUEST: DeskViewRequest = {
  ticket: 1,
  whatIf: { allBps: 0, byFamily: {} },
  filter: {},
  dimension: 'asset',
  measure: 'gross',
  lookThrough: true,
  falling: 'all',
  withBadDebt: true,
  sort: VIEW.order,
  rowsKey: undefined,
};

let desk: DeskClient;
let opened: OpenedDesk;
let figures: DeskView;
beforeAll(async () => {
  desk = await createLocalDesk();
  opened = await desk.run('open', { kind: 'mock', seed: 5, count: 120 });
  figures = await desk.run('view', REQUEST);
});
afterEach(cleanup);

function show(changes: Partial<RiskView> = {}, view: DeskView = figures, request: DeskViewRequest = REQUEST) {
  const chosen: Partial<RiskView>[] = [];
  const openRow: OpenRow = { kind: 'details', onOpen: () => {} };
  const setView = ((change: Partial<RiskView>) => {
    chosen.push(change);
    return Promise.resolve(new URLSearchParams());
  }) as SetRiskView;
  const shown = {
    opened: { ...opened, key: 'mock', client: desk },
    view,
    request,
    standings: undefined,
    rows: view.rows ?? figures.rows ?? [],
  };
  render(
    <DeskFigures
      {...{ shown, setView }}
      view={{ ...VIEW, ...changes }}
      openRow={openRow}
      isBusy={false}
      isNarrow={false}
    />,
  );
  return chosen;
}

describe('a book on screen', () => {
  test('a bar filters by what it stands for, and once more lets go', () => {
    const chosen = show();
    const bars = within(screen.getByRole('list', { name: 'Exposure bars' }));
    fireEvent.click(bars.getByRole('button', { name: /^ETH: / }));
    expect(chosen).toEqual([{ family: 'eth' }]);
    cleanup();
    const again = show({ family: 'eth' });
    const bar = screen.getByRole('button', { name: /^ETH: / });
    expect(bar.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(bar);
    expect(again).toEqual([{ family: null }]);
  });

  test('a bin filters, and says how many positions stand in it', () => {
    const chosen = show();
    const bin = figures.health.bars.find(({ bin }) => bin === '1.5');
    fireEvent.click(screen.getByRole('button', { name: new RegExp(`^1.5 to 2: .*, ${bin?.count} positions$`) }));
    expect(chosen).toEqual([{ health: '1.5' }]);
  });

  test('the curve is moved along by arrow keys, and Enter shows the positions behind its mark', () => {
    const chosen = show();
    const curve = screen.getByRole('slider', { name: /^What is liquidated if everything but dollars falls/ });
    expect(curve.getAttribute('aria-valuetext')).toMatch(/^Point or use the arrow keys/);
    fireEvent.keyDown(curve, { key: 'End' });
    expect(curve.getAttribute('aria-valuetext')).toMatch(
      new RegExp(`^−90.% ?: ${figures.curve.points.at(-1)?.count} liquidatable, collateral \\$.*, bad debt \\$`),
    );
    fireEvent.keyDown(curve, { key: 'ArrowLeft' });
    fireEvent.keyDown(curve, { key: 'Enter' });
    expect(chosen).toEqual([{ fall: { falling: 'all', fromBps: undefined, toBps: 8_500 } }]);
  });

  test('everything that is chosen stands in words, each with its own way out', () => {
    const chosen = show({
      venue: 'aave-v3',
      counterparty: '',
      fall: { falling: 'all', fromBps: 1_000, toBps: 4_000 },
      find: 'usdc',
    });
    const chips = within(screen.getByRole('list', { name: 'Chosen' }));
    expect(chips.getAllByRole('button').map((chip) => chip.textContent?.replaceAll('\u00a0', ' '))).toEqual([
      'Venue: Aave v3',
      'Counterparty: not named',
      'Liquidatable: everything but dollars −10 % to −40 %',
      'Words: usdc',
    ]);
    fireEvent.click(chips.getByRole('button', { name: /^Remove Venue/ }));
    expect(chosen).toEqual([{ venue: null }]);
  });

  test('while a position is unknown nothing is called safe, and every chart says how many', () => {
    const coverage = { pricedCount: 119, unpricedCount: 1, unpricedShareAtLeast: rational(1n, 40n) };
    const parts = { exposures: figures.exposures, health: figures.health, drops: figures.drops, curve: figures.curve };
    const unsure = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, { ...part, coverage }]));
    show({}, {
      ...figures,
      ...unsure,
      totals: { ...figures.totals, worst: 'unknown', unknownCount: 1, coverage },
    } as DeskView);
    expect(
      screen.getAllByText(/1 of 120 positions could not be priced: at least 2.5.% of the known value/),
    ).toHaveLength(4);
    expect(screen.getByText('never safe while any is unknown')).toBeDefined();
    expect(screen.getAllByText('1 not priced').length).toBeGreaterThan(0);
  });

  test('a chart is a table too, with the same figures', async () => {
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Options of the chart “How healthy is it?”' }));
    for (const panel of document.querySelectorAll('[popover]')) {
      panel.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }));
    }
    const [asTable] = await screen.findAllByRole('menuitemcheckbox', { name: 'As table' });
    if (asTable) fireEvent.click(asTable);
    expect(await screen.findByRole('region', { name: /: table$/ })).toBeDefined();
  });
});

describe('words and widths', () => {
  test('coverage', () => {
    expect(describeCoverage({ pricedCount: 0, unpricedCount: 0, unpricedShareAtLeast: null })).toBe('No positions.');
    expect(describeCoverage({ pricedCount: 1, unpricedCount: 0, unpricedShareAtLeast: rational(0n) })).toBe(
      'All of 1 position priced.',
    );
    expect(describeCoverage({ pricedCount: 0, unpricedCount: 2, unpricedShareAtLeast: null })).toMatch(
      /^2 of 2 positions could not be priced: which share of the value that is, is not known/,
    );
  });

  test.each([
    [0n, 10n, 0],
    [5n, 10n, 50],
    [-5n, 10n, 50],
    [1n, 1_000_000n, 0.5],
    [5n, 0n, 0],
  ])('%d of %d is drawn %d %% wide', (value, most, share) => {
    expect(drawShare(value, most)).toBe(share);
  });

  test('CSV is quoted where it must be', () => {
    expect(
      toCsv([
        ['a', 'b,c'],
        ['say "x"', '1'],
      ]),
    ).toBe('a,"b,c"\r\n"say ""x""",1\r\n');
  });
});
