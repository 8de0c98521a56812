import { compareRational } from '@/lib/units/rational';
import type { DeskRow } from './desk-protocol';
import type { DeskSort } from './desk-sort';

type Compare = (a: DeskRow, b: DeskRow) => number;

/** By a figure: unknown ones stand last whichever way it is sorted, those that do not exist behind all that do. */
function byFigure<Figure>(
  figureOf: (row: DeskRow) => Figure | null | undefined,
  compare: (a: Figure, b: Figure) => number,
  sign: 1 | -1,
): Compare {
  return (a, b) => {
    const [left, right] = [figureOf(a), figureOf(b)];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    if (left === null || right === null) return sign * (Number(left === null) - Number(right === null));
    return sign * compare(left, right);
  };
}

const compareBigint = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By distance: what is liquidatable has none left, also where no common rise would cure it, and stands before all that has. */
function byDrop(sign: 1 | -1): Compare {
  const compare = byFigure((row) => row.drop, compareRational, sign);
  return (a, b) =>
    a.drop === undefined || b.drop === undefined
      ? compare(a, b)
      : sign * (Number(b.liquidatable) - Number(a.liquidatable)) || compare(a, b);
}

function toCompare({ column, descending }: DeskSort): Compare {
  const sign = descending ? -1 : 1;
  switch (column) {
    case 'collateral':
      return byFigure((row) => row.collateral, compareBigint, sign);
    case 'debt':
      return byFigure((row) => row.debt, compareBigint, sign);
    case 'health':
      return byFigure((row) => row.healthFactor, compareBigint, sign);
    case 'drop':
      return byDrop(sign);
    default:
      return (a, b) => sign * compareText(a[column], b[column]);
  }
}

/** Indexes of rows in the order asked for; rows that are equal keep the book's order. */
export function sortRows(rows: readonly DeskRow[], chosen: readonly number[], sort: DeskSort): Uint32Array {
  const compare = toCompare(sort);
  const order = [...chosen].sort((a, b) => {
    const [left, right] = [rows[a], rows[b]];
    return (left && right && compare(left, right)) || a - b;
  });
  return Uint32Array.from(order);
}
