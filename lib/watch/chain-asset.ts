import type { Asset } from '@/lib/domain/asset';
import { isPegged } from '@/lib/domain/asset-family';
import { type Known, known, type UnknownReason, unknown } from '@/lib/domain/known';
import type { OraclePrice } from '@/lib/domain/price';
import { ONE } from '@/lib/risk/liquidation/book-values';
import type { PriceExtremes, PriceSource, SubjectAsset, SubjectMarket, SubjectPrice } from '@/lib/triggers/subject';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { type Rational, rational } from '@/lib/units/rational';
import { readMarketPrice } from './market-prices';
import type { World } from './world';

const MS = 1_000n;

/** Of a price of which nothing is known. */
export const toBlindPrice = (reason: UnknownReason): SubjectPrice => {
  const figure: Known<never> = { known: false, reason };
  return { price: figure, ageSeconds: figure, computeExtremes: () => figure };
};

function readExtremes(
  world: World,
  asset: Asset,
  source: PriceSource,
  price: Known<Rational>,
): SubjectPrice['computeExtremes'] {
  return (windowSeconds): Known<PriceExtremes> => {
    if (!price.known) return price;
    const found = world.prices.computeExtremes(asset.id, source, windowSeconds, world.nowMs, price.value);
    return found ? known(found) : unknown('not-read-yet', `Nothing of the price of ${asset.symbol} is recorded yet.`);
  };
}

/** The oracle's answer, exact; 0 and below are unknown. */
export function readOraclePrice({ answer, decimals, problem }: OraclePrice, name: string): Known<Rational> {
  if (problem === 'missing' || answer === undefined)
    return unknown('price-missing', `The price of ${name} is not read.`);
  if (problem === 'invalid' || answer <= 0n) return unknown('price-invalid', `The price of ${name} cannot be used.`);
  return known(rational(answer, powerOfTen(decimals)));
}

function toOracle(world: World, asset: Asset, oracle: OraclePrice): SubjectPrice {
  const { blind, block } = world;
  if (blind) return toBlindPrice(blind);
  const price = readOraclePrice(oracle, asset.symbol);
  const { updatedAtSeconds } = oracle;
  const ageSeconds: Known<Rational> =
    updatedAtSeconds === undefined || !block
      ? unknown('price-missing', `The oracle of ${asset.symbol} does not tell when it was written.`)
      : known(rational(BigInt(Math.max(0, block.timestampSeconds - updatedAtSeconds))));
  return { price, ageSeconds, computeExtremes: readExtremes(world, asset, 'oracle', price) };
}

function toMarket(world: World, asset: Asset): SubjectPrice {
  const price = readMarketPrice(world, asset.id, asset.symbol);
  const seen = world.marketPrices.get(asset.id);
  const ageSeconds = seen
    ? known(rational(BigInt(Math.max(0, Math.floor(world.nowMs - seen.receivedAtMs))), MS))
    : unknown('market-price-missing', `No market price for ${asset.symbol}.`);
  return { price, ageSeconds, computeExtremes: readExtremes(world, asset, 'market', price) };
}

/** An asset with the oracle that a position depends on, as conditions see it. Each price is worked out when it is first asked for. */
export class ChainAsset implements SubjectAsset {
  private readOracle: SubjectPrice | undefined;
  private readMarket: SubjectPrice | undefined;

  constructor(
    private readonly world: World,
    private readonly asset: Asset,
    private readonly price: OraclePrice,
    readonly isOwed: boolean,
    readonly markets: readonly SubjectMarket[],
  ) {}

  get id(): string {
    return this.asset.id;
  }

  get name(): string {
    return this.asset.symbol;
  }

  get oracle(): SubjectPrice {
    this.readOracle ??= toOracle(this.world, this.asset, this.price);
    return this.readOracle;
  }

  get market(): SubjectPrice {
    this.readMarket ??= toMarket(this.world, this.asset);
    return this.readMarket;
  }

  get heartbeatSeconds(): Known<number> {
    return known(this.price.heartbeatSeconds);
  }

  get pegTarget(): Rational | null {
    return isPegged(this.asset) ? ONE : null;
  }
}
