import type { AssetKey } from '@/lib/domain/book-position';
import type { DeskItem, FindModel } from './desk-book';
import { createFallingPrices, FALLS_BPS } from './falls';

/** First and last fall at which a position is liquidatable, as indexes of `FALLS_BPS`. A short may be so at small falls and cured by deep ones. */
export interface FallRange {
  readonly from: number;
  readonly to: number;
}

/** `unknown` where a price is; `undefined` where no fall of the row liquidates. */
export type ItemFalls = FallRange | 'unknown' | undefined;

const LAST = FALLS_BPS.length - 1;

/** Whether the position is liquidatable at the fall with this index; an unknown one is not counted, and said apart. */
export const isLiquidatableAt = (falls: ItemFalls, index: number): boolean =>
  typeof falls === 'object' && falls.from <= index && index <= falls.to;

/** The index in (low, high] at which the answer changes from what it is at `low`. */
function findTurn(isLiquidatable: (index: number) => boolean, low: number, high: number): number {
  const before = isLiquidatable(low);
  let [same, turned] = [low, high];
  while (turned - same > 1) {
    const middle = (same + turned) >> 1;
    if (isLiquidatable(middle) === before) same = middle;
    else turned = middle;
  }
  return turned;
}

/** From the first to the last of all falls, for a test that is not linear in prices and may change its answer more than once. */
function scanRange(isLiquidatable: (index: number) => boolean): FallRange | undefined {
  const found = FALLS_BPS.flatMap((_, index) => (isLiquidatable(index) ? [index] : []));
  const [from, to] = [found[0], found.at(-1)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/**
 * A test that compares two sums linear in prices, which move on a line along one fall, changes its answer at most once: the ends and a
 * bisection between them say it all.
 */
function findRange(isLiquidatable: (index: number) => boolean): FallRange | undefined {
  const [first, last] = [isLiquidatable(0), isLiquidatable(LAST)];
  if (first && last) return { from: 0, to: LAST };
  if (first) return { from: 0, to: findTurn(isLiquidatable, 0, LAST) - 1 };
  return last ? { from: findTurn(isLiquidatable, 0, LAST), to: LAST } : undefined;
}

/**
 * At which falls each position is liquidatable, by its venue's own test at the fallen prices; what is owed in a falling asset falls along. One
 * position after the other, so that it can be done in slices: yields how many are done, returns them in the order of `items`.
 */
export function* computeFallRanges(
  items: readonly DeskItem[],
  findModel: FindModel,
  falls: (asset: AssetKey) => boolean,
): Generator<number, readonly ItemFalls[]> {
  const pricesAt = createFallingPrices(falls);
  const ranges: ItemFalls[] = [];
  for (const { entry, figures, legs } of items) {
    const { position, prices } = entry;
    const model = findModel(entry.venue);
    if (!position || !model || !figures.known) ranges.push('unknown');
    else {
      const { liquidatable } = figures.value;
      const isTouched = legs.some(({ asset }) => falls(asset));
      const isLiquidatable = (index: number): boolean =>
        index === 0 || !isTouched
          ? liquidatable
          : model.computeEvaluation(position, pricesAt(prices, index)).liquidatable;
      const isLine = !isTouched || !model.describeEdge(position).isCautious;
      ranges.push(isLine ? findRange(isLiquidatable) : scanRange(isLiquidatable));
    }
    yield ranges.length;
  }
  return ranges;
}
