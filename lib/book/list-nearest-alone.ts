import { type Known, mapKnown } from '@/lib/domain/known';
import type { NearestLiquidation, PositionRow } from './position-row';
import { rankNearest } from './rank-nearest';

/**
 * Every price of one asset alone that liquidates, the one that may be reached soonest first: the first is the row's nearest. Empty where
 * no asset alone can. Of a position that is liquidatable already they are the prices that would cure it.
 */
export function listNearestAlone(row: PositionRow): Known<readonly NearestLiquidation[]> {
  return mapKnown(row.liquidationPrices, ({ alone }) =>
    rankNearest(
      alone.flatMap((price): NearestLiquidation[] => {
        const asset = row.prices.find((figure) => figure.asset.id === price.assetId)?.asset;
        return price.exists && asset ? [{ ...price, asset }] : [];
      }),
    ),
  );
}
