import type { AssetId } from '@/lib/domain/asset';
import type { MarketPrice, OraclePrice } from '@/lib/domain/price';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { floorRational, type Rational, rational } from '@/lib/units/rational';
import { type Position, rulesOf } from '@/lib/venues/registry';
import type { World } from '../world';
import { OracleFollower } from './oracle-follower';
import { PriceTracks } from './price-tracks';
import type { PriceMoment } from './walk-moments';

const MARKET_DECIMALS = 8;
const MARKET_UNIT = powerOfTen(MARKET_DECIMALS);
const MS = 1_000;

/** One oracle as some venue reads it, and its price of now. */
interface Oracle {
  readonly asset: AssetId;
  readonly follower: OracleFollower;
  /** `undefined` where it cannot be used. */
  readonly today: Rational | undefined;
  price: OraclePrice;
}

const keyOf = ({ venue }: Position, { assetId, feed }: OraclePrice): string => `${assetId} ${feed ?? venue}`;

const toRational = ({ answer, decimals, problem }: OraclePrice): Rational | undefined =>
  answer === undefined || answer <= 0n || problem ? undefined : rational(answer, powerOfTen(decimals));

function listOracles(positions: readonly Position[]): Map<string, Oracle> {
  const oracles = new Map<string, Oracle>();
  for (const position of positions) {
    for (const price of rulesOf(position).listPrices(position)) {
      const oracle = { asset: price.assetId, follower: new OracleFollower(price), today: toRational(price), price };
      oracles.set(keyOf(position, price), oracle);
    }
  }
  return oracles;
}

/** Lets positions go from moment to moment, each with what its oracles say there; what did not change stays the same object. */
class Walker {
  private readonly oracles: ReadonlyMap<string, Oracle>;
  private readonly tracks = new PriceTracks();
  private positions: ReadonlyMap<string, Position> = new Map();

  constructor(private readonly base: World) {
    this.positions = base.positions;
    this.oracles = listOracles([...base.positions.values()]);
  }

  step({ atMs, market, oracle }: PriceMoment): World {
    const marketPrices = new Map<AssetId, MarketPrice>();
    const changed = new Set<OraclePrice>();
    for (const each of this.oracles.values()) {
      const recorded = oracle.get(each.asset);
      const traded = market.get(each.asset) ?? recorded ?? each.today;
      if (!traded) continue;
      const before = each.price;
      each.price = recorded ? each.follower.repeat(recorded, atMs) : each.follower.follow(traded, atMs);
      if (each.price !== before) changed.add(each.price);
      if (!marketPrices.has(each.asset)) this.record(each, traded, atMs);
      marketPrices.set(each.asset, toMarketPrice(each.asset, traded, atMs));
    }
    if (changed.size > 0)
      this.positions = new Map([...this.positions].map(([id, one]) => [id, this.move(one, changed)]));
    const timestampSeconds = Math.floor(atMs / MS);
    const block = this.base.block && { ...this.base.block, timestampSeconds };
    return { ...this.base, block, positions: this.positions, marketPrices, nowMs: atMs, prices: this.tracks };
  }

  private move(position: Position, changed: ReadonlySet<OraclePrice>): Position {
    const rules = rulesOf(position);
    const current = (price: OraclePrice): OraclePrice => this.oracles.get(keyOf(position, price))?.price ?? price;
    const isTouched = rules.listPrices(position).some((price) => changed.has(current(price)));
    return isTouched ? rules.replacePrices(position, current) : position;
  }

  /** Of several oracles of one asset the first is remembered; their windows differ by less than their thresholds. */
  private record({ asset, price }: Oracle, traded: Rational, atMs: number): void {
    this.tracks.add(asset, 'market', { atMs, price: traded });
    const answered = toRational(price);
    if (answered) this.tracks.add(asset, 'oracle', { atMs, price: answered });
  }
}

const toMarketPrice = (assetId: AssetId, price: Rational, atMs: number): MarketPrice => ({
  assetId,
  answer: floorRational(price, MARKET_UNIT),
  observedAtMs: atMs,
  receivedAtMs: atMs,
  source: 'series',
});

/**
 * The world of each moment of a series: the positions of `base` with the balances they have now, at the prices of that moment. Where the series tells
 * an oracle's own answers they stand; else the oracle follows the market (`OracleFollower`). An asset of which nothing is told stays at its
 * oracle's price of now, and its market with it. Moments rise.
 */
export function* walkWorlds(base: World, moments: Iterable<PriceMoment>): Generator<World, void> {
  const walker = new Walker(base);
  for (const moment of moments) yield walker.step(moment);
}
