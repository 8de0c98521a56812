import type { AssetKey, BookLeg, BookPosition } from '@/lib/domain/book-position';
import type { DeskEntry } from '@/lib/risk/exposure/desk-book';
import { compareRational, type Rational } from '@/lib/units/rational';
import { type Book, findModel } from './book';

export interface DeskExport {
  readonly book: Book;
  /** Positions that the format cannot hold, and why. */
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
}

/** What goes by a key in the file: which of the positions' assets, at which price. */
type Placed = Map<AssetKey, { readonly asset: AssetKey; readonly price: Rational }>;

/** The key of an asset in the file: its own, or, where that stands for another asset or another venue's price, one with a number. */
function placePrice(placed: Placed, asset: AssetKey, price: Rational): AssetKey {
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? asset : `${asset}#${number}`;
    const standing = placed.get(key);
    if (standing && (standing.asset !== asset || compareRational(standing.price, price) !== 0)) continue;
    placed.set(key, { asset, price });
    return key;
  }
}

/** Legs and terms alike; an asset without a price here keeps its key. */
function rename(position: BookPosition, { prices }: DeskEntry, placed: Placed): BookPosition {
  const held = new Set([...position.collateral, ...position.debt].map(({ asset }) => asset));
  const toKey = (asset: AssetKey): AssetKey => {
    const price = held.has(asset) ? prices.get(asset) : undefined;
    return price ? placePrice(placed, asset, price) : asset;
  };
  const move = (leg: BookLeg): BookLeg => ({ ...leg, asset: toKey(leg.asset) });
  const renameTerms = findModel(position.venue)?.renameAssets;
  return {
    ...position,
    collateral: position.collateral.map(move),
    debt: position.debt.map(move),
    terms: renameTerms ? renameTerms(position.terms, toKey) : position.terms,
  };
}

function findReason({ position, prices, problem }: DeskEntry, format: 'json' | 'csv'): string | undefined {
  if (!position) return problem ?? 'It could not be read.';
  if (format === 'csv' && position.collateral.length + position.debt.length === 0) {
    return 'It has no legs, and CSV has a row a leg; JSON keeps it.';
  }
  const missing = [...position.collateral, ...position.debt].find(({ asset }) => !prices.has(asset));
  return missing && `The price of ${missing.asset} is not known, and the format has no place for that.`;
}

/**
 * Positions on screen as a book for a file. A file has one price an asset: where two venues' oracles differ, the second asset goes by
 * `asset#2`, in the terms too. What has no price or could not be read is left out, and told; of a CSV also what has no legs. `asOf` is the date the prices are of, if known.
 */
export function toExportBook(
  entries: readonly DeskEntry[],
  asOf: string | undefined,
  format: 'json' | 'csv' = 'json',
): DeskExport {
  const placed: Placed = new Map();
  const positions: BookPosition[] = [];
  const leftOut: { id: string; reason: string }[] = [];
  for (const entry of entries) {
    const reason = findReason(entry, format);
    if (reason !== undefined) leftOut.push({ id: entry.id, reason });
    else if (entry.position) positions.push(rename(entry.position, entry, placed));
  }
  const prices = new Map([...placed].map(([key, { price }]) => [key, price]));
  return { book: { asOf, prices, positions }, leftOut };
}
