import type { AssetKey, BookPosition, PriceBook } from '@/lib/domain/book-position';
import { type Known, known, mapKnown, type UnknownReason, unknown } from '@/lib/domain/known';
import { ONE } from '@/lib/risk/liquidation/book-values';
import { computeTimeToLiquidation } from '@/lib/risk/liquidation/time-to-liquidation';
import type { LiquidationDistance, SubjectExposure, SubjectFigures, SubjectPosition } from '@/lib/triggers/subject';
import {
  absoluteRational,
  compareRational,
  divideRational,
  multiplyRational,
  negateRational,
  type Rational,
  rational,
  subtractRational,
} from '@/lib/units/rational';
import { modelById, type VenueModelId } from '@/lib/venues/models';
import type { World } from '../world';
import { listBookAssets, readLivePrices } from './book-prices';

const modelOf = ({ venue }: BookPosition) => modelById(venue as VenueModelId);

/** "Aave v3 p-17 of Alice". */
export const nameBookPosition = (position: BookPosition): string =>
  `${modelOf(position).name} ${position.id}${position.owner === undefined ? '' : ` of ${position.owner}`}`;

function toFigures(position: BookPosition, prices: Known<PriceBook>): SubjectFigures {
  const evaluation = mapKnown(prices, (book) => modelOf(position).computeEvaluation(position, book));
  return {
    healthFactor: mapKnown(evaluation, ({ healthFactor }) => healthFactor),
    ltv: mapKnown(evaluation, ({ ltv }) => ltv),
    collateralRatio: mapKnown(evaluation, ({ collateralRatio }) => collateralRatio),
    liquidatable: mapKnown(evaluation, ({ liquidatable }) => liquidatable),
  };
}

/** 1 − P_liq/P where a fall liquidates, P_liq/P − 1 where a rise does; the nearest first. */
function listLiquidations(position: BookPosition, prices: PriceBook): readonly LiquidationDistance[] {
  const { alone } = modelOf(position).computeLiquidationPrices(position, prices);
  const found = [...alone].flatMap(([asset, price]): LiquidationDistance[] => {
    const spot = prices.get(asset);
    if (!price.exists || !spot) return [];
    const change = subtractRational(divideRational(price.price, spot), ONE);
    return [{ asset, name: asset, left: price.direction === 'below' ? negateRational(change) : change }];
  });
  return found.sort((a, b) => compareRational(absoluteRational(a.left), absoluteRational(b.left)));
}

function computeNetAmount({ collateral, debt }: BookPosition, asset: AssetKey): Rational {
  const held = collateral.find((leg) => leg.asset === asset)?.amount ?? rational(0n);
  const owed = debt.find((leg) => leg.asset === asset)?.amount ?? rational(0n);
  return subtractRational(held, owed);
}

const listExposures = (position: BookPosition, prices: PriceBook): readonly SubjectExposure[] =>
  listBookAssets(position).map((asset) => {
    const price = prices.get(asset);
    const value: Known<Rational> = price
      ? known(multiplyRational(computeNetAmount(position, asset), price))
      : unknown('price-missing', `No feed tells the price of ${asset}.`);
    return { asset, name: asset, value };
  });

function computeSeconds(position: BookPosition, prices: PriceBook): Known<Rational | null> {
  const time = computeTimeToLiquidation(position, modelOf(position).describeEdge(position), prices);
  if (time.exists) {
    const seconds = Math.min(Math.floor(time.earliestSeconds), Number.MAX_SAFE_INTEGER);
    return known(rational(BigInt(seconds)));
  }
  if (time.reason === 'already-liquidatable') return known(rational(0n));
  return time.reason === 'rate-unknown' ? unknown('read-failed', time.text) : known(null);
}

/**
 * A position of a stored book as conditions see it: its venue's model, exact over fractions, at live prices alone. Amounts and terms are those of
 * the file; interest since then is not in it.
 */
export class BookSubjectPosition implements SubjectPosition {
  readonly id: string;
  readonly name: string;
  private oracle: SubjectFigures | undefined;
  private market: SubjectFigures | undefined;

  constructor(
    private readonly position: BookPosition,
    private readonly world: World,
  ) {
    this.id = position.id;
    this.name = nameBookPosition(position);
  }

  get atOracle(): SubjectFigures {
    this.oracle ??= toFigures(this.position, this.pricesBy('oracle'));
    return this.oracle;
  }

  get atMarket(): SubjectFigures {
    this.market ??= toFigures(this.position, this.pricesBy('market'));
    return this.market;
  }

  get liquidations(): Known<readonly LiquidationDistance[]> {
    return mapKnown(this.pricesBy('oracle'), (prices) => listLiquidations(this.position, prices));
  }

  get exposures(): Known<readonly SubjectExposure[]> {
    return mapKnown(this.pricesBy('oracle'), (prices) => listExposures(this.position, prices));
  }

  get secondsToLiquidation(): Known<Rational | null> {
    const prices = this.pricesBy('oracle');
    return prices.known ? computeSeconds(this.position, prices.value) : prices;
  }

  private pricesBy(source: 'oracle' | 'market'): Known<PriceBook> {
    const blind: UnknownReason | undefined = this.world.blind;
    return blind ? { known: false, reason: blind } : readLivePrices(this.world, this.position, source);
  }
}
