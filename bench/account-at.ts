import type { AssetId } from '@/lib/domain/asset';
import { toOptional } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import { WAD } from '@/lib/units/fixed';
import type { AavePosition } from '@/lib/venues/aave-v3/state';
import { rulesOf } from '@/lib/venues/registry';

/** Whether the contract would liquidate at these prices: its health factor, by its own formula, is below 1. */
function isLiquidatable(position: AavePosition, override?: PriceOverride): boolean {
  const healthFactor = toOptional(rulesOf(position).computeEvaluation(position, override).healthFactor);
  if (healthFactor === undefined) throw new RangeError(`The health factor of ${position.owner} is not known.`);
  return healthFactor !== null && healthFactor < WAD;
}

/** An account seen from one number: an asset's oracle answer, or the factor that all its collaterals' answers are multiplied by. */
export interface AccountAt {
  /** Where it stands today. */
  readonly today: bigint;
  isLiquidatable(at: bigint): boolean;
}

/** The account with one asset at another answer, all others at today's. */
export function atAnswer(position: AavePosition, assetId: AssetId): AccountAt {
  const today = position.holdings.find(({ reserve }) => reserve.asset.id === assetId)?.reserve.price.answer;
  if (today === undefined) throw new RangeError(`${position.owner} has no price of ${assetId}.`);
  return {
    today,
    isLiquidatable: (answer) =>
      isLiquidatable(position, (price) => (price.assetId === assetId ? answer : price.answer)),
  };
}

/** The account with every collateral's answer at ⌊answer · factor / 1e18⌋. */
export function atFactor(position: AavePosition): AccountAt {
  const falling = new Set(
    position.holdings.flatMap(({ reserve, usedAsCollateral, scaledSupply }) =>
      usedAsCollateral && scaledSupply > 0n ? [reserve.asset.id] : [],
    ),
  );
  return {
    today: WAD,
    isLiquidatable: (factor) =>
      isLiquidatable(position, ({ assetId, answer }) =>
        answer !== undefined && falling.has(assetId) ? (answer * factor) / WAD : answer,
      ),
  };
}
