import type { AssetKey } from '@/lib/domain/book-position';
import type { DeskItem, FindModel } from './desk-book';
import type { ItemFalls } from './fall-ranges';
import { createFallingPrices } from './falls';
import { ceilFine, type FineValue } from './fine-value';

/** Bad debt at each fall of a position's range, from its first on; empty where it has none. */
export type BadDebts = readonly FineValue[];

/**
 * What liquidations would leave unpaid of each position at each fall at which it is liquidatable: its venue's own outcome at the fallen prices,
 * exact, rounded up to 18 decimals. `ranges[i]` belongs to `items[i]`. The dear part of a curve: yields how many positions are done.
 */
export function* computeBadDebts(
  items: readonly DeskItem[],
  ranges: readonly ItemFalls[],
  findModel: FindModel,
  falls: (asset: AssetKey) => boolean,
): Generator<number, readonly BadDebts[]> {
  const pricesAt = createFallingPrices(falls);
  const debts: BadDebts[] = [];
  for (const [place, { entry, legs }] of items.entries()) {
    const { position, prices } = entry;
    const [model, range] = [findModel(entry.venue), ranges[place]];
    if (!position || !model || typeof range !== 'object') debts.push([]);
    else {
      const at = (index: number): FineValue =>
        ceilFine(model.computeOutcome(position, pricesAt(prices, index)).badDebt);
      const length = range.to - range.from + 1;
      // What the fall does not touch ends alike at every depth of it.
      const isTouched = legs.some(({ asset }) => falls(asset));
      debts.push(
        isTouched
          ? Array.from({ length }, (_, step) => at(range.from + step))
          : new Array<FineValue>(length).fill(at(0)),
      );
    }
    yield debts.length;
  }
  return debts;
}
