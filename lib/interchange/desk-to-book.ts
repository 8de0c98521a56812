import type { AssetKey, BookLeg, BookPosition } from '@/lib/domain/book-position';
import type { DeskEntry } from '@/lib/risk/exposure/desk-book';
import { compareRational, type Rational } from '@/lib/units/rational';
import type { Book } from './book';

export interface DeskExport {
  readonly book: Book;
  /** Positions that the format cannot hold, and why. */
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
}

/** The key under which a price stands: the asset's own, or, where another venue's oracle said another price before, one with a number. */
function placePrice(prices: Map<AssetKey, Rational>, asset: AssetKey, price: Rational): AssetKey {
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? asset : `${asset}#${number}`;
    const standing = prices.get(key);
    if (standing && compareRational(standing, price) !== 0) continue;
    prices.set(key, price);
    return key;
  }
}

function rename(position: BookPosition, { prices }: DeskEntry, placed: Map<AssetKey, Rational>): BookPosition {
  const move = (leg: BookLeg): BookLeg => {
    const price = prices.get(leg.asset);
    return price ? { ...leg, asset: placePrice(placed, leg.asset, price) } : leg;
  };
  return { ...position, collateral: position.collateral.map(move), debt: position.debt.map(move) };
}

function findReason({ position, prices, problem }: DeskEntry): string | undefined {
  if (!position) return problem ?? 'It could not be read.';
  const missing = [...position.collateral, ...position.debt].find(({ asset }) => !prices.has(asset));
  return missing && `The price of ${missing.asset} is not known, and the format has no place for that.`;
}

/**
 * Positions on screen as a book for a file. A file has one price an asset: where two venues' oracles differ, the second asset goes by
 * `asset#2`. What has no price or could not be read is left out, and told.
 */
export function toExportBook(entries: readonly DeskEntry[]): DeskExport {
  const prices = new Map<AssetKey, Rational>();
  const positions: BookPosition[] = [];
  const leftOut: { id: string; reason: string }[] = [];
  for (const entry of entries) {
    const reason = findReason(entry);
    if (reason !== undefined) leftOut.push({ id: entry.id, reason });
    else if (entry.position) positions.push(rename(entry.position, entry, prices));
  }
  return { book: { asOf: undefined, prices, positions }, leftOut };
}
