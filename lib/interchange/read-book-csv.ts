import { InvalidInputError } from '@/lib/domain/errors';
import type { Rational } from '@/lib/units/rational';
import { BookError } from './book';
import type { BookEnd, BookReader, PlacedPosition } from './book-reader';
import { checkPosition } from './check-position';
import {
  addRow,
  type CsvRow,
  checkHeads,
  locate,
  type OpenGroup,
  openGroup,
  parseRows,
  REQUIRED_COLUMNS,
  refuseCell,
  takePrice,
} from './csv-rows';
import { type RecordBlock, RecordCutter } from './cut-records';

export interface CsvBookReader extends BookReader {
  /** Positions whose rows turned out to stand apart although they were not said to: the file is to be read again with them. */
  readonly apart: ReadonlySet<string>;
  /** What `end` does, in steps: yields how many of the positions that only the end completes are checked. */
  endInSteps(): Generator<number, BookEnd>;
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
    const steps = this.endInSteps();
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  *endInSteps(): Generator<number, BookEnd> {
    const positions = [...this.takeBlock(this.cutter.end())];
    if (!this.heads) throw refuseCell(1, REQUIRED_COLUMNS[0], 'the column is missing');
    // The last position first: those whose rows stand apart come behind all others.
    if (this.last !== undefined && !this.isScattered(this.last)) positions.push(...this.close(this.last));
    for (const id of [...this.open.keys()]) {
      positions.push(...this.close(id));
      yield positions.length;
    }
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

  private takeRow(row: CsvRow): readonly PlacedPosition[] {
    for (const column of REQUIRED_COLUMNS) if (!row.cells[column]) throw refuseCell(row.line, column, 'it is empty');
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
