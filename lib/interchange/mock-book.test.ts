import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drain } from '@/lib/risk/exposure/testing';
import { type Rational, rational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { venueModels } from '@/lib/venues/models';
import { type Book, modelOf } from './book';
import { formatBookCsv } from './format-book-csv';
import { formatBookJson } from './format-book-json';
import { formatBookNumber } from './format-decimal';
import { formatEvaluation } from './format-evaluation';
import { drawMockBook } from './mock-book';
import { parseBookCsv, parseBookJson } from './parse-book';

const book = drain(drawMockBook(7, 600));

/** The same with every fraction in lowest terms: "1.50" is read as 150/100, and written as 1.5. */
function reduced(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reduced);
  if ('numerator' in value) return reduceRational(value as Rational);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, reduced(inner)]));
}

describe('the mock book', () => {
  test('is the same for the same seed, and another for another', () => {
    const told = ({ positions }: Book) =>
      positions
        .slice(0, 40)
        .map((position) =>
          JSON.stringify(formatBookJson({ asOf: undefined, prices: book.prices, positions: [position] })),
        );
    expect(told(drain(drawMockBook(7, 40)))).toEqual(told(book));
    expect(told(drain(drawMockBook(8, 40)))).not.toEqual(told(book));
  });

  test('stands over every venue, and says that its counterparties are mock', () => {
    expect(new Set(book.positions.map(({ venue }) => venue))).toEqual(new Set(Object.keys(venueModels)));
    for (const { counterparty } of book.positions) expect(counterparty).toMatch(/^(Desk|Fund) \d\d \(mock\)$/);
  });

  test('has some positions past the edge, most at ease, and some without debt', () => {
    const evaluations = book.positions.map((position) => modelOf(position).computeEvaluation(position, book.prices));
    const liquidatable = evaluations.filter((each) => each.liquidatable).length;
    expect(liquidatable).toBeGreaterThan(0);
    expect(liquidatable).toBeLessThan(30);
    expect(evaluations.filter(({ healthFactor }) => healthFactor === null).length).toBeGreaterThan(10);
  });

  test('made of any seed passes the checks of a file', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
        const drawn = drain(drawMockBook(seed, 30));
        expect(parseBookJson(formatBookJson(drawn)).positions).toHaveLength(30);
      }),
      { numRuns: 30, seed: 20_251_121 },
    );
  });
});

describe('a book that was written is read back the same', () => {
  const figures = ({ positions, prices }: Book) => positions.map((position) => formatEvaluation(position, prices));

  test('as JSON', () => {
    const back = parseBookJson(formatBookJson(book));
    expect(reduced(back.positions)).toEqual(reduced(book.positions));
    expect([...back.prices.keys()]).toEqual([...book.prices.keys()]);
    expect(figures(back)).toEqual(figures(book));
  });

  test('as CSV', () => {
    const back = parseBookCsv(formatBookCsv(book));
    expect(reduced(back.positions)).toEqual(reduced(book.positions));
    expect(figures(back)).toEqual(figures(book));
  });

  test('with what needs quoting, and what is switched off', () => {
    const odd = parseBookJson(
      JSON.stringify({
        version: 1,
        asOf: '2025-11-01T00:00:00Z',
        prices: { eth: '3000', usdc: '1' },
        positions: [
          {
            id: 'a "quoted", id',
            venue: 'aave-v3',
            owner: 'Ann, and Bob',
            counterparty: 'Desk "A"',
            collateral: [
              { asset: 'eth', amount: '1.123456789012345678901234', enabled: false, liquidationThreshold: '0.83' },
            ],
            debt: [{ asset: 'usdc', amount: '10', borrowRate: '0.05' }],
            terms: {
              version: '3.2',
              eMode: { ltv: '0.9', liquidationThreshold: '0.93', liquidationBonus: '0.01', assets: ['eth'] },
            },
          },
        ],
      }),
    );
    expect(reduced(parseBookJson(formatBookJson(odd)))).toEqual(reduced(odd));
    expect(reduced(parseBookCsv(formatBookCsv(odd)).positions)).toEqual(reduced(odd.positions));
  });
});

test.each([
  [3n, 8n, '0.375', '0.375'],
  [1_123_456_789_012_345_678_901_234n, 10n ** 24n, '1.123456789012345678901234', '1.123456789012345678901234'],
  [2n, 3n, '0.666666666666666666', '0.666666666666666667'],
  [0n, 7n, '0', '0'],
])('%d/%d is written %s, and %s rounded up', (numerator, denominator, down, up) => {
  expect(formatBookNumber(rational(numerator, denominator), 'down')).toBe(down);
  expect(formatBookNumber(rational(numerator, denominator), 'up')).toBe(up);
});
