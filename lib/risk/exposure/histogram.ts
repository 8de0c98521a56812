import type { DeskItem } from './desk-book';
import { type FineValue, fineValue } from './fine-value';

/** Positions of a bin and the collateral that stands in them. */
export interface HistogramBar<Bin extends string> {
  readonly bin: Bin;
  /** Σ value of what counts as collateral; of unknown positions what of it has a price, so at least that. */
  readonly value: FineValue;
  readonly count: number;
}

const collateralOf = ({ figures, legs }: DeskItem): bigint =>
  figures.known
    ? figures.value.collateralValue
    : legs.reduce((sum, { side, value }) => sum + (side === 'collateral' ? (value ?? 0n) : 0n), 0n);

/** Positions by bin, weighted by their collateral; every bin is there, also an empty one, in the order of `bins`. */
export function computeHistogram<Bin extends string>(
  items: readonly DeskItem[],
  bins: readonly Bin[],
  binOf: (item: DeskItem) => Bin,
): readonly HistogramBar<Bin>[] {
  const sums = new Map(bins.map((bin) => [bin, { value: 0n, count: 0 }]));
  for (const item of items) {
    const sum = sums.get(binOf(item));
    if (!sum) continue;
    sum.value += collateralOf(item);
    sum.count += 1;
  }
  return [...sums].map(([bin, { value, count }]) => ({ bin, value: fineValue(value), count }));
}
