import type { Address, Asset } from '@/lib/domain/asset';
import { type OraclePrice, toAggregatorRound } from '@/lib/domain/price';
import { type Rational, rational } from '@/lib/units/rational';
import type { RoundAnswer } from '../answers';
import type { FeedConfig, SideConfig } from './market-config';
import type { OracleSide } from './state';

const BASE_DECIMALS = 8;
const power = (decimals: number): bigint => 10n ** BigInt(decimals);

/** What was read for a side at one block. */
export interface SideReading {
  readonly rounds: ReadonlyMap<Address, RoundAnswer>;
  /** `convertToAssets(sample)` of the vault, where there is one. */
  readonly vaultAssets: bigint | undefined;
}

const problemOf = (answer: bigint | undefined): OraclePrice['problem'] =>
  answer === undefined ? 'missing' : answer <= 0n ? 'invalid' : undefined;

/** One feed as it stands: its own answer, decimals and times. */
function toFeedPrice(asset: Asset, feed: FeedConfig, round: RoundAnswer | undefined): OraclePrice {
  return {
    assetId: asset.id,
    feed: feed.address,
    answer: round?.answer,
    decimals: feed.decimals,
    updatedAtSeconds: round?.updatedAtSeconds,
    roundId: round?.roundId,
    rounds: round ? [{ feed: feed.address, answer: round.answer, roundId: toAggregatorRound(round.roundId) }] : [],
    heartbeatSeconds: feed.heartbeatSeconds,
    deviationBps: feed.deviationBps,
    problem: problemOf(round?.answer),
  };
}

/** The feed whose promise runs out first speaks for the age of a composed price. */
function findOldest(prices: readonly OraclePrice[]): OraclePrice | undefined {
  const due = (price: OraclePrice) => (price.updatedAtSeconds ?? 0) + price.heartbeatSeconds;
  return prices.reduce<OraclePrice | undefined>(
    (oldest, price) => (!oldest || due(price) < due(oldest) ? price : oldest),
    undefined,
  );
}

/**
 * One side of an oracle's fraction from what was read.
 *
 * With a vault or two feeds the dollar price of a whole token is composed: product = vault's assets · feeds, and a whole token is
 * 10^tokenDecimals shares worth vaultAssets/sample each, so product = answer · sample · 10^(assetDecimals + Σ feed decimals) /
 * 10^(8 + tokenDecimals); `unit` is that factor and the answer its floor. A side whose last feed does not price in dollars keeps its
 * product and has no dollar price. A side without feeds and vault counts as 1: as one dollar where the other side is in dollars.
 */
export function computeOracleSide(
  asset: Asset,
  config: SideConfig,
  reading: SideReading,
  otherInDollars: boolean,
): OracleSide {
  const { vault, feeds } = config;
  const prices = feeds.map((feed) => toFeedPrice(asset, feed, reading.rounds.get(feed.address)));
  const addresses = feeds.map(({ address }) => address);
  const fixed = feeds.length === 0 && !vault;
  const inDollars = feeds.length > 0 ? feeds.at(-1)?.inDollars === true : otherInDollars;
  const conversion = vault ? reading.vaultAssets : 1n;
  const product = prices.reduce<bigint | undefined>(
    (factor, { answer }) => (factor === undefined || answer === undefined ? undefined : factor * answer),
    conversion,
  );

  const [only] = prices;
  if (only && prices.length === 1 && !vault && inDollars) {
    return { asset, price: only, product, unit: rational(1n), feeds: addresses, fixed };
  }

  const oldest = findOldest(prices);
  const exponent = feeds.reduce((sum, { decimals }) => sum + decimals, 0) + (vault?.assetDecimals ?? asset.decimals);
  const unit: Rational = rational((vault?.sample ?? 1n) * power(exponent), power(BASE_DECIMALS + asset.decimals));
  const answer = inDollars && product !== undefined ? (product * unit.denominator) / unit.numerator : undefined;
  const invalid = prices.some(({ problem }) => problem === 'invalid') || conversion === 0n;
  return {
    asset,
    price: {
      assetId: asset.id,
      feed: oldest?.feed,
      answer,
      decimals: BASE_DECIMALS,
      updatedAtSeconds: oldest?.updatedAtSeconds,
      roundId: oldest?.roundId,
      rounds: prices.flatMap(({ rounds }) => rounds),
      heartbeatSeconds: oldest?.heartbeatSeconds ?? 0,
      deviationBps: prices.length === 1 ? only?.deviationBps : undefined,
      problem: invalid ? 'invalid' : answer === undefined ? 'missing' : undefined,
    },
    product,
    unit: inDollars && !fixed ? unit : undefined,
    feeds: addresses,
    fixed,
  };
}

/** A side's price is in dollars: its last feed says so, or it has none and the oracle takes the token as 1 against a side in dollars. */
export const isInDollars = (config: SideConfig): boolean => config.feeds.at(-1)?.inDollars === true;
