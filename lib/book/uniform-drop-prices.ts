import type { Asset } from '@/lib/domain/asset';
import { type Known, mapKnown } from '@/lib/domain/known';
import { WAD } from '@/lib/units/fixed';
import { mulDivDown } from '@/lib/units/rounding';
import type { PositionRow } from './position-row';

/** What one collateral's oracle answers when all collateral has fallen together to the point where the position turns. */
export interface UniformDropPrice {
  readonly asset: Asset;
  readonly answer: bigint;
  readonly decimals: number;
}

/**
 * The prices that the common fall of all collateral means, one for each asset that counts as collateral: ⌊answer · (1 − drop)⌋, floored as
 * the feeds are. Empty where no such fall exists. A drop of 0.236 of 2,993 is 2,286.652.
 */
export function computeUniformDropPrices(row: PositionRow): Known<readonly UniformDropPrice[]> {
  const counting = new Set(row.collateral.filter(({ leg }) => leg.enabled).map(({ leg }) => leg.asset.id));
  return mapKnown(row.liquidationPrices, ({ together }) => {
    if (!together.exists) return [];
    return row.prices.flatMap(({ asset, answer, price }) =>
      counting.has(asset.id) && answer !== undefined
        ? [{ asset, answer: mulDivDown(answer, WAD - together.drop, WAD), decimals: price.decimals }]
        : [],
    );
  });
}
