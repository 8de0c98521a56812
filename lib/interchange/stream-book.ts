import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import { isJsonBook } from '@/lib/domain/is-json-book';
import type { BookReader, PlacedPosition } from './book-reader';
import { BookCheck } from './check-book';
import { createCsvBookReader } from './read-book-csv';
import { createJsonBookReader } from './read-book-json';

/** A book's text, from its beginning at each call, in pieces of any size. */
export type OpenText = () => AsyncIterable<string>;

/** A book that was read once and found in order, and whose positions can be read again, one by one. */
export interface CheckedBook {
  readonly prices: PriceBook;
  readonly asOf: string | undefined;
  readonly count: number;
  readPositions(): AsyncIterable<BookPosition>;
}

/** Enough of a text to tell what it is. */
const HEAD_LENGTH = 1_000;

async function readHead(open: OpenText): Promise<string> {
  let head = '';
  for await (const piece of open()) {
    head += piece;
    if (head.length >= HEAD_LENGTH && head.trim() !== '') break;
  }
  return head;
}

async function* readThrough(open: OpenText, reader: BookReader): AsyncGenerator<PlacedPosition> {
  for await (const piece of open()) yield* reader.push(piece);
}

async function check(open: OpenText, reader: BookReader) {
  const bookCheck = new BookCheck();
  let count = 0;
  const take = (placed: PlacedPosition): void => {
    bookCheck.take(placed);
    count += 1;
  };
  for await (const placed of readThrough(open, reader)) take(placed);
  const { positions, prices, asOf } = reader.end();
  positions.forEach(take);
  bookCheck.finish(prices);
  return { prices, asOf, count };
}

/** A text that changed between two readings: what was written of it until then does not stand for it. */
const changed = (): InvalidInputError =>
  new InvalidInputError('BOOK_CHANGED', 'The book changed while it was read.', { nextStep: 'Run the command again.' });

async function* readAgain(open: OpenText, createReader: () => BookReader, count: number): AsyncGenerator<BookPosition> {
  const reader = createReader();
  let seen = 0;
  for await (const { position } of readThrough(open, reader)) {
    seen += 1;
    yield position;
  }
  for (const { position } of reader.end().positions) {
    seen += 1;
    yield position;
  }
  if (seen !== count) throw changed();
}

/** Which rows of a CSV stand apart is known only when all of it was read; where some do, it is read once more. */
async function checkCsv(open: OpenText) {
  const reader = createCsvBookReader(new Set());
  const found = await check(open, reader);
  if (reader.apart.size === 0) return { found, scattered: reader.apart };
  return { found: await check(open, createCsvBookReader(reader.apart)), scattered: reader.apart };
}

/**
 * Reads a book, JSON or CSV, from beginning to end, and gives it for a second reading if it is in order. Of the positions only their ids are
 * held (and those of a CSV whose rows stand apart), so that a book may be larger than memory.
 *
 * Errors: `InvalidInputError` BOOK with the place of the first fault; BOOK_CHANGED from the second reading.
 */
export async function checkBookText(open: OpenText): Promise<CheckedBook> {
  if (isJsonBook(await readHead(open))) {
    const found = await check(open, createJsonBookReader());
    return { ...found, readPositions: () => readAgain(open, createJsonBookReader, found.count) };
  }
  const { found, scattered } = await checkCsv(open);
  return { ...found, readPositions: () => readAgain(open, () => createCsvBookReader(scattered), found.count) };
}
