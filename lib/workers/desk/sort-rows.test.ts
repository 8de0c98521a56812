import { expect, test } from 'vitest';
import { rational } from '@/lib/units/rational';
import type { DeskRow } from './desk-protocol';
import { sortRows } from './sort-rows';

const row = (id: string, drop: DeskRow['drop'], liquidatable = false): DeskRow => ({
  id,
  venue: '',
  owner: '',
  counterparty: '',
  held: '',
  owed: '',
  collateral: undefined,
  debt: undefined,
  healthFactor: undefined,
  drop,
  liquidatable,
  riskClass: 'safe',
  riskNote: undefined,
  reason: undefined,
  affected: false,
});

test('by distance: liquidatable first, also without a cure; then the nearest, those without a distance, the unknown last', () => {
  const rows = [
    row('none', null),
    row('unknown', undefined),
    row('far', rational(1n, 2n)),
    row('near', rational(1n, 20n)),
    row('past', rational(-1n, 10n), true),
    row('no cure', null, true),
  ];
  const order = (descending: boolean) =>
    [...sortRows(rows, [0, 1, 2, 3, 4, 5], { column: 'drop', descending })].map((index) => rows[index]?.id);
  expect(order(false)).toEqual(['past', 'no cure', 'near', 'far', 'none', 'unknown']);
  expect(order(true)).toEqual(['none', 'far', 'near', 'no cure', 'past', 'unknown']);
});
