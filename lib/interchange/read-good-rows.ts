import type { AssetKey, BookPosition } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import type { Rational } from '@/lib/units/rational';
import { type Book, BookError } from './book';
import { checkPosition } from './check-position';
import {
  addRow,
  type CsvRow,
  checkHeads,
  locate,
  openGroup,
  parseRows,
  REQUIRED_COLUMNS,
  type RowGroup,
  refuseCell,
  takePrice,
} from './csv-rows';
import { type RecordBlock, RecordCutter } from './cut-records';

/** A position that was left out, and the first fault in its rows. */
export interface LeftOutPosition {
  readonly id: string;
  /** With line and column. */
  readonly fault: string;
}

export interface GoodRows {
  readonly book: Book;
  readonly leftOut: readonly LeftOutPosition[];
}

/** So much text is cut into rows at once: a few milliseconds of work. */
const PIECE = 65_536;

type RowGroups = Map<string, [CsvRow, ...CsvRow[]]>;

/** How far it is: with the text, or, once that is read, with the positions in it. */
interface GoodRowsProgress {
  readonly reading: boolean;
  readonly done: number;
  readonly total: number;
}

function groupRows(groups: RowGroups, rows: readonly CsvRow[]): void {
  for (const row of rows) {
    const id = row.cells.position_id;
    // It may be a debt of any of the others, which would look safer without it.
    if (!id)
      throw refuseCell(row.line, 'position_id', 'it is empty, so that no position of the file is sure to be whole');
    const group = groups.get(id);
    if (group) group.push(row);
    else groups.set(id, [row]);
  }
}

/** The rows of each position, piece by piece of the text. */
function* readGroups(text: string): Generator<GoodRowsProgress, RowGroups> {
  const cutter = new RecordCutter();
  const groups: RowGroups = new Map();
  let heads: string[] | undefined;
  const takeHeads = (found: string[]): string[] => {
    checkHeads(found);
    heads = found;
    return found;
  };
  const take = (block: RecordBlock | undefined): void => {
    if (block) groupRows(groups, parseRows(block, heads ?? takeHeads));
  };
  for (let at = 0; at < text.length; at += PIECE) {
    take(cutter.push(text.slice(at, at + PIECE)));
    yield { reading: true, done: Math.min(text.length, at + PIECE), total: text.length };
  }
  take(cutter.end());
  if (!heads) throw refuseCell(1, REQUIRED_COLUMNS[0], 'the column is missing');
  return groups;
}

function readRow(
  open: { readonly group: RowGroup; readonly head: CsvRow },
  row: CsvRow,
  prices: Map<AssetKey, Rational>,
) {
  for (const column of REQUIRED_COLUMNS) if (!row.cells[column]) throw refuseCell(row.line, column, 'it is empty');
  takePrice(prices, row);
  addRow(open, row);
}

/** A position of its rows; its prices are kept only if all of it is in order. */
function readGroup(rows: readonly [CsvRow, ...CsvRow[]], index: number, prices: Map<AssetKey, Rational>): BookPosition {
  const open = { group: openGroup(rows[0]), head: rows[0] };
  const tried = new Map(prices);
  for (const row of rows) readRow(open, row, tried);
  try {
    const position = checkPosition(open.group, ['positions', index]);
    for (const [asset, price] of tried) prices.set(asset, price);
    return position;
  } catch (error) {
    if (!(error instanceof BookError)) throw error;
    throw new InvalidInputError('BOOK', `${locate(open.group, error.path)}: ${error.fault}`, { cause: error });
  }
}

/**
 * Takes of a book in CSV what is in order. A position of which one row is bad is left out as a whole: without a debt it would look safer than
 * it is. Yields how far it is, characters of the text first, then positions; returns the book and what was left out, each with its first fault.
 *
 * Errors: `InvalidInputError` BOOK where no good rows can be told: the file is no CSV, a column is missing, or a row does not say to which
 * position it belongs.
 */
export function* readGoodRows(text: string): Generator<GoodRowsProgress, GoodRows> {
  const groups = yield* readGroups(text);
  const prices = new Map<AssetKey, Rational>();
  const positions: BookPosition[] = [];
  const leftOut: LeftOutPosition[] = [];
  for (const [id, rows] of groups) {
    try {
      positions.push(readGroup(rows, positions.length, prices));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      leftOut.push({ id, fault: error.message });
    }
    yield { reading: false, done: positions.length + leftOut.length, total: groups.size };
  }
  return { book: { asOf: undefined, prices, positions }, leftOut };
}
