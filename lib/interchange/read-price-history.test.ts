import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { formatRational } from '@/lib/units/format-rational';
import { type HistoryColumn, readPriceHistory } from './read-price-history';

function read(text: string): readonly HistoryColumn[] {
  const steps = readPriceHistory(text);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const toTexts = (columns: readonly HistoryColumn[]) =>
  columns.map(({ name, points }) => [name, points.map(({ atMs, price }) => [atMs, formatRational(price, 'down')])]);

test('a time and a column per asset, in any order; an empty cell tells nothing', () => {
  expect(toTexts(read('eth,time_ms,usdc\n3000.5,1000,1\n2999,2000,\n'))).toEqual([
    [
      'eth',
      [
        [1_000, '3000.5'],
        [2_000, '2999'],
      ],
    ],
    ['usdc', [[1_000, '1']]],
  ]);
  expect(toTexts(read('\uFEFFtime_ms,eth\r\n1,2\r\n'))).toEqual([['eth', [[1, '2']]]]);
});

describe('the place of a fault', () => {
  test.each([
    ['', 'line 1, column time_ms'],
    ['time,eth\n1,2', 'line 1, column time_ms'],
    ['time_ms\n1', 'line 1, column time_ms'],
    ['time_ms,eth,eth\n1,2,2', 'line 1, column eth'],
    ['time_ms,\n1,2', 'line 1, column 2'],
    ['time_ms,eth\n1,2\n1,3', 'line 3, column time_ms'],
    ['time_ms,eth\n1.5,2', 'line 2, column time_ms'],
    ['time_ms,eth\n1,2\n\n2,1e3', 'line 4, column eth'],
    ['time_ms,eth\n1,0', 'line 2, column eth'],
    ['time_ms,eth\n1,-2', 'line 2, column eth'],
    ['time_ms,eth\n1,NaN', 'line 2, column eth'],
  ])('%j: %s', (text, place) => {
    expect(() => read(text)).toThrow(InvalidInputError);
    expect(() => read(text)).toThrow(place);
  });

  test('a row with a cell too many is told by its line', () => {
    expect(() => read('time_ms,eth\n1,2\n2,3,4')).toThrow(/line 3/);
  });
});

test('what was written is read back, in however many pieces', () => {
  const rows = fc.array(fc.integer({ min: 1, max: 10 ** 12 }), { minLength: 1, maxLength: 9_000, size: 'max' });
  fc.assert(
    fc.property(rows, (prices) => {
      const text = `time_ms,eth\n${prices.map((price, index) => `${1_700_000_000_000 + index},${price}`).join('\n')}`;
      const [column] = read(text);
      expect(column?.points.map(({ price }) => Number(price.numerator))).toEqual(prices);
    }),
    { seed: 20_261_122, numRuns: 20 },
  );
});
