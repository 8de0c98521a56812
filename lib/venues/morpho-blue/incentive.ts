import { WAD, type Wad, wad } from '@/lib/units/fixed';
import { mulDivDown } from '@/lib/units/rounding';

const LIQUIDATION_CURSOR = 3n * 10n ** 17n;
const MAX_INCENTIVE = 115n * 10n ** 16n;

/**
 * What a liquidator seizes per unit repaid, 18 decimals: min(1.15, 1 / (1 − 0.3·(1 − lltv))), rounded down.
 * Source: `Morpho.liquidate`, `ConstantsLib.sol`. At 86 %: 1043841336116910229n, a bonus of 4.38 %.
 */
export function computeLiquidationIncentive(lltv: bigint): Wad {
  const uncapped = mulDivDown(WAD, WAD, WAD - mulDivDown(LIQUIDATION_CURSOR, WAD - lltv, WAD));
  return wad(uncapped < MAX_INCENTIVE ? uncapped : MAX_INCENTIVE);
}
