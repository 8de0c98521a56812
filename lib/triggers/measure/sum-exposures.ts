import type { AssetKey } from '@/lib/domain/book-position';
import { type Known, known } from '@/lib/domain/known';
import { addRational, type Rational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import type { Subject } from '../subject';

export interface AssetExposure {
  readonly name: string;
  readonly value: Rational;
}

/**
 * What the positions of a subject hold less what they owe, by asset, base currency, exact. With `only`, of that asset alone, so that one without a
 * price does not hide it. Unknown where any part is: a sum with a hole says nothing.
 *
 * Example: 10 ETH at 3,000 held in one position and 2 owed in another: 24,000 of ETH.
 */
export function sumExposures(
  { positions, unseen }: Subject,
  only: AssetKey | undefined,
): Known<ReadonlyMap<AssetKey, AssetExposure>> {
  if (unseen) return { known: false, reason: unseen };
  const sums = new Map<AssetKey, AssetExposure>();
  for (const { exposures } of positions) {
    if (!exposures.known) return exposures;
    for (const { asset, name, value } of exposures.value) {
      if (only !== undefined && asset !== only) continue;
      if (!value.known) return value;
      const before = sums.get(asset);
      const sum = before ? reduceRational(addRational(before.value, value.value)) : value.value;
      sums.set(asset, { name, value: sum });
    }
  }
  return known(sums);
}
