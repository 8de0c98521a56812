import * as z from 'zod/mini';
import { InvalidInputError } from '@/lib/domain/errors';
import { isJsonBook } from '@/lib/domain/is-json-book';
import type { Book } from './book';
import { parseBookCsv, parseBookJson } from './parse-book';
import { readGoodRows } from './read-good-rows';

const stored = z.object({ text: z.string(), goodRowsOnly: z.boolean() });

function readGood(text: string): Book {
  const steps = readGoodRows(text);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value.book;
  }
}

/**
 * A book as it is stored with the trigger that names it: its file's own text, JSON or CSV, and whether of a CSV only the positions in order were
 * taken. Errors: `InvalidInputError` BOOK with the place of the fault.
 */
export function parseStoredBook(document: unknown): Book {
  const read = stored.safeParse(document);
  if (!read.success) {
    throw new InvalidInputError('BOOK', 'book.document: a file’s text, and how it was taken in, are expected.');
  }
  const { text, goodRowsOnly } = read.data;
  if (goodRowsOnly) return readGood(text);
  return isJsonBook(text) ? parseBookJson(text) : parseBookCsv(text);
}
