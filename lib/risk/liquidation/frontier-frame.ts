import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import type { LinearEdge } from '@/lib/domain/venue-model';
import {
  compareRational,
  divideRational,
  maxRational,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { readBookPrice, ZERO } from './book-values';
import type { FrontierFrame } from './frontier';
import { computeNetWeight, computeSlack } from './linear-edge';

/** Room beside the outermost point shown. */
const MARGIN = rational(5n, 4n);
/** A liquidation price further than this from today's would squeeze today's into a corner. */
const FURTHEST = rational(4n);

/** The price of one asset at which carried = owed, the others held; undefined where it does not weigh. */
function computeTurningPrice(edge: LinearEdge, prices: PriceBook, asset: AssetKey): Rational | undefined {
  const weight = computeNetWeight(edge, asset);
  if (weight.numerator === 0n) return undefined;
  return subtractRational(readBookPrice(prices, asset), divideRational(computeSlack(edge, prices), weight));
}

function computeSpan(edge: LinearEdge, prices: PriceBook, asset: AssetKey): FrontierFrame['x'] {
  const today = readBookPrice(prices, asset);
  const turning = computeTurningPrice(edge, prices, asset);
  const isNear = turning && compareRational(turning, multiplyRational(today, FURTHEST)) <= 0;
  const outermost = isNear ? maxRational(today, turning) : today;
  return { from: ZERO, to: reduceRational(multiplyRational(outermost, MARGIN)) };
}

/**
 * A frame in which the frontier of two assets is worth drawing: each axis from 0 to a quarter above today's price, or above the asset's own
 * liquidation price where that is higher and no more than four times today's. Exact.
 *
 * Example: 8 ETH at 3,000 owed, liquidated above 3,750: up to 4,687.5.
 */
export const computeFrontierFrame = (edge: LinearEdge, prices: PriceBook, x: AssetKey, y: AssetKey): FrontierFrame => ({
  x: computeSpan(edge, prices, x),
  y: computeSpan(edge, prices, y),
});
