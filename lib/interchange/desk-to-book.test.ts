import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BookPosition } from '@/lib/domain/book-position';
import { drain } from '@/lib/risk/exposure/testing';
import { rational } from '@/lib/units/rational';
import { aaveV3Model } from '@/lib/venues/aave-v3/book-model';
import { bookPosition } from '@/lib/venues/book-testing';
import type { Book } from './book';
import { toExportBook } from './desk-to-book';
import { formatBookCsv } from './format-book-csv';
import { formatBookJson } from './format-book-json';
import { formatEvaluation } from './format-evaluation';
import { drawMockBook } from './mock-book';
import { parseBookCsv, parseBookJson } from './parse-book';
import { formatTagsCell, parseTagsCell } from './tags-cell';

const book = drain(drawMockBook(7, 60));
const [first, second] = book.positions as readonly [BookPosition, BookPosition];

const entry = (position: BookPosition, prices: Book['prices']) => ({
  id: position.id,
  venue: position.venue,
  owner: position.owner,
  counterparty: position.counterparty,
  position,
  prices,
  problem: undefined,
});

test('of a CSV leaves out what has no legs too: it has a row a leg', () => {
  const empty = { ...first, id: 'empty', collateral: [], debt: [] };
  const entries = [entry(first, book.prices), entry(empty, book.prices)];
  expect(toExportBook(entries, undefined, 'csv')).toMatchObject({
    book: { positions: [{ id: first.id }] },
    leftOut: [{ id: 'empty' }],
  });
  expect(toExportBook(entries, undefined, 'json').leftOut).toEqual([]);
});

test('leaves out what has no price or could not be read, and says so', () => {
  const { book: written, leftOut } = toExportBook(
    [
      entry(first, book.prices),
      { ...entry(second, new Map()), id: 'no price' },
      { ...entry(second, book.prices), id: 'unread', position: undefined, problem: 'The node did not answer.' },
    ],
    undefined,
  );
  expect(written.positions.map(({ id }) => id)).toEqual([first.id]);
  expect(leftOut.map(({ id }) => id)).toEqual(['no price', 'unread']);
  expect(leftOut[1]?.reason).toBe('The node did not answer.');
});

test('keeps each position at its own oracle’s price', () => {
  const asset = first.collateral[0]?.asset ?? '';
  const other = new Map([...book.prices, [asset, rational(7n)] as const]);
  const { book: written } = toExportBook(
    [entry(first, book.prices), { ...entry(first, other), id: 'again' }],
    undefined,
  );
  const renamed = written.positions[1];
  expect(renamed?.collateral[0]?.asset).toBe(`${asset}#2`);
  expect(written.prices.get(`${asset}#2`)).toEqual(rational(7n));
  expect(written.prices.get(asset)).toEqual(book.prices.get(asset));
});

const MODE = {
  ltv: '0.9',
  liquidationThreshold: '0.93',
  liquidationBonus: '0.01',
  borrowable: ['usdc'],
  ltvZero: ['eth'],
};
const inMode = (id: string) => ({
  ...bookPosition(
    'aave-v3',
    aaveV3Model.termsSchema.parse({ eMode: { ...MODE, assets: ['eth', 'steth'] } }),
    [['eth', '10']],
    [['usdc', '9000']],
  ),
  id,
});
const pricesOf = (eth: bigint) =>
  new Map([
    ['eth', rational(eth)],
    ['usdc', rational(1n)],
  ]);

test('an asset under another key goes by it in the mode’s lists too, which would not find it otherwise', () => {
  const entries = [entry(inMode('a'), pricesOf(1_000n)), entry(inMode('b'), pricesOf(1_100n))];
  const { book: written } = toExportBook(entries, undefined);
  const back = parseBookJson(formatBookJson(written));
  expect(back.positions[1]?.terms).toMatchObject({
    eMode: { assets: ['eth#2', 'steth'], borrowable: ['usdc'], ltvZero: ['eth#2'] },
  });
  // 11,000·0.93 / 9,000; outside the mode the leg would carry nothing.
  expect(formatEvaluation(back.positions[1] as BookPosition, back.prices).healthFactor).toBe('1.13666666666666666');
});

