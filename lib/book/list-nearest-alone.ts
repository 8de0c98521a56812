import { type Known, mapKnown } from '@/lib/domain/known';
import { absoluteRational, compareRational } from '@/lib/units/rational';
import type { NearestLiquidation, PositionRow } from './position-row';

/**
 * Every price of one asset alone that liquidates, the volatile assets before those meant to be worth a dollar, the nearest first. Empty
 * where no asset alone can.
 */
export function listNearestAlone(row: PositionRow): Known<readonly NearestLiquidation[]> {
  const stable = new Set(
    [...row.collateral, ...row.debt].filter(({ family }) => family.stable).map(({ leg }) => leg.asset.id),
  );
  return mapKnown(row.liquidationPrices, ({ alone }) =>
    alone
      .flatMap((price): NearestLiquidation[] => {
        const asset = row.prices.find((figure) => figure.asset.id === price.assetId)?.asset;
        return price.exists && asset ? [{ ...price, asset }] : [];
      })
      .sort(
        (a, b) =>
          Number(stable.has(a.assetId)) - Number(stable.has(b.assetId)) ||
          compareRational(absoluteRational(a.distance), absoluteRational(b.distance)),
      ),
  );
}
