import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as z from 'zod/mini';
import { LEG_PARAMETERS } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import type { Rational } from '@/lib/units/rational';
import { decimalTerm } from '@/lib/venues/decimal-term';
import { type Book, BookError, type Path } from './book';
import { checkBook } from './check-book';
import { checkPosition, type RawLeg } from './check-position';

const BOM = /^\uFEFF/;
const name = z.string().check(z.minLength(1), z.maxLength(200));
const parameters = Object.fromEntries(LEG_PARAMETERS.map((parameter) => [parameter, z.optional(decimalTerm)]));
const price = decimalTerm.check(z.refine((value: Rational) => value.numerator > 0n, 'a price is above 0'));

const legShape = {
  asset: name,
  amount: decimalTerm,
  ...(parameters as Record<string, z.ZodMiniOptional<typeof decimalTerm>>),
};
const collateralSchema = z.strictObject({ ...legShape, enabled: z.optional(z.boolean()) });
const debtSchema = z.strictObject({ ...legShape, borrowRate: z.optional(decimalTerm) });

const positionSchema = z.strictObject({
  id: name,
  venue: z.string(),
  owner: z.optional(z.string()),
  counterparty: z.optional(z.string()),
  rating: z.optional(z.string()),
  kyc: z.optional(z.string()),
  tags: z.optional(z.array(z.string())),
  collateral: z.array(collateralSchema),
  debt: z.array(debtSchema),
  terms: z.optional(z.unknown()),
});

const bookSchema = z.strictObject({
  version: z.literal(1),
  asOf: z.optional(z.string()),
  prices: z.record(name, price),
  positions: z.array(positionSchema),
});

type ReadLeg = {
  readonly asset: string;
  readonly amount: Rational;
  readonly enabled?: boolean | undefined;
  readonly borrowRate?: Rational | undefined;
};

function toRawLeg(leg: ReadLeg): RawLeg {
  const { asset, amount, enabled, borrowRate, ...rest } = leg;
  return { asset, amount, enabled, borrowRate, parameters: rest };
}

/** Line and column of an offset, from 1. */
function locate(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`;
}

/** The node at a path, or the deepest one on the way where the last parts are not there. */
function findNearest(tree: Node, path: Path): Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length) as (string | number)[]);
    if (node) return node;
  }
  return tree;
}

const refuse = (text: string, error: BookError): InvalidInputError => {
  const tree = parseTree(text);
  const place = tree ? locate(text, findNearest(tree, error.path).offset) : 'line 1, column 1';
  return new InvalidInputError('BOOK', `${place}: ${error.message}`, { inputs: { path: error.path }, cause: error });
};

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const faults: ParseError[] = [];
    parseTree(text, faults, { disallowComments: true });
    const [first] = faults;
    const what = first ? printParseErrorCode(first.error) : 'not JSON';
    throw new InvalidInputError('BOOK', `${locate(text, first?.offset ?? 0)}: this is not JSON (${what})`);
  }
}

function readBook(parsed: unknown): Book {
  const read = bookSchema.safeParse(parsed);
  if (!read.success) {
    const [issue] = read.error.issues;
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const path = [...(issue?.path ?? []), ...unknown].map((part) => (typeof part === 'number' ? part : String(part)));
    throw new BookError(path, unknown.length > 0 ? 'there is no such key' : (issue?.message ?? 'not understood'));
  }
  const prices = new Map(Object.entries(read.data.prices));
  const placed = read.data.positions.map((raw, index) => {
    const path = ['positions', index];
    const { id, venue, owner, counterparty, terms } = raw;
    const [collateral, debt] = [raw.collateral.map(toRawLeg), raw.debt.map(toRawLeg)];
    return { position: checkPosition({ id, venue, owner, counterparty, terms, collateral, debt }, path), path };
  });
  checkBook(placed, prices);
  return { asOf: read.data.asOf, prices, positions: placed.map(({ position }) => position) };
}

/**
 * Reads a book, JSON version 1 (docs: the book format). Numbers are decimal strings, kept exactly.
 *
 * Errors: `InvalidInputError` BOOK with line, column and path of the first fault.
 */
export function parseBookJson(source: string): Book {
  const text = source.replace(BOM, '');
  const parsed = parseText(text);
  try {
    return readBook(parsed);
  } catch (error) {
    throw error instanceof BookError ? refuse(text, error) : error;
  }
}
