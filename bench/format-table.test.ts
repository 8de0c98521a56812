import { expect, test } from 'vitest';
import type { Figure } from './benchmark';
import { formatTable, formatValue, isAimMet, listMissed } from './format-table';

const figure = { id: 'a.b', value: 2.5, unit: 's', note: '' };

test('an aim includes its bound', () => {
  expect(isAimMet({ ...figure, aim: { atMost: 2.5 } })).toBe(true);
  expect(isAimMet({ ...figure, aim: { atMost: 2.49 } })).toBe(false);
  expect(isAimMet({ ...figure, aim: { atLeast: 2.5 } })).toBe(true);
  expect(isAimMet({ ...figure, aim: { atLeast: 2.51 } })).toBe(false);
  expect(isAimMet(figure)).toBeUndefined();
});

test('values have three significant digits, large ones are whole', () => {
  expect(formatValue(1.2345)).toBe('1.23');
  expect(formatValue(98)).toBe('98');
  expect(formatValue(0.004567)).toBe('0.00457');
  expect(formatValue(12_345.6)).toBe('12,346');
});

test('what misses its aim is named, with both; what has none or reaches it is not', () => {
  const named = (id: string, value: number, aim?: Figure['aim']) => ({ ...figure, id, value, ...(aim && { aim }) });
  expect(
    listMissed([
      named('a', 2.5, { atMost: 2.5 }),
      named('b', 2.6, { atMost: 2.5 }),
      named('c', 99, { atLeast: 100 }),
      named('d', 1),
      named('e', Number.NaN, { atLeast: 1 }),
    ]),
  ).toEqual([
    `MISSED  b  2.6 ${figure.unit}, aim ≤ 2.5`,
    `MISSED  c  99 ${figure.unit}, aim ≥ 100`,
    `MISSED  e  NaN ${figure.unit}, aim ≥ 1`,
  ]);
});

test('the table lines up, with the aim beside the figure and the note below', () => {
  expect(
    formatTable([
      { id: 'x.seconds', value: 2.504, unit: 's', note: 'median of 5', aim: { atMost: 2.5 } },
      { id: 'x.perSecond', value: 123_456, unit: '1/s', note: '', aim: { atLeast: 50 } },
      { id: 'x.calls', value: 45, unit: 'calls', note: '' },
    ]).split('\n'),
  ).toEqual([
    'figure         value  unit   aim',
    '───────────  ───────  ─────  ─────  ──────',
    'x.seconds        2.5  s      ≤ 2.5  MISSED',
    '    median of 5',
    'x.perSecond  123,456  1/s    ≥ 50   met',
    'x.calls           45  calls',
  ]);
});
