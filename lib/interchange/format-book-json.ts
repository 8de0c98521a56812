import type { BookLeg, BookPosition } from '@/lib/domain/book-position';
import type { Book } from './book';
import { formatBookNumber } from './format-decimal';
import { formatTerms } from './format-terms';

const isGiven = (text: string | undefined): text is string => text !== undefined;

function toLeg(leg: BookLeg, side: 'collateral' | 'debt') {
  const { asset, amount, enabled, parameters, borrowRate } = leg;
  return {
    asset,
    amount: formatBookNumber(amount, side === 'collateral' ? 'down' : 'up'),
    ...Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, value && formatBookNumber(value, 'down')]),
    ),
    ...(enabled ? {} : { enabled }),
    ...(borrowRate && { borrowRate: formatBookNumber(borrowRate, 'up') }),
  };
}

function toRecord(position: BookPosition) {
  const { id, venue, owner, counterparty, rating, kyc, tags } = position;
  const terms = formatTerms(position);
  return {
    id,
    venue,
    ...(isGiven(owner) && { owner }),
    ...(isGiven(counterparty) && { counterparty }),
    ...(isGiven(rating) && { rating }),
    ...(isGiven(kyc) && { kyc }),
    ...(tags && { tags }),
    collateral: position.collateral.map((leg) => toLeg(leg, 'collateral')),
    debt: position.debt.map((leg) => toLeg(leg, 'debt')),
    ...(terms && { terms }),
  };
}

/** One position as it stands in a book's list, on one line: for books that are written piece by piece. Rounding as in `formatBookJson`. */
export const formatPositionJson = (position: BookPosition): string => JSON.stringify(toRecord(position));

/**
 * A book as JSON version 1, a position a line; `parseBookJson` reads back the same book. Numbers that end are written in full; what does not end
 * is rounded against the user: held down, owed up.
 */
export function formatBookJson({ asOf, prices, positions }: Book): string {
  const priced = Object.fromEntries([...prices].map(([asset, price]) => [asset, formatBookNumber(price, 'down')]));
  const head = [`"version": 1`, ...(asOf === undefined ? [] : [`"asOf": ${JSON.stringify(asOf)}`])];
  const lines = positions.map((position) => `    ${formatPositionJson(position)}`);
  return `{\n  ${head.join(',\n  ')},\n  "prices": ${JSON.stringify(priced)},\n  "positions": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
