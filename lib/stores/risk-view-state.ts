import { createParser, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { DROP_BINS, HEALTH_BINS } from '@/lib/risk/exposure/bins';
import type { FallMark } from '@/lib/risk/exposure/desk-filter';
import { EXPOSURE_DIMENSIONS, EXPOSURE_MEASURES } from '@/lib/risk/exposure/exposures';
import { FALLS_BPS } from '@/lib/risk/exposure/falls';
import { DESK_COLUMNS, type DeskSort } from '@/lib/workers/desk/desk-sort';

/** The books that are always there; any other key is of a book kept in this browser. */
export const CHAIN_BOOK = 'chain';
export const MOCK_BOOK = 'mock';

const FALL = /^([^:]{1,60}):(?:(\d{1,4})-)?(\d{1,4})$/;

/** Reads `eth:4000` (liquidatable once ETH has fallen 40 %) or `eth:1000-4000` (and not yet at 10 %); `null` for anything else. */
export function parseFallMark(text: string): FallMark | null {
  const [, falling, from, to] = FALL.exec(text) ?? [];
  if (falling === undefined || to === undefined) return null;
  const [fromBps, toBps] = [from === undefined ? undefined : Number(from), Number(to)];
  if (!FALLS_BPS.includes(toBps)) return null;
  if (fromBps !== undefined && (!FALLS_BPS.includes(fromBps) || fromBps >= toBps)) return null;
  return { falling, fromBps, toBps };
}

/** Writes what `parseFallMark` reads. */
export const formatFallMark = ({ falling, fromBps, toBps }: FallMark): string =>
  `${falling}:${fromBps === undefined ? '' : `${fromBps}-`}${toBps}`;

const parseAsFall = createParser<FallMark>({
  parse: parseFallMark,
  serialize: formatFallMark,
  eq: (a, b) => formatFallMark(a) === formatFallMark(b),
});

const parseAsDeskSort = createParser<DeskSort>({
  parse(text) {
    const [id, direction] = text.split('.');
    const column = DESK_COLUMNS.find((known) => known === id);
    return column && (direction === 'asc' || direction === 'desc')
      ? { column, descending: direction === 'desc' }
      : null;
  },
  serialize: ({ column, descending }) => `${column}.${descending ? 'desc' : 'asc'}`,
  eq: (a, b) => a.column === b.column && a.descending === b.descending,
});

/** The whole view of Risk as URL parameters: a link opens the same view for anyone who has the book. */
export const riskViewParsers = {
  book: parseAsString.withDefault(CHAIN_BOOK),
  by: parseAsStringLiteral(EXPOSURE_DIMENSIONS).withDefault('asset'),
  measure: parseAsStringLiteral(EXPOSURE_MEASURES).withDefault('gross'),
  through: parseAsBoolean.withDefault(true),
  falling: parseAsString.withDefault('all'),
  order: parseAsDeskSort.withDefault({ column: 'health', descending: false }),
  asset: parseAsString,
  family: parseAsString,
  venue: parseAsString,
  owner: parseAsString,
  counterparty: parseAsString,
  health: parseAsStringLiteral(HEALTH_BINS),
  drop: parseAsStringLiteral(DROP_BINS),
  fall: parseAsFall,
  find: parseAsString.withDefault(''),
};
