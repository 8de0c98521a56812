import { createParser, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { NO_WHAT_IF, WHAT_IF_MAX_BPS, WHAT_IF_MIN_BPS, type WhatIf } from '@/lib/scenarios/what-if';

/** Whose positions are shown. */
export const ACCOUNT_SCOPES = ['demo', 'watched', 'all'] as const;
export type AccountScope = (typeof ACCOUNT_SCOPES)[number];

export const GROUPINGS = ['venue', 'owner'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Columns of the table, in their order. The first two say which position it is and stay. */
export const COLUMNS = [
  'venue',
  'owner',
  'collateral',
  'debt',
  'ltv',
  'health-factor',
  'collateral-ratio',
  'nearest',
  'distance',
  'net-rate',
  'age',
  'risk',
] as const;
export type ColumnId = (typeof COLUMNS)[number];

export interface SortState {
  readonly column: ColumnId;
  readonly descending: boolean;
}

/** What is most in danger first. */
const DEFAULT_SORT: SortState = { column: 'health-factor', descending: false };

const SHOCK = /^([a-z0-9]{1,12}):(-?\d{1,6})$/;

const clamp = (bps: number): number => Math.min(WHAT_IF_MAX_BPS, Math.max(WHAT_IF_MIN_BPS, bps));

/** Reads `all:-1000,eth:-2000` (basis points); `null` when anything in it is something else. */
export function parseWhatIf(text: string): WhatIf | null {
  let allBps = 0;
  const byFamily: Record<string, number> = {};
  for (const part of text.split(',')) {
    const match = SHOCK.exec(part);
    if (!match?.[1] || !match[2]) return null;
    const bps = clamp(Number(match[2]));
    if (match[1] === 'all') allBps = bps;
    else if (bps !== 0) byFamily[match[1]] = bps;
  }
  return { allBps, byFamily };
}

/** Writes what `parseWhatIf` reads, families in alphabetical order. */
export const formatWhatIf = ({ allBps, byFamily }: WhatIf): string =>
  [
    ...(allBps === 0 ? [] : [`all:${allBps}`]),
    ...Object.entries(byFamily)
      .filter(([, bps]) => bps !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, bps]) => `${key}:${bps}`),
  ].join(',');

const parseAsWhatIf = createParser<WhatIf>({
  parse: parseWhatIf,
  serialize: formatWhatIf,
  eq: (a, b) => formatWhatIf(a) === formatWhatIf(b),
});

const parseAsSort = createParser<SortState>({
  parse(text) {
    const [id, direction] = text.split('.');
    const column = COLUMNS.find((known) => known === id);
    return column && (direction === 'asc' || direction === 'desc')
      ? { column, descending: direction === 'desc' }
      : null;
  },
  serialize: ({ column, descending }) => `${column}.${descending ? 'desc' : 'asc'}`,
  eq: (a, b) => a.column === b.column && a.descending === b.descending,
});

/**
 * The whole view of Positions as URL parameters, read alike by server and browser: a link opens the same view for anyone. Addresses are
 * kept as text here, so that a bad one can be named to the reader.
 */
export const viewParsers = {
  accounts: parseAsStringLiteral(ACCOUNT_SCOPES),
  watch: parseAsArrayOf(parseAsString).withDefault([]),
  sort: parseAsSort.withDefault(DEFAULT_SORT),
  filter: parseAsString.withDefault(''),
  group: parseAsStringLiteral(GROUPINGS),
  columns: parseAsArrayOf(parseAsStringLiteral(COLUMNS)),
  shock: parseAsWhatIf.withDefault(NO_WHAT_IF),
};
