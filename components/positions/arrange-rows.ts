import type { PositionRow } from '@/lib/book/position-row';
import { type Known, toOptional } from '@/lib/domain/known';
import type { ColumnId, Grouping } from '@/lib/stores/view-state';
import { rationalToNumber } from '@/lib/units/rational';

/** What a row is ordered by in a column: comparable within the column, `undefined` (unknown) always last. */
export type SortKey = bigint | number | string | undefined;

const orInfinity = (figure: Known<bigint | null>): SortKey =>
  figure.known ? (figure.value ?? Number.POSITIVE_INFINITY) : undefined;

const sum = (values: readonly Known<bigint>[]): SortKey => {
  let total = 0n;
  for (const value of values) {
    if (!value.known) return undefined;
    total += value.value;
  }
  return total;
};

const CLASS_ORDER = ['liquidatable', 'unknown', 'danger', 'warning', 'watch', 'safe'];

/** Key of a row in each column. A health factor without debt is infinite and sorts as the safest. */
export const sortKeys: Readonly<Record<ColumnId, (row: PositionRow) => SortKey>> = {
  venue: (row) => `${row.venueName} ${row.market}`.toLowerCase(),
  owner: (row) => row.owner.label.toLowerCase(),
  collateral: (row) => sum(row.collateral.map(({ value }) => value)),
  debt: (row) => sum(row.debt.map(({ value }) => value)),
  ltv: (row) => toOptional(row.evaluation.ltv) ?? undefined,
  'health-factor': (row) => orInfinity(row.evaluation.healthFactor),
  'collateral-ratio': (row) => orInfinity(row.evaluation.collateralRatio),
  nearest: (row) => toOptional(row.nearest)?.asset.symbol.toLowerCase(),
  distance: (row) => {
    const nearest = toOptional(row.nearest);
    return nearest ? Math.abs(rationalToNumber(nearest.distance)) : undefined;
  },
  'net-rate': (row) => toOptional(row.netYearlyRate),
  age: (row) => row.oldestPriceSeconds,
  risk: (row) => CLASS_ORDER.indexOf(row.riskClass),
};

/** Order of two keys of one column, ascending: −1, 0 or 1. Integers and floats compare by value. */
export function compareKeys(a: NonNullable<SortKey>, b: NonNullable<SortKey>): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rows in which every word of the filter occurs: owner, address, venue, market, assets, risk class. */
export function filterRows(rows: readonly PositionRow[], filter: string): readonly PositionRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const symbols = [...row.collateral, ...row.debt].map(({ leg }) => leg.asset.symbol);
    const text = [row.owner.label, row.owner.address, row.venueName, row.market, row.riskClass, ...symbols]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export interface RowGroup<Row> {
  readonly key: string;
  /** `undefined` where rows are not grouped. */
  readonly title: string | undefined;
  readonly rows: readonly Row[];
}

/** Puts sorted rows under headings; groups come in the order of their first row, so that the most urgent group stands first. */
export function groupRows<Row>(
  rows: readonly Row[],
  grouping: Grouping | null,
  toPosition: (row: Row) => PositionRow,
): readonly RowGroup<Row>[] {
  if (grouping === null) return [{ key: 'all', title: undefined, rows }];
  const groups = new Map<string, { title: string; rows: Row[] }>();
  for (const row of rows) {
    const position = toPosition(row);
    const [key, title] =
      grouping === 'venue' ? [position.venue, position.venueName] : [position.owner.address, position.owner.label];
    const group = groups.get(key) ?? { title, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}
