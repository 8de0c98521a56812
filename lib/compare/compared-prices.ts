import type { AssetKey, BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookLiquidationPrice } from '@/lib/domain/venue-model';
import { ONE, readBookPrice } from '@/lib/risk/liquidation/book-values';
import { computeDirectionPrice, type DirectionPrice } from '@/lib/risk/liquidation/direction-price';
import { compareRational, divideRational, type Rational, rational, subtractRational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import type { AnyModel } from './form-positions';

type Existing = Extract<BookLiquidationPrice, { exists: true }>;
type Missing = Extract<BookLiquidationPrice, { exists: false }>;

interface ExistingPrice extends Existing {
  /** price / today's − 1: −0.23 is a fall of 23 %; on the other side of today's where liquidatable already. */
  readonly distance: Rational;
}

/** The price of one asset alone at which the first of several positions turns, or why none does. */
export type ComparedPrice = ExistingPrice | Missing;

export interface NearestPrice extends ExistingPrice {
  readonly asset: AssetKey;
}

export interface ComparedPrices {
  readonly alone: ReadonlyMap<AssetKey, ComparedPrice>;
  /** The nearest of them, a dollar only where nothing else liquidates; undefined where nothing does. */
  readonly nearest: NearestPrice | undefined;
  /** The common fall of all collateral at which the first of them turns: t of a direction in which each falls by all of itself. */
  readonly together: DirectionPrice;
}

/** What is left until a price liquidates, as a share of today's; below 0 where it does already. */
function computeLeft({ price, direction }: Existing, today: Rational): Rational {
  const ratio = divideRational(price, today);
  return direction === 'below' ? subtractRational(ONE, ratio) : subtractRational(ratio, ONE);
}

const isCloser = (a: Existing, b: Existing, today: Rational): boolean =>
  compareRational(computeLeft(a, today), computeLeft(b, today)) < 0;

/** The price at which the first of several positions turns; where none does, the first one's reason. */
function findFirst(found: readonly BookLiquidationPrice[], today: Rational): BookLiquidationPrice | undefined {
  const existing = found.filter((price) => price.exists);
  const [first = found[0], ...rest] = existing;
  return rest.reduce<BookLiquidationPrice | undefined>(
    (closest, price) => (closest?.exists && !isCloser(price, closest, today) ? closest : price),
    first,
  );
}

/** A price as a share of today's beside it. */
function measure(price: BookLiquidationPrice, today: Rational): ComparedPrice {
  if (!price.exists) return price;
  const distance = reduceRational(subtractRational(divideRational(price.price, today), ONE));
  return { ...price, price: reduceRational(price.price), distance };
}

function findNearest(
  alone: ReadonlyMap<AssetKey, ComparedPrice>,
  prices: PriceBook,
  isDollar: (asset: AssetKey) => boolean,
): NearestPrice | undefined {
  const found = [...alone].flatMap(([asset, price]) => (price.exists ? [{ asset, ...price }] : []));
  const volatile = found.filter(({ asset }) => !isDollar(asset));
  const leftOf = (each: NearestPrice) => computeLeft(each, readBookPrice(prices, each.asset));
  const [first, ...rest] = volatile.length > 0 ? volatile : found;
  if (!first) return undefined;
  return rest.reduce((closest, each) => (compareRational(leftOf(each), leftOf(closest)) < 0 ? each : closest), first);
}

function findTogether(model: AnyModel, positions: readonly BookPosition[], prices: PriceBook): DirectionPrice {
  const falling = new Map(
    positions.flatMap(({ collateral }) =>
      collateral.filter(({ enabled }) => enabled).map(({ asset }) => [asset, rational(-1n)] as const),
    ),
  );
  const found = positions.map((position) => computeDirectionPrice(model.describeEdge(position), prices, falling));
  const turned = found.find((each) => !each.exists && each.reason === 'already-liquidatable');
  if (turned) return turned;
  const existing = found.filter((each) => each.exists);
  const [first = found[0] as DirectionPrice, ...rest] = existing;
  return rest.reduce<DirectionPrice>(
    (closest, each) => (closest.exists && compareRational(closest.t, each.t) <= 0 ? closest : each),
    first,
  );
}

/** Liquidation prices of several positions that stand for one: each that of the position which turns first. At least one position. */
export function computeComparedPrices(
  model: AnyModel,
  positions: readonly BookPosition[],
  prices: PriceBook,
  isDollar: (asset: AssetKey) => boolean,
): ComparedPrices {
  const found = positions.map((position) => model.computeLiquidationPrices(position, prices).alone);
  const assets = new Set(found.flatMap((alone) => [...alone.keys()]));
  const alone = new Map(
    [...assets].flatMap((asset) => {
      const today = readBookPrice(prices, asset);
      const first = findFirst(
        found.flatMap((each) => each.get(asset) ?? []),
        today,
      );
      return first ? [[asset, measure(first, today)] as const] : [];
    }),
  );
  return { alone, nearest: findNearest(alone, prices, isDollar), together: findTogether(model, positions, prices) };
}
