import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import * as z from 'zod/mini';
import { InvalidInputError } from '@/lib/domain/errors';
import { compareRational, type Rational } from '@/lib/units/rational';
import { decimalTerm } from '@/lib/venues/decimal-term';
import { BookError, type Path } from './book';
import type { BookEnd, BookReader, PlacedPosition } from './book-reader';
import { checkPosition, type RawLeg, type RawPosition } from './check-position';
import { PARAMETER_COLUMNS } from './csv-columns';
import { type RecordBlock, RecordCutter } from './cut-records';

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

const formatPlace = (line: number, column: string): string => `line ${line}, column ${column}`;

const refuse = (line: number, column: string, fault: string): InvalidInputError =>
  new InvalidInputError('BOOK', `${formatPlace(line, column)}: ${fault}`, { inputs: { line, column } });

/** The rows of a block of whole records. `columns`: the heads, or what takes them from the block's first record. */
function parseRows({ text, firstLine }: RecordBlock, columns: string[] | ((heads: string[]) => string[])) {
  try {
    const records = parse(text, { bom: true, columns, info: true, skip_empty_lines: true, trim: true });
    return (records as unknown as { readonly info: InfoRecord; readonly record: Row['cells'] }[]).map(
      ({ info, record }): Row => ({ line: firstLine - 1 + info.lines, cells: record }),
    );
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = firstLine - 1 + Number(cause.lines ?? 1);
    throw new InvalidInputError('BOOK', `line ${line}: ${cause.message}`, { cause });
  }
}

function checkHeads(heads: readonly string[]): void {
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

/** Takes a row into the group of its position. */
function addRow({ group, head }: OpenGroup, row: Row): void {
  const { line, cells } = row;
  const other = SAME.find((column) => (cells[column] ?? '') !== (head.cells[column] ?? ''));
  if (other) throw refuse(line, other, `it differs from line ${head.line}, of the same position`);
  const side = cells.side;
  if (side !== 'collateral' && side !== 'debt') throw refuse(line, 'side', '"collateral" or "debt" is expected');
  group[side].push(readLeg(row));
  group.lines[side].push(line);
}

/** Line and column of a path within the book: that of the leg's row, or of the position's first. */
function locate({ lines }: Group, [, , side, index, ...rest]: Path): string {
  if ((side === 'collateral' || side === 'debt') && typeof index === 'number') {
    return formatPlace(lines[side][index] ?? lines.first, String(rest[0] ?? side));
  }
  return formatPlace(lines.first, String(side ?? 'position_id'));
}

interface OpenGroup {
  readonly group: Group;
  /** Its first row. */
  readonly head: Row;
}

export interface CsvBookReader extends BookReader {
  /** Positions whose rows turned out to stand apart although they were not said to: the file is to be read again with them. */
  readonly apart: ReadonlySet<string>;
}

class Reader implements CsvBookReader {
  private readonly cutter = new RecordCutter();
  private heads: string[] | undefined;
  private readonly prices = new Map<string, Rational>();
  private readonly open = new Map<string, OpenGroup>();
  private last: string | undefined;
  private readonly done = new Set<string>();
  private readonly faults = new Map<string, InvalidInputError>();
  readonly apart = new Set<string>();

  constructor(private readonly scattered: ReadonlySet<string> | 'any') {}

  push(piece: string): readonly PlacedPosition[] {
    return this.takeBlock(this.cutter.push(piece));
  }

  end(): BookEnd {
    const positions = [...this.takeBlock(this.cutter.end())];
    if (!this.heads) throw refuse(1, REQUIRED[0], 'the column is missing');
    // The last position first: those whose rows stand apart come behind all others.
    if (this.last !== undefined && !this.isScattered(this.last)) positions.push(...this.close(this.last));
    for (const id of [...this.open.keys()]) positions.push(...this.close(id));
    for (const [id, fault] of this.faults) if (!this.apart.has(id)) throw fault;
    return { positions, prices: this.prices, asOf: undefined };
  }

  private takeBlock(block: RecordBlock | undefined): readonly PlacedPosition[] {
    if (!block) return [];
    const takeHeads = (heads: string[]): string[] => {
      checkHeads(heads);
      this.heads = heads;
      return heads;
    };
    return parseRows(block, this.heads ?? takeHeads).flatMap((row) => this.takeRow(row));
  }

  private takeRow(row: Row): readonly PlacedPosition[] {
    for (const column of REQUIRED) if (!row.cells[column]) throw refuse(row.line, column, 'it is empty');
    const id = row.cells.position_id ?? '';
    if (this.done.has(id)) this.apart.add(id);
    const completed =
      this.last !== undefined && this.last !== id && !this.isScattered(this.last) ? this.close(this.last) : [];
    this.last = id;
    const found = this.open.get(id) ?? { group: openGroup(row), head: row };
    this.open.set(id, found);
    takePrice(this.prices, row);
    addRow(found, row);
    return completed;
  }

  private isScattered = (id: string): boolean => this.scattered === 'any' || this.scattered.has(id);

  /** A fault is kept until the end: a later row may show that the position was not whole yet. */
  private close(id: string): readonly PlacedPosition[] {
    const found = this.open.get(id);
    if (!found || this.apart.has(id)) return [];
    this.open.delete(id);
    const { group } = found;
    const path = ['positions', this.done.size];
    this.done.add(id);
    try {
      return [{ position: checkPosition(group, path), path, locate: (at) => locate(group, at) }];
    } catch (error) {
      if (!(error instanceof BookError)) throw error;
      this.faults.set(
        id,
        new InvalidInputError('BOOK', `${locate(group, error.path)}: ${error.fault}`, { cause: error }),
      );
      return [];
    }
  }
}

/**
 * A reader of a book in CSV, one row a leg. A position is complete with the row after its last; where the rows of some stand apart, those
 * (`scattered`, or any) are held until the end, and come last, in the order of their first rows.
 *
 * Errors: `InvalidInputError` BOOK with line and column of the first fault.
 */
export const createCsvBookReader = (scattered: ReadonlySet<string> | 'any'): CsvBookReader => new Reader(scattered);
