import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import * as z from 'zod/mini';
import { InvalidInputError } from '@/lib/domain/errors';
import { compareRational, type Rational } from '@/lib/units/rational';
import { decimalTerm } from '@/lib/venues/decimal-term';
import { type Book, BookError } from './book';
import { checkBook } from './check-book';
import { checkPosition, type RawLeg, type RawPosition } from './check-position';
import { PARAMETER_COLUMNS } from './csv-columns';

const REQUIRED = ['position_id', 'venue', 'side', 'asset', 'amount', 'price'] as const;
const OTHERS = ['owner', 'counterparty', 'borrow_rate', 'terms', 'enabled', 'tags'];
const KNOWN = new Set<string>([...REQUIRED, ...OTHERS, ...Object.keys(PARAMETER_COLUMNS)]);

interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

type Group = { -readonly [K in keyof RawPosition]: RawPosition[K] } & {
  collateral: RawLeg[];
  debt: RawLeg[];
  /** Lines of its legs, by side, for the place of a fault. */
  readonly lines: { readonly first: number; readonly collateral: number[]; readonly debt: number[] };
};

const refuse = (line: number, column: string, fault: string): InvalidInputError =>
  new InvalidInputError('BOOK', `line ${line}, column ${column}: ${fault}`, { inputs: { line, column } });

function readRows(text: string): readonly Row[] {
  try {
    const records = parse(text, {
      bom: true,
      columns: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as {
      readonly info: InfoRecord;
      readonly record: Record<string, string>;
    }[];
    return records.map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new InvalidInputError('BOOK', `line ${String(cause.lines ?? 1)}: ${cause.message}`, { cause });
  }
}

function checkHead(rows: readonly Row[], text: string): void {
  const heads = rows[0]
    ? Object.keys(rows[0].cells)
    : (text.split('\n')[0] ?? '').split(',').map((head) => head.trim());
  const unknown = heads.find((head) => !KNOWN.has(head));
  if (unknown !== undefined) throw refuse(1, unknown || '1', 'there is no such column');
  const missing = REQUIRED.find((head) => !heads.includes(head));
  if (missing) throw refuse(1, missing, 'the column is missing');
}

function readDecimal({ line, cells }: Row, column: string): Rational | undefined {
  const text = cells[column] ?? '';
  if (text === '') return undefined;
  const read = decimalTerm.safeParse(text);
  if (!read.success) throw refuse(line, column, read.error.issues[0]?.message ?? 'not a number');
  return read.data;
}

function needDecimal(row: Row, column: string): Rational {
  const value = readDecimal(row, column);
  if (!value) throw refuse(row.line, column, 'a number is missing');
  return value;
}

const boolean = z.enum(['true', 'false']);

function readLeg(row: Row): RawLeg {
  const { line, cells } = row;
  const enabled = cells.enabled ? boolean.safeParse(cells.enabled) : undefined;
  if (enabled && !enabled.success) throw refuse(line, 'enabled', '"true" or "false" is expected');
  const parameters = Object.fromEntries(
    Object.entries(PARAMETER_COLUMNS).flatMap(([column, parameter]) => {
      const value = readDecimal(row, column);
      return value ? [[parameter, value]] : [];
    }),
  );
  return {
    asset: cells.asset ?? '',
    amount: needDecimal(row, 'amount'),
    enabled: enabled ? enabled.data === 'true' : undefined,
    borrowRate: readDecimal(row, 'borrow_rate'),
    parameters,
  };
}

function readTerms({ line, cells }: Row): unknown {
  if (!cells.terms) return undefined;
  try {
    return JSON.parse(cells.terms);
  } catch {
    throw refuse(line, 'terms', 'this is not JSON');
  }
}

function takePrice(prices: Map<string, Rational>, row: Row): void {
  const { line, cells } = row;
  const price = needDecimal(row, 'price');
  if (price.numerator <= 0n) throw refuse(line, 'price', 'a price is above 0');
  const asset = cells.asset ?? '';
  const before = prices.get(asset);
  if (before && compareRational(before, price) !== 0)
    throw refuse(line, 'price', `another price of "${asset}" stands above`);
  prices.set(asset, price);
}

const SAME = ['venue', 'owner', 'counterparty', 'terms'] as const;

function openGroup(row: Row): Group {
  const { line, cells } = row;
  return {
    id: cells.position_id ?? '',
    venue: cells.venue ?? '',
    owner: cells.owner || undefined,
    counterparty: cells.counterparty || undefined,
    terms: readTerms(row),
    collateral: [],
    debt: [],
    lines: { first: line, collateral: [], debt: [] },
  };
}

/** The rows as positions, in the order in which their first rows stand. */
function groupRows(rows: readonly Row[], prices: Map<string, Rational>): readonly Group[] {
  const groups = new Map<string, { readonly group: Group; readonly head: Row }>();
  for (const row of rows) {
    const { line, cells } = row;
    for (const column of REQUIRED) if (!cells[column]) throw refuse(line, column, 'it is empty');
    const id = cells.position_id ?? '';
    const { group, head } = groups.get(id) ?? { group: openGroup(row), head: row };
    groups.set(id, { group, head });
    const other = SAME.find((column) => (cells[column] ?? '') !== (head.cells[column] ?? ''));
    if (other) throw refuse(line, other, `it differs from line ${head.line}, of the same position`);
    const side = cells.side;
    if (side !== 'collateral' && side !== 'debt') throw refuse(line, 'side', '"collateral" or "debt" is expected');
    takePrice(prices, row);
    group[side].push(readLeg(row));
    group.lines[side].push(line);
  }
  return [...groups.values()].map(({ group }) => group);
}

/** The line and column of a fault that a venue found in a position. */
function toPlace(group: Group, { path, fault }: BookError): InvalidInputError {
  const [, , side, index, ...rest] = path;
  if ((side === 'collateral' || side === 'debt') && typeof index === 'number') {
    return refuse(group.lines[side][index] ?? group.lines.first, String(rest[0] ?? side), fault);
  }
  return refuse(group.lines.first, String(side ?? 'position_id'), fault);
}

/**
 * Reads a book, one row a leg. All of it or nothing.
 *
 * Errors: `InvalidInputError` BOOK with line and column of the first fault.
 */
export function parseBookCsv(text: string): Book {
  const rows = readRows(text);
  checkHead(rows, text);
  const prices = new Map<string, Rational>();
  const placed = groupRows(rows, prices).map((group, index) => {
    const path = ['positions', index];
    try {
      return { position: checkPosition(group, path), path };
    } catch (error) {
      throw error instanceof BookError ? toPlace(group, error) : error;
    }
  });
  checkBook(placed, prices);
  return { asOf: undefined, prices, positions: placed.map(({ position }) => position) };
}
