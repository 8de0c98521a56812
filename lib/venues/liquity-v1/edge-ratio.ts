import { compareRational, maxRational, type Rational } from '@/lib/units/rational';
import { computePoolPart, LIQUITY_V1, type LiquityV1Terms } from './book-terms';

/** TCR < 150 % (`LiquityBase._checkRecoveryMode`). */
export const isRecoveryMode = ({ totalCollateralRatio }: LiquityV1Terms): boolean =>
  totalCollateralRatio !== undefined && compareRational(totalCollateralRatio, LIQUITY_V1.criticalRatio) < 0;

/**
 * The collateral ratio strictly below which a trove of this composite debt is liquidatable: 110 %; in recovery mode the total collateral
 * ratio where that is higher and the Stability Pool covers the whole debt. Source: `TroveManager._liquidateRecoveryMode`.
 *
 * The total ratio is taken as given: it does not move with the price here.
 * Example: total ratio 140 %, debt 5,000, pool 5,000: 1.4; pool 4,999: 1.1.
 */
export function computeEdgeRatio(debt: Rational, terms: LiquityV1Terms): Rational {
  const { minimumRatio } = LIQUITY_V1;
  if (!terms.totalCollateralRatio || !isRecoveryMode(terms)) return minimumRatio;
  const covered = compareRational(computePoolPart(debt, terms), debt) === 0;
  return covered ? maxRational(minimumRatio, terms.totalCollateralRatio) : minimumRatio;
}
