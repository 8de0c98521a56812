import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import * as z from 'zod/mini';
import { InvalidInputError } from '@/lib/domain/errors';
import { compareRational, type Rational } from '@/lib/units/rational';
import { decimalTerm } from '@/lib/venues/decimal-term';
import type { Path } from './book';
import type { RawLeg, RawPosition } from './check-position';
import { PARAMETER_COLUMNS } from './csv-columns';
import type { RecordBlock } from './cut-records';
import { parseTagsCell } from './tags-cell';

/** Columns that every row fills. */
export const REQUIRED_COLUMNS = ['position_id', 'venue', 'side', 'asset', 'amount', 'price'] as const;
const OTHERS = ['owner', 'counterparty', 'borrow_rate', 'terms', 'enabled', 'tags'];
const KNOWN = new Set<string>([...REQUIRED_COLUMNS, ...OTHERS, ...Object.keys(PARAMETER_COLUMNS)]);

/** A row of a book's CSV and the line on which it begins. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A position as its rows have it, and on which lines they stand. */
export type RowGroup = { -readonly [K in keyof RawPosition]: RawPosition[K] } & {
  collateral: RawLeg[];
  debt: RawLeg[];
  /** Lines of its legs, by side, for the place of a fault. */
  readonly lines: { readonly first: number; readonly collateral: number[]; readonly debt: number[] };
};

const formatPlace = (line: number, column: string): string => `line ${line}, column ${column}`;

/** A fault of one cell. */
export const refuseCell = (line: number, column: string, fault: string): InvalidInputError =>
  new InvalidInputError('BOOK', `${formatPlace(line, column)}: ${fault}`, { inputs: { line, column } });

/** The rows of a block of whole records. `columns`: the heads, or what takes them from the block's first record. */
export function parseRows({ text, firstLine }: RecordBlock, columns: string[] | ((heads: string[]) => string[])) {
  try {
    const records = parse(text, { bom: true, columns, info: true, skip_empty_lines: true, trim: true });
    return (records as unknown as { readonly info: InfoRecord; readonly record: CsvRow['cells'] }[]).map(
      ({ info, record }): CsvRow => ({ line: firstLine - 1 + info.lines, cells: record }),
    );
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = firstLine - 1 + Number(cause.lines ?? 1);
    throw new InvalidInputError('BOOK', `line ${line}: ${cause.message}`, { cause });
  }
}

/** Errors: `InvalidInputError` BOOK where a column is missing or not known. */
export function checkHeads(heads: readonly string[]): void {
  const unknown = heads.find((head) => !KNOWN.has(head));
  if (unknown !== undefined) throw refuseCell(1, unknown || '1', 'there is no such column');
  const missing = REQUIRED_COLUMNS.find((head) => !heads.includes(head));
  if (missing) throw refuseCell(1, missing, 'the column is missing');
}

function readDecimal({ line, cells }: CsvRow, column: string): Rational | undefined {
  const text = cells[column] ?? '';
  if (text === '') return undefined;
  const read = decimalTerm.safeParse(text);
  if (!read.success) throw refuseCell(line, column, read.error.issues[0]?.message ?? 'not a number');
  return read.data;
}

function needDecimal(row: CsvRow, column: string): Rational {
  const value = readDecimal(row, column);
  if (!value) throw refuseCell(row.line, column, 'a number is missing');
  return value;
}

const boolean = z.enum(['true', 'false']);

function readLeg(row: CsvRow): RawLeg {
  const { line, cells } = row;
  const enabled = cells.enabled ? boolean.safeParse(cells.enabled) : undefined;
  if (enabled && !enabled.success) throw refuseCell(line, 'enabled', '"true" or "false" is expected');
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

function readTerms({ line, cells }: CsvRow): unknown {
  if (!cells.terms) return undefined;
  try {
    return JSON.parse(cells.terms);
  } catch {
    throw refuseCell(line, 'terms', 'this is not JSON');
  }
}

/** Keeps the price of a row's asset; two of one asset must agree. */
export function takePrice(prices: Map<string, Rational>, row: CsvRow): void {
  const { line, cells } = row;
  const price = needDecimal(row, 'price');
  if (price.numerator <= 0n) throw refuseCell(line, 'price', 'a price is above 0');
  const asset = cells.asset ?? '';
  const before = prices.get(asset);
  if (before && compareRational(before, price) !== 0)
    throw refuseCell(line, 'price', `another price of "${asset}" stands above`);
  prices.set(asset, price);
}

function readTags({ line, cells }: CsvRow): readonly string[] | undefined {
  if (!cells.tags) return undefined;
  const tags = parseTagsCell(cells.tags);
  if (!tags) throw refuseCell(line, 'tags', 'tags with ";" between them are expected, or a JSON list of texts');
  return tags;
}

const SAME = ['venue', 'owner', 'counterparty', 'terms', 'tags'] as const;

/** Opens the group of a position with its first row. */
export function openGroup(row: CsvRow): RowGroup {
  const { line, cells } = row;
  return {
    id: cells.position_id ?? '',
    venue: cells.venue ?? '',
    owner: cells.owner || undefined,
    counterparty: cells.counterparty || undefined,
    terms: readTerms(row),
    tags: readTags(row),
    collateral: [],
    debt: [],
    lines: { first: line, collateral: [], debt: [] },
  };
}

/** Takes a row into the group of its position. */
export function addRow({ group, head }: OpenGroup, row: CsvRow): void {
  const { line, cells } = row;
  const other = SAME.find((column) => (cells[column] ?? '') !== (head.cells[column] ?? ''));
  if (other) throw refuseCell(line, other, `it differs from line ${head.line}, of the same position`);
  const side = cells.side;
  if (side !== 'collateral' && side !== 'debt') throw refuseCell(line, 'side', '"collateral" or "debt" is expected');
  group[side].push(readLeg(row));
  group.lines[side].push(line);
}

/** Line and column of a path within the book: that of the leg's row, or of the position's first. */
export function locate({ lines }: RowGroup, [, , side, index, ...rest]: Path): string {
  if ((side === 'collateral' || side === 'debt') && typeof index === 'number') {
    return formatPlace(lines[side][index] ?? lines.first, String(rest[0] ?? side));
  }
  return formatPlace(lines.first, String(side ?? 'position_id'));
}

/** A position whose rows are still being read. */
export interface OpenGroup {
  readonly group: RowGroup;
  /** Its first row. */
  readonly head: CsvRow;
}
