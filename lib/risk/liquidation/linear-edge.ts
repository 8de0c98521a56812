import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import type { AssetAmount, EdgeLeg, LinearEdge } from '@/lib/domain/venue-model';
import { addRational, divideRational, multiplyRational, type Rational } from '@/lib/units/rational';
import { subtractAligned, sumAligned } from '@/lib/units/sum-aligned';
import { ONE, readBookPrice, type WeightedLeg, ZERO } from './book-values';

const toEdgeLeg = ({ asset, amount }: AssetAmount, perPrice: Rational, fixed: Rational = ZERO): EdgeLeg => ({
  asset,
  amount,
  perPrice,
  fixed,
});

/** The edge of a venue with Σ collateral·weight against Σ debt·weight; a debt without a weight counts at its value. */
export const describeWeightedEdge = (
  collateral: readonly WeightedLeg[],
  debt: readonly (AssetAmount & { readonly weight?: Rational })[],
): LinearEdge => ({
  collateral: collateral.map((leg) => toEdgeLeg(leg, leg.weight)),
  debt: debt.map((leg) => toEdgeLeg(leg, leg.weight ?? ONE)),
  healthAtEdge: ONE,
});

/** The edge of a venue that counts what is owed at a face value: collateral carries its value / `ratio`, a token owed counts as `face`. */
export const describeFaceValueEdge = (
  collateral: readonly AssetAmount[],
  debt: readonly AssetAmount[],
  { ratio, face, healthAtEdge = ONE }: { ratio: Rational; face: Rational; healthAtEdge?: Rational },
): LinearEdge => ({
  collateral: collateral.map((leg) => toEdgeLeg(leg, divideRational(ONE, ratio))),
  debt: debt.map((leg) => toEdgeLeg(leg, ZERO, face)),
  healthAtEdge,
});

/** What one token of a leg carries or counts as, base currency. One ETH at 3,000 and 83 %: 2,490. */
export const computeTokenWeight = ({ asset, perPrice, fixed }: EdgeLeg, prices: PriceBook): Rational =>
  addRational(multiplyRational(perPrice, readBookPrice(prices, asset)), fixed);

const sumLegs = (legs: readonly EdgeLeg[], prices: PriceBook): Rational =>
  sumAligned(legs.map((leg) => multiplyRational(leg.amount, computeTokenWeight(leg, prices))));

/** Both sides of an edge, base currency. */
export interface EdgeValues {
  readonly carried: Rational;
  readonly owed: Rational;
}

/** Both sides of an edge at some prices. 5 ETH at 3,000 and 83 % against 18,000 of a dollar: 12,450 and 18,000. */
export const computeEdgeValues = ({ collateral, debt }: LinearEdge, prices: PriceBook): EdgeValues => ({
  carried: sumLegs(collateral, prices),
  owed: sumLegs(debt, prices),
});

/** carried − owed, base currency; below 0 exactly where the position is liquidatable. */
export function computeSlack(edge: LinearEdge, prices: PriceBook): Rational {
  const { carried, owed } = computeEdgeValues(edge, prices);
  return subtractAligned(carried, owed);
}

/** Nothing is owed, so no price liquidates. */
export const owesNothing = ({ debt }: LinearEdge): boolean => debt.every(({ amount }) => amount.numerator === 0n);

const sumPerPrice = (legs: readonly EdgeLeg[], asset: AssetKey): Rational =>
  sumAligned(legs.filter((leg) => leg.asset === asset).map((leg) => multiplyRational(leg.amount, leg.perPrice)));

/**
 * By how much carried − owed moves per unit of one asset's price: what it carries less what of it is owed; negative for a net short.
 * 10 ETH at 83 % with 2 owed: 6.3.
 */
export const computeNetWeight = ({ collateral, debt }: LinearEdge, asset: AssetKey): Rational =>
  subtractAligned(sumPerPrice(collateral, asset), sumPerPrice(debt, asset));

/** Every asset of the edge, each once, collateral first. */
export const listEdgeAssets = ({ collateral, debt }: LinearEdge): readonly AssetKey[] => [
  ...new Set([...collateral, ...debt].map(({ asset }) => asset)),
];
