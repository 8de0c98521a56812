import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import type { LinearEdge } from '@/lib/domain/venue-model';
import {
  addRational,
  compareRational,
  divideRational,
  multiplyRational,
  type Rational,
  rational,
  sumRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { ONE, readBookPrice } from './book-values';
import { computeNetWeight, computeSlack, listEdgeAssets, owesNothing } from './linear-edge';

/** How fast each price moves, as a share of today's per unit of t: eth −1, btc −0.8. An asset that is not named stands still. */
export type PriceDirection = ReadonlyMap<AssetKey, Rational>;

export type NoDirectionReason =
  | 'no-debt'
  | 'already-liquidatable'
  | 'no-effect'
  | 'sides-cancel'
  | 'moves-away'
  | 'beyond-zero';

export type DirectionPrice =
  | {
      readonly exists: true;
      /** At t exactly the position is safe, anywhere beyond it liquidatable. */
      readonly t: Rational;
      /** The whole price book at t. */
      readonly prices: PriceBook;
    }
  | { readonly exists: false; readonly reason: NoDirectionReason; readonly text: string };

const TEXTS: Readonly<Record<NoDirectionReason, string>> = {
  'no-debt': 'Nothing is owed, so no prices liquidate.',
  'already-liquidatable': 'Liquidatable at these prices already.',
  'no-effect': 'None of the prices that move weighs on the position.',
  'sides-cancel': 'The move changes what is carried and what is owed alike.',
  'moves-away': 'The move makes the position safer, for as long as no price has reached 0.',
  'beyond-zero': 'A price reaches 0 before the position is liquidatable.',
};

const NEARLY = 'Liquidatable at today’s prices already, or less than a basis point of the collateral away from it.';

const none = (reason: NoDirectionReason, text = TEXTS[reason]): DirectionPrice => ({ exists: false, reason, text });

/** Prices at t along a direction: p·(1 + t·d). At t = 0.25 with eth −1, an ETH of 3,000 stands at 2,250. */
export const computePricesAlong = (prices: PriceBook, direction: PriceDirection, t: Rational): PriceBook =>
  new Map(
    [...prices].map(([asset, price]) => {
      const speed = direction.get(asset);
      if (!speed) return [asset, price];
      return [asset, reduceRational(multiplyRational(price, addRational(ONE, multiplyRational(t, speed))))];
    }),
  );

/** d/dt of carried − owed for each asset that moves and weighs. */
function listSpeeds(edge: LinearEdge, prices: PriceBook, direction: PriceDirection) {
  return listEdgeAssets(edge).flatMap((asset) => {
    const speed = direction.get(asset);
    const weight = computeNetWeight(edge, asset);
    if (!speed || speed.numerator === 0n || weight.numerator === 0n) return [];
    return [{ speed, change: multiplyRational(multiplyRational(weight, readBookPrice(prices, asset)), speed) }];
  });
}

/** Neither side weighs, or both alike. */
const explainStandstill = (edge: LinearEdge, direction: PriceDirection): NoDirectionReason => {
  const moving = [...edge.collateral, ...edge.debt].filter(
    ({ asset }) => (direction.get(asset)?.numerator ?? 0n) !== 0n,
  );
  return moving.some(({ amount, perPrice }) => amount.numerator !== 0n && perPrice.numerator !== 0n)
    ? 'sides-cancel'
    : 'no-effect';
};

/**
 * How far prices may go along a direction p(t) = p·(1 + t·d), t ≥ 0, before the position is liquidatable: carried − owed is linear in t, so
 * t = (carried − owed) / −slope, slope = Σ (carried per price − owed per price)·p·d. Exact.
 *
 * None, with the reason: nothing owed; liquidatable already; no moving price weighs, or both sides move alike; the move only makes it safer;
 * a price that weighs reaches 0 no later than the edge is reached.
 *
 * Example: 5 ETH at 3,000 (83 %) and 0.15 BTC at 90,000 (78 %) against 18,000; eth −1, btc −0.8:
 * 4,980 / (12,450 + 0.8·10,530) = 0.23857…, ETH at 2,284.28.
 */
export function computeDirectionPrice(edge: LinearEdge, prices: PriceBook, direction: PriceDirection): DirectionPrice {
  if (owesNothing(edge)) return none('no-debt');
  const slack = computeSlack(edge, prices);
  if (slack.numerator < 0n) return none('already-liquidatable', edge.isCautious ? NEARLY : undefined);
  const speeds = listSpeeds(edge, prices, direction);
  const slope = sumRational(speeds.map(({ change }) => change));
  if (slope.numerator === 0n) return none(explainStandstill(edge, direction));
  if (slope.numerator > 0n) return none('moves-away');
  const t = reduceRational(divideRational(slack, rational(-slope.numerator, slope.denominator)));
  const reachesZero = speeds.some(({ speed }) => compareRational(multiplyRational(t, speed), rational(-1n)) <= 0);
  if (reachesZero) return none('beyond-zero');
  return { exists: true, t, prices: computePricesAlong(prices, direction, t) };
}
