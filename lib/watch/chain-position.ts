import { rankNearest } from '@/lib/book/rank-nearest';
import type { Evaluation } from '@/lib/domain/evaluation';
import { type Known, known, mapKnown, type UnknownReason, unknown } from '@/lib/domain/known';
import type { Leg } from '@/lib/domain/position';
import { computeTimeToLiquidation } from '@/lib/risk/liquidation/time-to-liquidation';
import type { LiquidationDistance, SubjectExposure, SubjectFigures, SubjectPosition } from '@/lib/triggers/subject';
import { WAD } from '@/lib/units/fixed';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { multiplyRational, negateRational, type Rational, rational, sumRational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { actionsOf } from '@/lib/venues/actions';
import { modelById } from '@/lib/venues/models';
import { type Position, rulesOf } from '@/lib/venues/registry';
import { toMarketOverride } from './market-prices';
import type { World } from './world';

const toRatio = (figure: Known<bigint | null>): Known<Rational | null> =>
  mapKnown(figure, (value) => (value === null ? null : rational(value, WAD)));

const toFigures = ({ healthFactor, ltv, collateralRatio, liquidatable }: Evaluation): SubjectFigures => ({
  healthFactor: toRatio(healthFactor),
  ltv: toRatio(ltv),
  collateralRatio: toRatio(collateralRatio),
  liquidatable,
});

/** Every figure unknown, for one reason. */
const toBlindFigures = (reason: UnknownReason): SubjectFigures => {
  const figure: Known<never> = { known: false, reason };
  return { healthFactor: figure, ltv: figure, collateralRatio: figure, liquidatable: figure };
};

/** By position as it was read: ticks of the market change nothing of it. */
const atOracle = new WeakMap<Position, SubjectFigures>();
const liquidations = new WeakMap<Position, Known<readonly LiquidationDistance[]>>();

function readFigures(position: Position): SubjectFigures {
  const before = atOracle.get(position);
  if (before) return before;
  const figures = toFigures(rulesOf(position).computeEvaluation(position));
  atOracle.set(position, figures);
  return figures;
}

function computeLiquidations(position: Position): Known<readonly LiquidationDistance[]> {
  const rules = rulesOf(position);
  const { healthFactor } = rules.computeEvaluation(position);
  if (!healthFactor.known) return healthFactor;
  const assets = new Map(rules.listLegs(position).map(({ asset }) => [asset.id, asset]));
  const found = rules.computeLiquidationPrices(position).alone.flatMap((price) => {
    const asset = assets.get(price.assetId);
    return price.exists && asset ? [{ ...price, asset }] : [];
  });
  return known(
    rankNearest(found).map(({ asset, direction, distance }) => ({
      asset: asset.id,
      name: asset.symbol,
      left: direction === 'below' ? negateRational(distance) : distance,
    })),
  );
}

function readLiquidations(position: Position): Known<readonly LiquidationDistance[]> {
  const before = liquidations.get(position);
  if (before) return before;
  const computed = computeLiquidations(position);
  liquidations.set(position, computed);
  return computed;
}

/** Exact: amount · answer; below 0 where owed. */
function computeValue({ side, amount, asset, price }: Leg): Known<Rational> {
  const { answer, decimals, problem } = price;
  if (problem !== undefined || answer === undefined || answer <= 0n) {
    return unknown('price-invalid', `The price of ${asset.symbol} cannot be used.`);
  }
  const value = multiplyRational(rational(amount, powerOfTen(asset.decimals)), rational(answer, powerOfTen(decimals)));
  return known(side === 'debt' ? negateRational(value) : value);
}

function computeExposures(position: Position): readonly SubjectExposure[] {
  const legs = rulesOf(position).listLegs(position);
  return [...new Map(legs.map(({ asset }) => [asset.id, asset])).values()].map((asset): SubjectExposure => {
    const values = legs.filter((leg) => leg.asset.id === asset.id).map(computeValue);
    const missing = values.find((value) => !value.known);
    const value =
      missing ?? known(reduceRational(sumRational(values.flatMap((each) => (each.known ? each.value : [])))));
    return { asset: asset.id, name: asset.symbol, value };
  });
}

/** Whole seconds of the earlier estimate, rounded down. */
function computeSeconds(position: Position): Known<Rational | null> {
  const book = actionsOf(position).toBook(position);
  if (!book.known) return book;
  const { position: inBook, prices } = book.value;
  const time = computeTimeToLiquidation(inBook, modelById(position.venue).describeEdge(inBook), prices);
  if (time.exists) {
    const seconds = Math.min(Math.floor(time.earliestSeconds), Number.MAX_SAFE_INTEGER);
    return known(rational(BigInt(seconds)));
  }
  switch (time.reason) {
    case 'already-liquidatable':
      return known(rational(0n));
    case 'rate-unknown':
      return unknown('read-failed', time.text);
    case 'no-debt':
    case 'no-rate':
      return known(null);
  }
}

/**
 * A position that was read from chain as conditions see it: the figures that its row shows, by the venue's own rules and integers. Each is worked
 * out when it is first asked for; those at the oracle's prices once a reading.
 */
export class ChainPosition implements SubjectPosition {
  readonly id: string;
  private market: SubjectFigures | undefined;

  constructor(
    private readonly position: Position,
    readonly name: string,
    private readonly world: Pick<World, 'blind' | 'marketPrices' | 'nowMs'>,
  ) {
    this.id = position.id;
  }

  get atOracle(): SubjectFigures {
    const { blind } = this.world;
    return blind ? toBlindFigures(blind) : readFigures(this.position);
  }

  get atMarket(): SubjectFigures {
    const { blind } = this.world;
    this.market ??= blind
      ? toBlindFigures(blind)
      : toFigures(rulesOf(this.position).computeEvaluation(this.position, toMarketOverride(this.world)));
    return this.market;
  }

  get liquidations(): Known<readonly LiquidationDistance[]> {
    return this.seen(() => readLiquidations(this.position));
  }

  get exposures(): Known<readonly SubjectExposure[]> {
    return this.seen(() => known(computeExposures(this.position)));
  }

  get secondsToLiquidation(): Known<Rational | null> {
    return this.seen(() => computeSeconds(this.position));
  }

  private seen<T>(compute: () => Known<T>): Known<T> {
    const { blind } = this.world;
    return blind ? { known: false, reason: blind } : compute();
  }
}
