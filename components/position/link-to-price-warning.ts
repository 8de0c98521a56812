import type { NearestLiquidation, PositionRow } from '@/lib/book/position-row';
import { computeWarnLevel } from '@/lib/book/warn-level';
import type { TriggerLink } from '@/lib/stores/trigger-link';

/** A trigger on the price of one asset, set before the price that liquidates a position; `undefined` where that is past, or today's is not known. */
export function linkToPriceWarning(
  row: Pick<PositionRow, 'id' | 'prices'>,
  price: Pick<NearestLiquidation, 'assetId' | 'answer' | 'decimals' | 'direction'>,
): TriggerLink | undefined {
  const today = row.prices.find(({ asset }) => asset.id === price.assetId)?.answer;
  const level = today === undefined ? undefined : computeWarnLevel(price, today);
  if (level === undefined) return undefined;
  return { scope: `position:${row.id}`, kind: 'price-level', side: price.direction, level, asset: price.assetId };
}
