import type { BookLeg, BookPosition } from '@/lib/domain/book-position';
import type { Rational } from '@/lib/units/rational';
import type { Book } from './book';
import { PARAMETER_COLUMNS } from './csv-columns';
import { formatBookNumber } from './format-decimal';
import { formatTerms } from './format-terms';
import { formatTagsCell } from './tags-cell';

const HEAD = ['position_id', 'venue', 'owner', 'counterparty', 'side', 'asset', 'amount', 'price'];
const TAIL = ['borrow_rate', 'terms', 'enabled', 'tags'];

const quote = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const orEmpty = (value: Rational | undefined, rounding: 'down' | 'up'): string =>
  value ? formatBookNumber(value, rounding) : '';

function toRow(
  position: BookPosition,
  leg: BookLeg,
  side: 'collateral' | 'debt',
  prices: Book['prices'],
): readonly string[] {
  const terms = formatTerms(position);
  return [
    position.id,
    position.venue,
    position.owner ?? '',
    position.counterparty ?? '',
    side,
    leg.asset,
    formatBookNumber(leg.amount, side === 'collateral' ? 'down' : 'up'),
    orEmpty(prices.get(leg.asset), 'down'),
    ...Object.values(PARAMETER_COLUMNS).map((parameter) => orEmpty(leg.parameters[parameter], 'down')),
    orEmpty(leg.borrowRate, 'up'),
    terms ? JSON.stringify(terms) : '',
    String(leg.enabled),
    position.tags ? formatTagsCell(position.tags) : '',
  ];
}

/**
 * A book as CSV, a row a leg (RFC 4180); `parseBookCsv` reads back the same positions. The format has no row for a position without legs and
 * no column for `asOf`, `rating` and `kyc`: only JSON keeps those. Numbers as in `formatBookJson`.
 */
export function formatBookCsv({ prices, positions }: Book): string {
  const rows = positions.flatMap((position) => [
    ...position.collateral.map((leg) => toRow(position, leg, 'collateral', prices)),
    ...position.debt.map((leg) => toRow(position, leg, 'debt', prices)),
  ]);
  const head = [...HEAD, ...Object.keys(PARAMETER_COLUMNS), ...TAIL];
  return `${[head, ...rows].map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`;
}
