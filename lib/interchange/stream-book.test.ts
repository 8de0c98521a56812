import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BookPosition } from '@/lib/domain/book-position';
import { parseBookCsv, parseBookJson } from './parse-book';
import { checkBookText, type OpenText } from './stream-book';

const HEAD = 'position_id,venue,side,asset,amount,price,liquidation_threshold';
const ROWS = [
  'p1,custom,collateral,eth,5,3000,0.83',
  'p1,custom,debt,usdc,9000,1,',
  'p2,custom,collateral,eth,7,3000,0.8',
  'p2,custom,debt,usdc,9000,1,',
  'p3,custom,collateral,btc,1,90000,0.7',
  'p3,custom,debt,usdc,1000,1,',
];
const csv = (rows: readonly string[]): string => [HEAD, ...rows].join('\n');

const position = (id: string, amount = '5') => ({
  id,
  venue: 'custom',
  collateral: [{ asset: 'eth', amount, liquidationThreshold: '0.8' }],
  debt: [{ asset: 'usdc', amount: '9000' }],
});
const json = (
  positions: readonly unknown[],
  prices: object = { eth: '3000', usdc: '1' },
  first = 'positions',
): string =>
  first === 'positions'
    ? JSON.stringify({ positions, version: 1, prices }, null, 1)
    : JSON.stringify({ version: 1, prices, positions });

const inPieces = (text: string, length: number): OpenText =>
  async function* readText() {
    for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
  };

async function readAll(text: string, length = 11) {
  const book = await checkBookText(inPieces(text, length));
  const positions: BookPosition[] = [];
  for await (const each of book.readPositions()) positions.push(each);
  return { book, positions };
}

test('a JSON book in pieces is the book as a whole, its prices before or behind the positions', async () => {
  for (const first of ['positions', 'version']) {
    const text = json([position('a'), position('b', '7')], undefined, first);
    const whole = parseBookJson(text);
    for (const length of [1, 7, 1_000]) {
      const { book, positions } = await readAll(text, length);
      expect(positions).toEqual(whole.positions);
      expect([book.count, book.prices]).toEqual([2, whole.prices]);
    }
  }
});

test('a CSV in pieces is the book as a whole, in whatever order its rows stand', async () => {
  const sorted = (positions: readonly BookPosition[]) => [...positions].sort((a, b) => (a.id < b.id ? -1 : 1));
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(ROWS, { minLength: ROWS.length }),
      fc.integer({ min: 1, max: 90 }),
      async (rows, length) => {
        const whole = parseBookCsv(csv(rows));
        const { book, positions } = await readAll(csv(rows), length);
        expect(sorted(positions)).toEqual(sorted(whole.positions));
        expect([book.count, book.prices]).toEqual([3, whole.prices]);
      },
    ),
    { numRuns: 60 },
  );
});

test('rows of one position that stand together come in the order of the file; those that stand apart come last', async () => {
  const [a1, a2, b1, b2, c1, c2] = ROWS as [string, string, string, string, string, string];
  expect((await readAll(csv([b1, b2, a1, a2]))).positions.map(({ id }) => id)).toEqual(['p2', 'p1']);
  const apart = await readAll(csv([a1, b1, b2, a2, c1, c2]));
  expect(apart.positions.map(({ id }) => id)).toEqual(['p2', 'p3', 'p1']);
  expect(apart.positions.at(-1)?.debt).toHaveLength(1);
});

describe('what is wrong is said with its place, before anything is given', () => {
  test.each([
    [
      json([position('a'), { ...position('b'), venue: 'bank' }]),
      /line 22, column 13: positions\[1\]\.venue: there is no venue "bank"; there are .*aave-v3.*cross-margin/,
    ],
    [json([position('a')]).replace('"9000"', '"9000", "amount": "1"'), /line 16, column \d+: "amount" stands twice/],
    [json([position('a')]).replace('"eth": "3000"', '"eth": "3000", "eth": "1"'), /"eth" stands twice/],
    [json([position('a')]).replace('"0.8"', '"80"'), /liquidationThreshold: is a fraction below 1/],
    [json([position('a'), position('a')]), /line 21, column 10: positions\[1\]\.id: "a" stands twice/],
    [
      json([position('a')], { eth: '3000' }),
      /line 15, column 15: positions\[0\]\.debt\[0\]\.asset: there is no price of "usdc"/,
    ],
    [json([position('a')], { eth: '3000', usdc: '0' }), /prices\.usdc: a price is above 0/],
    [
      json([position('a')]).replace('"version": 1', '"version": 2'),
      /line \d+, column \d+: version: the number 1 is expected/,
    ],
    [json([position('a')]).replace('"version": 1,', ''), /line 1, column 1: version: it is missing/],
    [
      json([position('a')]).replace('"9000"', '9000'),
      /line 16, column \d+: positions\[0\]\.debt\[0\]\.amount: must be a decimal string/,
    ],
    [json([{ ...position('a'), debt: {} }]), /positions\[0\]\.debt: a list is expected/],
    [json([{ ...position('a'), owner: 7 }]), /positions\[0\]\.owner: a text is expected/],
    [json([{ ...position('a'), debt: [{ asset: 'usdc' }] }]), /positions\[0\]\.debt\[0\]\.amount: it is missing/],
    [json([position('a')]).replace('"9000"', '"9000'), /line \d+, column \d+: this is not JSON/],
    [csv([...ROWS.slice(0, 3), 'p2,custom,debt,usdc,x,1,']), /line 5, column amount/],
    [csv(ROWS).replace('0.8\n', '\n'), /line 4, column liquidationThreshold/],
    [
      csv([ROWS[0] ?? '', ...ROWS.slice(2), 'p1,morpho-blue,debt,usdc,9000,1,']),
      /line 7, column venue: it differs from line 2/,
    ],
    [HEAD, /./],
  ] as const)('%#', async (text, message) => {
    if (text === HEAD) expect((await checkBookText(inPieces(text, 5))).count).toBe(0);
    else
      for (const length of [1, 64, 10_000])
        await expect(checkBookText(inPieces(text, length))).rejects.toThrow(message);
  });
});

test('a book that changes between the two readings is said to have changed', async () => {
  let reading = 0;
  const text = json([position('a'), position('b')]);
  const open: OpenText = () => {
    reading += 1;
    return inPieces(reading <= 2 ? text : json([position('a')]), 50)();
  };
  const book = await checkBookText(open);
  const read = async () => {
    for await (const each of book.readPositions()) expect(each.id).toBe('a');
  };
  await expect(read()).rejects.toMatchObject({ code: 'BOOK_CHANGED' });
});
