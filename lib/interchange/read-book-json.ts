import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as z from 'zod/mini';
import type { PriceBook } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import type { Rational } from '@/lib/units/rational';
import { decimalTerm } from '@/lib/venues/decimal-term';
import { BookError, type Path } from './book';
import type { BookEnd, BookReader, PlacedPosition } from './book-reader';
import { refuseAt } from './check-book';
import { bookName, parsePosition, toBookError } from './parse-position';
import { formatPlace, movePlace, type Place, START } from './place';
import { JsonScanner, type ScannedValue } from './scan-json';

const price = decimalTerm.check(z.refine((value: Rational) => value.numerator > 0n, 'a price is above 0'));

/** What stands beside the positions. */
const HEAD = {
  version: z.literal(1, 'the number 1 is expected'),
  asOf: z.string(),
  prices: z.record(bookName, price),
} as const;
type HeadKey = keyof typeof HEAD;
const REQUIRED = ['version', 'prices', 'positions'] as const;

/** The node at a path, or the deepest one on the way where the last parts are not there. */
function findNearest(tree: Node, path: Path): Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length) as (string | number)[]);
    if (node) return node;
  }
  return tree;
}

/** The place of a path within a value's text that begins at `start`. */
function locateWithin(text: string, start: Place, path: Path): string {
  const tree = parseTree(text);
  return formatPlace(tree ? movePlace(start, text, findNearest(tree, path).offset) : start);
}

/** Keys of a value at any depth. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value);
  return inner.reduce<number>((count, each) => count + countKeys(each), Array.isArray(value) ? 0 : inner.length);
}

/** The place of the first key that stands twice in its object. */
function findRepeatedKey(node: Node | undefined): Node | undefined {
  const seen = new Set<unknown>();
  for (const child of node?.children ?? []) {
    const [key] = child.type === 'property' ? (child.children ?? []) : [];
    if (key && seen.has(key.value)) return key;
    if (key) seen.add(key.value);
    const within = findRepeatedKey(child);
    if (within) return within;
  }
  return undefined;
}

/** A key that stands twice is refused: whoever reads the first would see another position than whoever reads the last. */
function refuseRepeated({ text, place }: ScannedValue): never {
  const key = findRepeatedKey(parseTree(text));
  const at = formatPlace(movePlace(place, text, key?.offset ?? 0));
  throw new InvalidInputError('BOOK', `${at}: "${String(key?.value)}" stands twice`);
}

function parseText(value: ScannedValue): unknown {
  const { text, place, keyCount } = value;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    const faults: ParseError[] = [];
    parseTree(text, faults, { disallowComments: true });
    const [first] = faults;
    const what = first ? printParseErrorCode(first.error) : 'not JSON';
    throw new InvalidInputError(
      'BOOK',
      `${formatPlace(movePlace(place, text, first?.offset ?? 0))}: this is not JSON (${what})`,
    );
  }
  if (countKeys(parsed) !== keyCount) refuseRepeated(value);
  return parsed;
}

/** Throws what `read` finds wrong with the place of its path; `base` is the path of the value's text. */
function withPlace<Result>({ text, place }: ScannedValue, base: Path, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BookError)) throw error;
    throw refuseAt(locateWithin(text, place, error.path.slice(base.length)), error);
  }
}

function readPosition(value: ScannedValue, index: number): PlacedPosition {
  const path = ['positions', index];
  const parsed = parseText(value);
  const position = withPlace(value, path, () => parsePosition(parsed, path));
  return { position, path, locate: (at) => locateWithin(value.text, value.place, at.slice(path.length)) };
}

class JsonBookReader implements BookReader {
  private readonly scanner = new JsonScanner('positions');
  private prices: PriceBook = new Map();
  private asOf: string | undefined;

  push(piece: string): readonly PlacedPosition[] {
    const positions: PlacedPosition[] = [];
    for (const value of this.scanner.push(piece)) {
      if (value.index === undefined) this.takeMember(value);
      else positions.push(readPosition(value, value.index));
    }
    return positions;
  }

  end(): BookEnd {
    this.scanner.end();
    const missing = REQUIRED.find((key) => !this.scanner.keys.has(key));
    if (missing) throw refuseAt(formatPlace(START), new BookError([missing], 'it is missing'));
    return { positions: [], prices: this.prices, asOf: this.asOf };
  }

  private takeMember(value: ScannedValue): void {
    const { key } = value;
    const parsed = parseText(value);
    withPlace(value, [key], () => {
      if (key === 'positions') throw new BookError([key], 'a list of positions is expected');
      if (!Object.hasOwn(HEAD, key)) throw new BookError([key], 'there is no such key');
      const read = HEAD[key as HeadKey].safeParse(parsed);
      if (!read.success) throw toBookError(read.error, [key], parsed);
      if (key === 'prices') this.prices = new Map(Object.entries(read.data as Record<string, Rational>));
      if (key === 'asOf') this.asOf = read.data as string;
    });
  }
}

/**
 * A reader of a book in JSON, version 1 (docs: the book format). Numbers are decimal strings, kept exactly.
 *
 * Errors: `InvalidInputError` BOOK with line, column and path of the first fault.
 */
export const createJsonBookReader = (): BookReader => new JsonBookReader();
