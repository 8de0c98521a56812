import { expect, test } from 'vitest';
import { computeBook } from '@/lib/book/compute-book';
import type { PositionRow } from '@/lib/book/position-row';
import { NO_WHAT_IF } from '@/lib/scenarios/what-if';
import { type ExamplePosition, examplePosition, feedSide, wstETH } from '@/lib/venues/morpho-blue/testing';
import { compareKeys, filterRows, groupRows, sortKeys } from './arrange-rows';
import { formatPositionsCsv } from './format-positions-csv';
import { isAffected } from './is-affected';

const OWNER = { A: `0x${'a'.repeat(40)}`, B: `0x${'b'.repeat(40)}` } as const;

/** Rows of the book for examples that owe more, less, nothing, or have a price that cannot be used. */
function rowsOf(
  examples: readonly (Partial<ExamplePosition> & { owner?: keyof typeof OWNER })[],
): readonly PositionRow[] {
  const positions = examples.map(({ owner = 'A', ...changes }, index) => ({
    ...examplePosition(changes),
    id: `morpho-blue~1~${index}`,
    owner: OWNER[owner],
  }));
  const accounts = [
    { address: OWNER.A, label: 'Loop, long', kind: 'demo' as const },
    { address: OWNER.B, label: '=SUM(A1)', kind: 'watched' as const },
  ];
  return computeBook(positions, accounts, {
    blind: undefined,
    chainTimeSeconds: 2_000,
    marketPrices: new Map(),
    latestWrites: new Map(),
    nowMs: 0,
    whatIf: NO_WHAT_IF,
  }).rows;
}

const shares = (usdcAmount: bigint) => usdcAmount * 10n ** 12n;
const BROKEN = { base: feedSide(wstETH, 0n), price: undefined };

test('the most urgent health factor comes first; no debt is safest; unknown has no key', () => {
  const keys = rowsOf([{ borrowShares: shares(12_000n) }, { borrowShares: 0n }, {}, BROKEN]).map(
    sortKeys['health-factor'],
  );
  expect(keys[3]).toBeUndefined();
  const sorted = keys.filter((key) => key !== undefined).sort(compareKeys);
  expect(sorted).toEqual([keys[2], keys[0], Number.POSITIVE_INFINITY]);
});

test('every word of a filter must occur: label, address, venue, asset, class', () => {
  const rows = rowsOf([{}, { owner: 'B' }]);
  expect(filterRows(rows, '').length).toBe(2);
  expect(filterRows(rows, 'loop WSTETH')).toEqual([rows[0]]);
  expect(filterRows(rows, OWNER.B.slice(0, 8))).toEqual([rows[1]]);
  expect(filterRows(rows, 'morpho danger').length).toBe(2);
  expect(filterRows(rows, 'loop sum')).toEqual([]);
});

test('groups keep the order of their rows and come by their first', () => {
  const [a1, b, a2] = rowsOf([{}, { owner: 'B' }, {}]);
  const groups = groupRows([a1, b, a2] as PositionRow[], 'owner', (row) => row);
  expect(groups.map(({ title, rows }) => [title, rows.length])).toEqual([
    ['Loop, long', 2],
    ['=SUM(A1)', 1],
  ]);
  expect(groupRows([a1, b] as PositionRow[], null, (row) => row)).toHaveLength(1);
});

test('CSV: exact, quoted, unknown said, no formula', () => {
  const [head, loop, none, broken] = formatPositionsCsv(
    rowsOf([{}, { borrowShares: 0n, owner: 'B' }, BROKEN]),
    'ETH −20 %',
  ).split('\r\n');
  const cellsOf = (line = '') =>
    Object.fromEntries((head ?? '').split(',').map((name, index) => [name, line.split(',')[index]]));
  expect(loop).toContain('"Loop, long"');
  // 10 · 3,000 · 0.86 / 24,000
  expect(loop).toContain(',1.075,');
  expect(cellsOf(none)).toMatchObject({ owner: "'=SUM(A1)", health_factor: '', nearest_price_usd: '' });
  expect(broken).toContain('unknown');
  expect([loop, none, broken].map((line) => line?.split(',').at(-1))).toEqual(Array(3).fill('ETH −20 %'));
});

test('a what-if affects those who hold or owe what it moves', () => {
  const [row] = rowsOf([{}]);
  const legs = [...(row?.collateral ?? []), ...(row?.debt ?? [])];
  const affected = (allBps: number, byFamily: Record<string, number>) => isAffected(legs, { allBps, byFamily });
  expect([
    affected(0, {}),
    affected(0, { eth: -1 }),
    affected(0, { btc: -1 }),
    affected(-1, {}),
    affected(0, { eth: 0 }),
  ]).toEqual([false, true, false, true, false]);
  expect(isAffected(row?.debt ?? [], { allBps: -1, byFamily: {} })).toBe(false);
});
