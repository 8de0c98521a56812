import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import type { BookLiquidationPrice, BookLiquidationPrices } from '@/lib/domain/venue-model';
import {
  computeTotalValue,
  computeWeightedValue,
  ONE,
  readBookPrice,
  truncateAverage,
} from '@/lib/risk/liquidation/book-values';
import { computeClosedFormPrice } from '@/lib/risk/liquidation/closed-form';
import { type CrossPosition, computeCrossPrices } from '@/lib/risk/liquidation/cross-prices';
import { explainNoPrice } from '@/lib/risk/liquidation/explain-none';
import { BPS } from '@/lib/units/fixed';
import {
  absoluteRational,
  addRational,
  ceilRational,
  compareRational,
  divideRational,
  floorRational,
  maxRational,
  minRational,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { subtractAligned } from '@/lib/units/sum-aligned';
import { isAverageFixed, ONE_BPS } from './book-edge';

/** A value that is linear in the one price that moves: atZero + slope · price. */
interface Line {
  readonly atZero: Rational;
  readonly slope: Rational;
}

/** An account as one price moves: collateral C, what it carries by its thresholds S, debt D. */
interface View {
  readonly collateral: Line;
  readonly carried: Line;
  readonly owed: Line;
}

type Direction = 'below' | 'above';

const evaluate = ({ atZero, slope }: Line, price: Rational): Rational =>
  addRational(atZero, multiplyRational(slope, price));

const scale = ({ atZero, slope }: Line, factor: Rational): Line => ({
  atZero: multiplyRational(atZero, factor),
  slope: multiplyRational(slope, factor),
});

const subtract = (a: Line, b: Line): Line => ({
  atZero: subtractAligned(a.atZero, b.atZero),
  slope: subtractAligned(a.slope, b.slope),
});

/** S − C/10⁴ − D: from 0 on debt and threshold are a basis point apart, so that a whole one lies between them. */
const toCautious = ({ collateral, carried, owed }: View): Line =>
  subtract(subtract(carried, scale(collateral, ONE_BPS)), owed);

/**
 * Where, going one way from a price at which k whole basis points lie between D/C and S/C, they no longer do; undefined where they do at every
 * price above 0. Between the two are k·C − D ≥ 0 and S − k·C ≥ 0, both linear.
 */
function findExit({ collateral, carried, owed }: View, k: Rational, direction: Direction): Rational | undefined {
  const at = scale(collateral, k);
  const roots = [subtract(at, owed), subtract(carried, at)].flatMap(({ atZero, slope }) => {
    const falls = direction === 'below' ? slope.numerator > 0n : slope.numerator < 0n;
    if (!falls) return [];
    const root = divideRational(rational(-atZero.numerator, atZero.denominator), slope);
    return root.numerator > 0n ? [root] : [];
  });
  return roots.reduce<Rational | undefined>((nearest, root) => {
    if (!nearest) return root;
    return direction === 'below' ? maxRational(nearest, root) : minRational(nearest, root);
  }, undefined);
}

/** The whole basis points between D/C and S/C at a price, the lowest and the highest, as fractions; none where they cross. */
function listWholeBps({ collateral, carried, owed }: View, price: Rational): readonly Rational[] {
  const value = evaluate(collateral, price);
  const lowest = ceilRational(divideRational(evaluate(owed, price), value), BPS);
  const highest = floorRational(divideRational(evaluate(carried, price), value), BPS);
  if (lowest > highest) return [];
  return [...new Set([lowest, highest])].map((bps) => rational(bps, BPS));
}

/** From the price up to which all is safe: the last of its whole basis points to go. Undefined where one stays for ever. */
function findFromCautious(view: View, from: Rational, direction: Direction): Rational | undefined {
  const exits = listWholeBps(view, from).map((k) => findExit(view, k, direction));
  return exits.reduce((last, exit) => {
    if (!last || !exit) return undefined;
    return direction === 'below' ? minRational(last, exit) : maxRational(last, exit);
  });
}

/** From a safe price within a basis point of the edge: the nearest on either side at which its one whole basis point goes. */
function findFromSliver(view: View, k: Rational, today: Rational): BookLiquidationPrice | undefined {
  const cautious = toCautious(view);
  const distance = (price: Rational) => absoluteRational(subtractRational(price, today));
  return (['below', 'above'] as const)
    .flatMap((direction) => {
      const price = findExit(view, k, direction);
      // Where the two are a basis point apart again, the next one takes its place.
      const ends = price !== undefined && evaluate(cautious, price).numerator < 0n;
      return ends ? [{ exists: true, price: reduceRational(price), direction } as const] : [];
    })
    .sort((a, b) => compareRational(distance(a.price), distance(b.price)))[0];
}

function computeAloneMixed(view: View, today: Rational, asset: AssetKey): BookLiquidationPrice {
  const none = (reason: 'never-below-zero' | 'sides-cancel') =>
    ({ exists: false, reason, text: explainNoPrice(reason, asset) }) as const;
  const [first] = listWholeBps(view, today);
  const cautious = toCautious(view);
  if (first && evaluate(cautious, today).numerator < 0n) {
    return findFromSliver(view, first, today) ?? none('never-below-zero');
  }
  const { atZero, slope } = cautious;
  const closed = computeClosedFormPrice({
    collateralPerPrice: addRational(slope, view.owed.slope),
    debtPerPrice: view.owed.slope,
    owedByOthers: rational(-atZero.numerator, atZero.denominator),
  });
  if (!closed.exists) return { ...closed, text: explainNoPrice(closed.reason, asset) };
  const price = findFromCautious(view, reduceRational(closed.price), closed.direction);
  if (price) return { exists: true, price: reduceRational(price), direction: closed.direction };
  return none(closed.direction === 'below' ? 'never-below-zero' : 'sides-cancel');
}

/** The account in one asset's price, the others held. */
function toView({ collateral, debt }: CrossPosition, prices: PriceBook, asset: AssetKey): View {
  const [own, others] = [
    collateral.filter((leg) => leg.asset === asset),
    collateral.filter((leg) => leg.asset !== asset),
  ];
  const perPrice = new Map([...prices, [asset, ONE]]);
  const owedHere = debt.filter((leg) => leg.asset === asset);
  const owedElsewhere = debt.filter((leg) => leg.asset !== asset);
  return {
    collateral: { atZero: computeTotalValue(others, prices), slope: computeTotalValue(own, perPrice) },
    carried: { atZero: computeWeightedValue(others, prices), slope: computeWeightedValue(own, perPrice) },
    owed: { atZero: computeTotalValue(owedElsewhere, prices), slope: computeTotalValue(owedHere, perPrice) },
  };
}

/** All collateral at one threshold, the truncated average at these prices. */
function atAverage(position: CrossPosition, prices: PriceBook): CrossPosition {
  const { collateral } = position;
  const weight = truncateAverage(computeWeightedValue(collateral, prices), computeTotalValue(collateral, prices));
  return { ...position, collateral: collateral.map((leg) => ({ ...leg, weight })) };
}

/** An asset whose price leaves the average where it is: it is no collateral that counts, or none else of value is. */
function leavesAverage({ collateral }: View): boolean {
  return collateral.atZero.numerator === 0n || collateral.slope.numerator === 0n;
}

/**
 * Liquidation prices where the average threshold is truncated to whole basis points (before 3.5). Exact: an account is safe exactly where a
 * whole basis point lies between D/C and S/C. All together, and an asset that does not move the average: the closed form at the truncated
 * average. Else, with g(P) = S − C/10⁴ − D, safe wherever g ≥ 0, and from g = 0 on until the last whole basis point leaves the gap: where
 * D = k·C or S = k·C, each linear in the price.
 *
 * The price given is the nearest of today's that liquidates, on either side: raising the price of collateral below the average lowers that,
 * and can liquidate too. Where the account is liquidatable: the price from which it is safe for good. At the price itself it is safe, just
 * beyond it liquidatable; further beyond, within a basis point, it may be safe again here and there.
 *
 * Example: 5 ETH (83 %) and 0.15 BTC at 90,000 (78 %) against 18,100. ETH: the last whole basis point is 80.01 %, gone where
 * 0.8001·(5·P + 13,500) = 18,100, at 1,824.43…; without truncation it would be (18,100 − 10,530) / 4.15 = 1,824.09….
 */
export function computeTruncatedPrices(position: CrossPosition, prices: PriceBook): BookLiquidationPrices {
  const fixed = computeCrossPrices(atAverage(position, prices), prices);
  const owesNothing = position.debt.every(({ amount }) => amount.numerator === 0n);
  if (owesNothing || isAverageFixed(position.collateral)) return fixed;
  const alone = [...fixed.alone].map(([asset, price]) => {
    const view = toView(position, prices, asset);
    return [asset, leavesAverage(view) ? price : computeAloneMixed(view, readBookPrice(prices, asset), asset)] as const;
  });
  return { ...fixed, alone: new Map(alone) };
}