test('two assets never meet under one key, whatever they are called and cost', () => {
  const named = (id: string, asset: string) => ({
    ...bookPosition('custom', {}, [[asset, '1', { liquidationThreshold: '0.8' }]], []),
    id,
  });
  const { book: written } = toExportBook(
    [
      entry(named('a', 'eth'), new Map([['eth', rational(1n)]])),
      entry(named('b', 'eth#2'), new Map([['eth#2', rational(7n)]])),
      entry(named('c', 'eth'), new Map([['eth', rational(7n)]])),
    ],
    undefined,
  );
  expect(written.positions.map(({ collateral }) => collateral[0]?.asset)).toEqual(['eth', 'eth#2', 'eth#3']);
});

const text = fc.string({ minLength: 1, maxLength: 12 });
const labels = fc.record(
  { rating: text, kyc: text, tags: fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 }) },
  { requiredKeys: [] },
);

/** Positions of many venues and of a mode, each venue with its own prices, with what a book says beside the figures. */
const desks = fc
  .record({
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    labels: fc.array(labels, { minLength: 8, maxLength: 8 }),
    asOf: fc.option(fc.constantFrom('2025-11-01T00:00:00Z', 'today'), { nil: undefined }),
    eths: fc.array(fc.integer({ min: 990, max: 1_200 }).map(BigInt), { minLength: 2, maxLength: 2 }),
  })
  .map(({ seed, labels, asOf, eths }) => {
    const drawn = drain(drawMockBook(seed, 6));
    const modes = eths.map((eth, index) => entry(inMode(`mode-${index}`), pricesOf(eth)));
    const others = drawn.positions.map((position, index) =>
      entry(
        position,
        new Map(
          [...drawn.prices].map(([asset, price]) => [
            asset,
            rational(price.numerator * BigInt(1 + (index % 3)), price.denominator),
          ]),
        ),
      ),
    );
    const entries = [...modes, ...others].map((each, index) => ({
      ...each,
      position: { ...each.position, ...labels[index] },
    }));
    return { entries, asOf };
  });

const pickLabels = ({ id, rating, kyc, tags }: BookPosition) => ({ id, rating, kyc, tags });
const pickFigures = ({ positions, prices }: Book) =>
  positions.map((position) => {
    const { liquidationPrices, liquidationPriceNotes: _, ...figures } = formatEvaluation(position, prices);
    return { ...figures, liquidationPrices: Object.values(liquidationPrices) };
  });

test('what is exported and imported says the same of every position: figures, labels, date; and again', () => {
  fc.assert(
    fc.property(desks, ({ entries, asOf }) => {
      const { book: written, leftOut } = toExportBook(entries, asOf);
      expect(leftOut).toEqual([]);
      const back = parseBookJson(formatBookJson(written));
      expect(back.asOf).toBe(asOf);
      expect(back.positions.map(pickLabels)).toEqual(entries.map(({ position }) => pickLabels(position)));
      const expected = entries.flatMap(({ position, prices }) => pickFigures({ asOf, positions: [position], prices }));
      expect(pickFigures(back)).toEqual(expected);
      const again = toExportBook(
        back.positions.map((position) => entry(position, back.prices)),
        back.asOf,
      );
      expect(formatBookJson(again.book)).toBe(formatBookJson(written));
      // A CSV has no place for the date, the rating and what is known of the customer.
      const rows = parseBookCsv(formatBookCsv(written));
      expect(pickFigures(rows)).toEqual(expected);
      expect(rows.positions.map(({ tags }) => tags)).toEqual(entries.map(({ position }) => position.tags));
    }),
    { numRuns: 25 },
  );
});

test.each([
  [['desk', 'hedged'], 'desk;hedged'],
  [['a;b', 'c'], '["a;b","c"]'],
  [[], '[]'],
])('tags %j are a cell %s', (tags, cell) => {
  expect(formatTagsCell(tags)).toBe(cell);
  expect(parseTagsCell(cell)).toEqual(tags);
});

test.each(['[1]', '[', '["a"'])('a cell %s is neither', (cell) => {
  expect(parseTagsCell(cell)).toBeUndefined();
});
