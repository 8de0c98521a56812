import type { BookPosition } from '@/lib/domain/book-position';
import type { Book } from './book';
import type { BookReader } from './book-reader';
import { BookCheck } from './check-book';
import { createCsvBookReader } from './read-book-csv';
import { createJsonBookReader } from './read-book-json';

function readWhole(reader: BookReader, text: string): Book {
  const check = new BookCheck();
  const positions: BookPosition[] = [];
  const first = reader.push(text);
  const { positions: last, prices, asOf } = reader.end();
  for (const placed of [...first, ...last]) {
    check.take(placed);
    positions.push(placed.position);
  }
  check.finish(prices);
  return { asOf, prices, positions };
}

/** Reads a book in JSON, version 1. All of it or nothing. Errors: `InvalidInputError` BOOK with line, column and path of the first fault. */
export const parseBookJson = (text: string): Book => readWhole(createJsonBookReader(), text);

/** Reads a book in CSV, one row a leg. All of it or nothing. Errors: `InvalidInputError` BOOK with line and column of the first fault. */
export const parseBookCsv = (text: string): Book => readWhole(createCsvBookReader('any'), text);
