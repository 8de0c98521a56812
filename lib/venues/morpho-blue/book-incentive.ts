import { ONE } from '@/lib/risk/liquidation/book-values';
import {
  divideRational,
  minRational,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '@/lib/units/rational';

const LIQUIDATION_CURSOR = rational(3n, 10n);
const MAX_INCENTIVE = rational(115n, 100n);

/**
 * What a liquidator seizes per unit repaid, exact: LIF = min(1.15, 1 / (1 − 0.3·(1 − lltv))). The contract rounds it down to 18 decimals
 * (`incentive.ts`). Source: `Morpho.liquidate`, `ConstantsLib.sol`. Example: at 86 % 1 / 0.958, a bonus of 4.38 %.
 */
export function computeBookIncentive(lltv: Rational): Rational {
  const discount = multiplyRational(LIQUIDATION_CURSOR, subtractRational(ONE, lltv));
  return minRational(MAX_INCENTIVE, divideRational(ONE, subtractRational(ONE, discount)));
}
