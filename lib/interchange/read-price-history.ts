import { InvalidInputError } from '@/lib/domain/errors';
import type { Rational } from '@/lib/units/rational';
import { decimalTerm } from '@/lib/venues/decimal-term';
import { type CsvRow, parseRows } from './csv-rows';
import { type RecordBlock, RecordCutter } from './cut-records';

/** One column of a price history: an asset as the file calls it. */
export interface HistoryColumn {
  readonly name: string;
  /** By rising time; an empty cell tells nothing. */
  readonly points: readonly { readonly atMs: number; readonly price: Rational }[];
}

const TIME = 'time_ms';
/** So much text is read at once: a few milliseconds of work. */
const PIECE = 65_536;
const WHOLE = /^\d{1,15}$/;

const refuse = (line: number, column: string, fault: string): InvalidInputError =>
  new InvalidInputError('HISTORY', `line ${line}, column ${column}: ${fault}`, { inputs: { line, column } });

/** Takes rows in, one after the other. */
class History {
  private heads: string[] | undefined;
  private lastMs = Number.NEGATIVE_INFINITY;
  private readonly points = new Map<string, { readonly atMs: number; readonly price: Rational }[]>();

  take(block: RecordBlock | undefined): void {
    if (!block) return;
    for (const row of parseRows(block, this.heads ?? this.takeHeads)) this.takeRow(row);
  }

  end(): readonly HistoryColumn[] {
    if (!this.heads) throw refuse(1, TIME, 'the column is missing');
    return [...this.points].map(([name, points]) => ({ name, points }));
  }

  private takeHeads = (heads: string[]): string[] => {
    if (!heads.includes(TIME)) throw refuse(1, TIME, 'the column is missing');
    const names = heads.filter((head) => head !== TIME);
    const twice = heads.find((head, index) => heads.indexOf(head) !== index);
    if (twice !== undefined) throw refuse(1, twice, 'there are two columns of this name');
    if (names.length === 0) throw refuse(1, TIME, 'a column for an asset must stand beside it');
    if (names.includes('')) throw refuse(1, `${heads.indexOf('') + 1}`, 'it has no name');
    this.heads = heads;
    for (const name of names) this.points.set(name, []);
    return heads;
  };

  private takeRow({ line, cells }: CsvRow): void {
    const time = cells[TIME] ?? '';
    if (!WHOLE.test(time)) throw refuse(line, TIME, 'whole milliseconds since 1970 are expected');
    const atMs = Number(time);
    if (atMs <= this.lastMs) throw refuse(line, TIME, 'it is not later than the line before');
    this.lastMs = atMs;
    for (const [name, points] of this.points) {
      const text = cells[name] ?? '';
      if (text === '') continue;
      const read = decimalTerm.safeParse(text);
      if (!read.success) throw refuse(line, name, read.error.issues[0]?.message ?? 'not a number');
      if (read.data.numerator <= 0n) throw refuse(line, name, 'a price is above 0');
      points.push({ atMs, price: read.data });
    }
  }
}

/**
 * A price history in CSV: `time_ms`, rising, and a column per asset, decimals above 0; in steps, which yield how much of the text is read.
 *
 * Errors: `InvalidInputError` HISTORY with line and column of the first fault, BOOK where the text is no CSV. Example:
 * `time_ms,eth` and `1700000000000,3000.5`: one column "eth" with one point.
 */
export function* readPriceHistory(text: string): Generator<number, readonly HistoryColumn[]> {
  const cutter = new RecordCutter();
  const history = new History();
  for (let at = 0; at < text.length; at += PIECE) {
    history.take(cutter.push(text.slice(at, at + PIECE)));
    yield Math.min(text.length, at + PIECE);
  }
  history.take(cutter.end());
  return history.end();
}
