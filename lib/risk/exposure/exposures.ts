import type { AssetKey } from '@/lib/domain/book-position';
import type { DeskItem, LegValue } from './desk-book';
import { type FineValue, fineValue } from './fine-value';

export const EXPOSURE_DIMENSIONS = ['asset', 'venue', 'owner', 'counterparty'] as const;
export type ExposureDimension = (typeof EXPOSURE_DIMENSIONS)[number];

export const EXPOSURE_MEASURES = ['gross', 'net'] as const;
export type ExposureMeasure = (typeof EXPOSURE_MEASURES)[number];

/** One bar. `key` is empty where the book does not say (no owner, no counterparty). */
export interface Exposure {
  readonly key: string;
  /** Σ held + Σ owed: both sides count. */
  readonly gross: FineValue;
  /** Σ held − Σ owed: negative where more is owed than held. */
  readonly net: FineValue;
  /** Positions that stand in it. */
  readonly count: number;
  /** Of them, those with something here that has no price: the bar is at least so large. */
  readonly unpricedCount: number;
}

interface Sums {
  held: bigint;
  owed: bigint;
  count: number;
  unpricedCount: number;
}

/** The bar of each leg of a position; a position of which nothing could be read has no legs, and stands in its bar all the same. */
type KeyOfAsset = (asset: AssetKey) => string;

function listParts(item: DeskItem, dimension: ExposureDimension, keyOfAsset: KeyOfAsset) {
  const parts = new Map<string, LegValue[]>();
  if (dimension !== 'asset') return parts.set(item.entry[dimension] ?? '', [...item.legs]);
  for (const leg of item.legs) {
    const key = keyOfAsset(leg.asset);
    const part = parts.get(key);
    if (part) part.push(leg);
    else parts.set(key, [leg]);
  }
  return parts;
}

function addPart(sums: Sums, legs: readonly LegValue[], isRead: boolean): void {
  for (const { side, value } of legs) {
    if (side === 'collateral') sums.held += value ?? 0n;
    else sums.owed += value ?? 0n;
  }
  sums.count += 1;
  if (!isRead || legs.some(({ value }) => value === undefined)) sums.unpricedCount += 1;
}

/**
 * Exposure of positions by asset, venue, owner or counterparty, largest gross first (ties by key). All that is held counts, also what is
 * switched off as collateral. A leg without a price adds nothing and is counted as unpriced. `keyOfAsset` says what an asset counts as: itself,
 * or what it stands for when one looks through it.
 *
 * Σ gross over the bars is held + owed of all, Σ net held − owed, in every dimension alike.
 * Example: 10 wstETH at 3,500 against 5 ETH at 3,000, looked through, by asset: ETH gross 50,000, net 20,000.
 */
export function computeExposures(
  items: readonly DeskItem[],
  dimension: ExposureDimension,
  keyOfAsset: KeyOfAsset,
): readonly Exposure[] {
  const bars = new Map<string, Sums>();
  for (const item of items) {
    for (const [key, legs] of listParts(item, dimension, keyOfAsset)) {
      const sums = bars.get(key) ?? { held: 0n, owed: 0n, count: 0, unpricedCount: 0 };
      bars.set(key, sums);
      addPart(sums, legs, item.entry.position !== undefined);
    }
  }
  return [...bars]
    .map(([key, { held, owed, count, unpricedCount }]) => ({
      key,
      gross: fineValue(held + owed),
      net: fineValue(held - owed),
      count,
      unpricedCount,
    }))
    .sort((a, b) => (a.gross === b.gross ? (a.key < b.key ? -1 : 1) : a.gross > b.gross ? -1 : 1));
}
