import type { BookPosition } from '@/lib/domain/book-position';
import { isJsonBook } from '@/lib/domain/is-json-book';
import type { Book } from '@/lib/interchange/book';
import { BookCheck } from '@/lib/interchange/check-book';
import { drawMockBook } from '@/lib/interchange/mock-book';
import { createCsvBookReader } from '@/lib/interchange/read-book-csv';
import { createJsonBookReader } from '@/lib/interchange/read-book-json';
import { type GoodRows, readGoodRows } from '@/lib/interchange/read-good-rows';
import type { DeskBook } from '@/lib/risk/exposure/desk-book';
import { type JobProgress, withPhase } from '../run-steps';
import type { DeskSource, OpenedDesk } from './desk-protocol';

/** So much text is read at once: a few milliseconds of work. */
const PIECE = 65_536;
const READING = 'Reading the file';
const CHECKING = 'Checking the positions';

export interface OpenedSource {
  readonly book: DeskBook;
  readonly leftOut: OpenedDesk['leftOut'];
}

const NO_SYMBOLS: DeskBook['symbols'] = new Map();

const toDeskBook = ({ asOf, positions, prices }: Book, symbols = NO_SYMBOLS): DeskBook => ({
  asOf,
  symbols,
  entries: positions.map((position) => ({
    id: position.id,
    venue: position.venue,
    owner: position.owner,
    counterparty: position.counterparty,
    position,
    prices,
    problem: undefined,
  })),
});

/** A book's text piece by piece. Errors: `InvalidInputError` BOOK with the place of the first fault. */
function* readText(text: string): Generator<JobProgress, Book> {
  const csv = isJsonBook(text) ? undefined : createCsvBookReader('any');
  const reader = csv ?? createJsonBookReader();
  const check = new BookCheck();
  const positions: BookPosition[] = [];
  const take = (placed: ReturnType<typeof reader.push>): void => {
    for (const each of placed) {
      check.take(each);
      positions.push(each.position);
    }
  };
  for (let at = 0; at < text.length; at += PIECE) {
    take(reader.push(text.slice(at, at + PIECE)));
    yield { phase: READING, done: Math.min(text.length, at + PIECE), total: text.length };
  }
  // In a CSV the rows of a position may stand apart: which are whole is known at the end alone.
  const end = csv ? yield* withPhase(CHECKING, 0, csv.endInSteps()) : reader.end();
  take(end.positions);
  check.finish(end.prices);
  return { asOf: end.asOf, prices: end.prices, positions };
}

/** What of a CSV is in order, in steps. */
function* readRows(text: string): Generator<JobProgress, GoodRows> {
  const steps = readGoodRows(text);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    const { reading, done, total } = step.value;
    yield { phase: reading ? READING : CHECKING, done, total };
  }
}

/** The book of a source, in steps. Errors: `InvalidInputError` where a file is not in order. */
export function* openSource(source: DeskSource): Generator<JobProgress, OpenedSource> {
  switch (source.kind) {
    case 'entries':
      return { book: source.book, leftOut: [] };
    case 'mock': {
      const drawn = drawMockBook(source.seed, source.count);
      return { book: toDeskBook(yield* withPhase('Making up the mock book', source.count, drawn)), leftOut: [] };
    }
    case 'file': {
      if (!source.goodRowsOnly) {
        return { book: toDeskBook(yield* readText(source.text), source.symbols), leftOut: [] };
      }
      const { book, leftOut } = yield* readRows(source.text);
      return { book: toDeskBook(book, source.symbols), leftOut };
    }
  }
}
