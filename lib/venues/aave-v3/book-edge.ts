import type { BookPosition } from '@/lib/domain/book-position';
import type { LinearEdge } from '@/lib/domain/venue-model';
import { ONE, truncateAverage, type WeightedLeg, ZERO } from '@/lib/risk/liquidation/book-values';
import { describeWeightedEdge } from '@/lib/risk/liquidation/linear-edge';
import { BPS } from '@/lib/units/fixed';
import { compareRational, rational, subtractRational } from '@/lib/units/rational';
import { listBookCollateral } from './book-legs';
import { type AaveV3Terms, truncatesThreshold } from './book-terms';

/** 0.01 % as a fraction: what truncation takes off an average threshold at the most. */
export const ONE_BPS = rational(1n, BPS);

/** Whether the average of these weights is the same whatever the prices: there is one of them, or all are alike. */
export const isAverageFixed = (legs: readonly WeightedLeg[]): boolean =>
  legs.every(({ weight }) => compareRational(weight, legs[0]?.weight ?? weight) === 0);

/**
 * Weights whose sum, linear in prices and amounts, never exceeds what a version counts that truncates the average threshold: C·⌊S/C⌋ is more
 * than S − C/10⁴, so each weight less a basis point; where all are alike, the truncated weight itself, which is exact.
 */
function weighCautiously(legs: readonly WeightedLeg[]): readonly WeightedLeg[] {
  const isFixed = isAverageFixed(legs);
  return legs.map((leg) => ({
    ...leg,
    weight: isFixed ? truncateAverage(leg.weight, ONE) : subtractRational(leg.weight, ONE_BPS),
  }));
}

/**
 * The line between safe and liquidatable. Since 3.5 the venue's own test; before, where several thresholds are averaged, a line at most one
 * basis point of the collateral on the safe side of it: whatever it calls safe the contract calls safe.
 *
 * Example, 3.2: ETH at 83 % and BTC at 78 % carry 0.8299 and 0.7799 of their values on the line; ETH alone 0.83.
 */
export function describeAaveEdge(position: BookPosition<AaveV3Terms>): LinearEdge {
  const all = listBookCollateral(position).map(({ asset, amount, counts, liquidationThreshold: weight }) => {
    return { asset, amount, counts, weight };
  });
  const counting = all.filter(({ counts }) => counts);
  const truncates = truncatesThreshold(position.terms.version);
  const weighted = truncates ? weighCautiously(counting) : counting;
  const weightOf = new Map(weighted.map(({ asset, weight }) => [asset, weight]));
  const edge = describeWeightedEdge(
    all.map(({ asset, amount, counts }) => ({ asset, amount, weight: (counts && weightOf.get(asset)) || ZERO })),
    position.debt,
  );
  return truncates && !isAverageFixed(counting) ? { ...edge, isCautious: true } : edge;
}
