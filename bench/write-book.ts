import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { BookPosition } from '@/lib/domain/book-position';
import { formatPositionJson } from '@/lib/interchange/format-book-json';
import { formatBookNumber } from '@/lib/interchange/format-decimal';
import { formatEvaluation } from '@/lib/interchange/format-evaluation';
import { drawMockBook } from '@/lib/interchange/mock-book';
import { parseBookJson } from '@/lib/interchange/parse-book';

const SEED = 20_261_121;
/** Positions drawn, written and forgotten at a time. */
const SLICE = 10_000;
/** Of so many positions one is remembered with its evaluation. */
const REMEMBERED_OF = 1_000;

/** Two positions worked out by hand, at the book's ends; their figures stand in `HAND_MADE_ANSWERS`. */
const [FIRST, LAST] = [
  '{"id":"first","venue":"custom","collateral":[{"asset":"ETH","amount":"10","liquidationThreshold":"0.8"}],"debt":[{"asset":"USDC","amount":"12000"}]}',
  '{"id":"last","venue":"morpho-blue","terms":{"lltv":"0.86"},"collateral":[{"asset":"WETH","amount":"10"}],"debt":[{"asset":"USDC","amount":"24000"}]}',
];

/**
 * ETH and WETH at 3,000, USDC at 1. First: 10 · 3,000 · 0.8 / 12,000 = 2; 12,000 / (10 · 0.8) = 1,500; 1 − 1/2.
 * Last: 10 · 3,000 · 0.86 / 24,000 = 1.075; 24,000 / 8.6 = 2,790.697674418604651…, up; 1 − 1/1.075 = 0.069767441860465116279…, down; 18 digits each.
 */
export const HAND_MADE_ANSWERS = {
  first: { healthFactor: '2', price: ['ETH', '1500'], uniformLiquidationDrop: '0.5' },
  last: {
    healthFactor: '1.075',
    price: ['WETH', '2790.69767441860466'],
    uniformLiquidationDrop: '0.0697674418604651162',
  },
} as const;

export interface WrittenBook {
  readonly ids: (index: number) => string;
  /** What `evaluate` must write for some positions, by place. */
  readonly remembered: ReadonlyMap<number, string>;
}

const idOf = (index: number): string => `b${index}`;

/** Drains a generator and returns what it comes to. */
function drain<Result>(generator: Generator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = generator.next();
    if (done) return value;
  }
}

/**
 * Writes a book of `count` positions over every venue, the same at each call, without ever holding it: seeded mock positions in slices, and
 * one worked out by hand at each end. What some of them must come to is remembered, from the very bytes that are in the file.
 */
export async function writeBook(file: string, count: number): Promise<WrittenBook> {
  const remembered = new Map<number, string>();
  const { prices } = drain(drawMockBook(SEED, 0));
  const priced = Object.fromEntries([...prices].map(([asset, price]) => [asset, formatBookNumber(price, 'down')]));
  const head = `{"version":1,"prices":${JSON.stringify(priced)},"positions":[\n`;
  const remember = (index: number, text: string): void => {
    const [position] = parseBookJson(`${head}${text}]}`).positions;
    if (position) remembered.set(index, JSON.stringify(formatEvaluation(position, prices)));
  };
  async function* writePieces(): AsyncGenerator<string> {
    yield `${head}${FIRST}`;
    for (let from = 1; from < count - 1; from += SLICE) {
      const size = Math.min(SLICE, count - 1 - from);
      yield drain(drawMockBook(SEED + from, size))
        .positions.map((drawn, place) => {
          const index = from + place;
          const text = formatPositionJson({ ...drawn, id: idOf(index) } as BookPosition);
          if (index % REMEMBERED_OF === 0) remember(index, text);
          return `,\n${text}`;
        })
        .join('');
    }
    yield `,\n${LAST}\n]}\n`;
  }
  await pipeline(writePieces, createWriteStream(file));
  return { remembered, ids: (index) => (index === 0 ? 'first' : index === count - 1 ? 'last' : idOf(index)) };
}
