import type { Address } from '@/lib/domain/asset';
import { type OraclePrice, toAggregatorRound } from '@/lib/domain/price';
import { ray, tokenAmount } from '@/lib/units/fixed';
import { parseBigint, parseRound } from '../answers';
import type { ContractAnswer, OwnerPositions, ReadContext } from '../reader';
import { computeNormalizedDebt, computeNormalizedIncome } from './accrual';
import {
  parseAddresses,
  parseEModes,
  parseOptionalAddress,
  parseReserveData,
  parseUser,
  parseWord,
  type UserAnswer,
} from './answers';
import { parseReserveConfiguration } from './configuration';
import type { AaveMarket, ReserveConfig } from './market-config';
import { countOwnerReads, READS_PER_MARKET, READS_PER_RESERVE } from './plan';
import type { AaveHolding, AavePosition, AaveReserve, EModeCategory } from './state';

const BASE_DECIMALS = 8;

type Answers = readonly (ContractAnswer | undefined)[];

/**
 * What AaveOracle answers for a reserve, with the feed's round beside it. The oracle's word counts: it takes the feed's answer when that is
 * above 0 and asks its fallback otherwise, so a round that is not above 0 is not the one in force and its time is not told.
 */
function toOraclePrice(
  config: ReserveConfig,
  priceAnswer: ContractAnswer | undefined,
  roundAnswer: ContractAnswer | undefined,
): OraclePrice {
  const price = parseBigint(priceAnswer);
  const round = config.feed ? parseRound(roundAnswer) : undefined;
  const inForce = round !== undefined && round.answer > 0n;
  // The oracle reverts on a bad answer without a fallback: then the feed itself says what is wrong.
  const answer = price ?? (inForce ? undefined : round?.answer);
  return {
    assetId: config.asset.id,
    feed: config.feed,
    answer,
    decimals: BASE_DECIMALS,
    updatedAtSeconds: inForce || price === undefined ? round?.updatedAtSeconds : undefined,
    roundId: inForce || price === undefined ? round?.roundId : undefined,
    rounds:
      config.feed && inForce
        ? [{ feed: config.feed, answer: round.answer, roundId: toAggregatorRound(round.roundId) }]
        : [],
    heartbeatSeconds: config.heartbeatSeconds,
    deviationBps: config.deviationBps,
    problem: answer === undefined ? 'missing' : answer <= 0n ? 'invalid' : undefined,
  };
}

const toAmount = (answer: ContractAnswer | undefined) => {
  const amount = parseBigint(answer);
  return amount === undefined ? undefined : tokenAmount(amount);
};

function toReserve(config: ReserveConfig, answers: Answers, nowSeconds: number): AaveReserve | undefined {
  const [dataAnswer, priceAnswer, , roundAnswer, supplied, borrowed] = answers;
  const data = parseReserveData(dataAnswer);
  if (!data) return undefined;
  const { lastUpdateTimestamp: lastUpdateSeconds } = data;
  const [liquidityIndex, variableBorrowIndex] = [ray(data.liquidityIndex), ray(data.variableBorrowIndex)];
  const [liquidityRate, variableBorrowRate] = [ray(data.currentLiquidityRate), ray(data.currentVariableBorrowRate)];
  return {
    asset: config.asset,
    id: data.id,
    configuration: parseReserveConfiguration(data.configuration.data),
    liquidityIndex,
    variableBorrowIndex,
    liquidityRate,
    variableBorrowRate,
    lastUpdateSeconds,
    normalizedIncome: computeNormalizedIncome(liquidityIndex, liquidityRate, lastUpdateSeconds, nowSeconds),
    normalizedDebt: computeNormalizedDebt(variableBorrowIndex, variableBorrowRate, lastUpdateSeconds, nowSeconds),
    isolationModeTotalDebt: data.isolationModeTotalDebt,
    accruedToTreasury: data.accruedToTreasury,
    totalSupplied: toAmount(supplied),
    totalBorrowed: toAmount(borrowed),
    price: toOraclePrice(config, priceAnswer, roundAnswer),
  };
}

/** Flags and balances read one by one, where the pool's list has gaps: bit 2·id is the debt's, bit 2·id + 1 the collateral's. */
function parseScatteredUser(market: AaveMarket, answers: Answers): UserAnswer | undefined {
  const [wordAnswer, eModeAnswer, ...balances] = answers;
  const [word, eModeId] = [parseWord(wordAnswer), parseBigint(eModeAnswer)];
  if (word === undefined || eModeId === undefined) return undefined;
  const reserves: UserAnswer['reserves'][number][] = [];
  for (const [index, { asset, id }] of market.reserves.entries()) {
    const scaledSupply = parseBigint(balances[2 * index]);
    const scaledDebt = parseBigint(balances[2 * index + 1]);
    if (scaledSupply === undefined || scaledDebt === undefined) return undefined;
    if (scaledSupply === 0n && scaledDebt === 0n) continue;
    const usedAsCollateral = ((word >> BigInt(2 * id + 1)) & 1n) === 1n;
    reserves.push({ token: asset.address, scaledSupply, scaledDebt, usedAsCollateral });
  }
  return { eModeId: Number(eModeId), reserves };
}

interface MarketReading {
  readonly reserves: ReadonlyMap<Address, AaveReserve>;
  readonly market: readonly AaveReserve[];
  readonly symbols: ReadonlyMap<Address, string>;
  readonly eModes: ReadonlyMap<number, EModeCategory> | undefined;
}

function toPosition(
  market: AaveMarket,
  owner: Address,
  user: UserAnswer | undefined,
  reading: MarketReading,
  { identity, block }: ReadContext,
): OwnerPositions<AavePosition> {
  const problem = (text: string): OwnerPositions<AavePosition> => ({ owner, positions: [], problem: text });
  if (!user) return problem('The Aave account could not be read.');
  if (user.reserves.length === 0) return { owner, positions: [] };
  const holdings: AaveHolding[] = [];
  for (const { token, scaledSupply, scaledDebt, usedAsCollateral } of user.reserves) {
    const reserve = reading.reserves.get(token);
    if (!reserve) return problem(`The Aave reserve of ${reading.symbols.get(token) ?? token} could not be read.`);
    holdings.push({ reserve, scaledSupply, scaledDebt, usedAsCollateral });
  }
  const eMode = user.eModeId === 0 ? undefined : reading.eModes?.get(user.eModeId);
  if (user.eModeId !== 0 && !eMode) return problem(`The Aave efficiency mode ${user.eModeId} could not be read.`);
  const position: AavePosition = {
    id: `aave-v3~${identity.chainId}~${market.pool}~${owner}`,
    venue: 'aave-v3',
    chain: identity,
    owner,
    block,
    pool: market.pool,
    marketName: market.name,
    eMode,
    holdings,
    market: reading.market,
  };
  return { owner, positions: [position] };
}

/**
 * Positions of the owners from the answers of one round, in the order `planReads` asked, interest accrued to the block's timestamp. Owners
 * with nothing supplied or owed have none.
 *
 * `marketChanged`: pool, oracle, list of reserves or a price source is no longer what was read before. What could not be read is named to
 * the owners it concerns and to nobody else; a pool that cannot be read at all, once.
 */
export function decode(
  market: AaveMarket,
  owners: readonly Address[],
  answers: readonly ContractAnswer[],
  context: ReadContext,
): {
  readonly owners: readonly OwnerPositions<AavePosition>[];
  readonly problems: readonly string[];
  readonly marketChanged: boolean;
} {
  const { problem } = market;
  // Read again with the next round: a chain that has just started may still be deploying.
  if (problem !== undefined) {
    return { owners: owners.map((owner) => ({ owner, positions: [] })), problems: [problem], marketChanged: true };
  }
  const [pool, oracle, list, eModes] = answers;
  const tokens = parseAddresses(list);
  let changed =
    (parseOptionalAddress(pool) ?? market.pool) !== market.pool ||
    (parseOptionalAddress(oracle) ?? market.oracle) !== market.oracle ||
    (tokens !== undefined &&
      (tokens.length !== market.reserves.length ||
        tokens.some((token, index) => token !== market.reserves[index]?.asset.address)));

  const reserves = new Map<Address, AaveReserve>();
  for (const [index, config] of market.reserves.entries()) {
    const from = READS_PER_MARKET + index * READS_PER_RESERVE;
    const slice: Answers = answers.slice(from, from + READS_PER_RESERVE);
    const source = slice[2];
    if (source?.ok && parseOptionalAddress(source) !== config.feed) changed = true;
    const reserve = toReserve(config, slice, context.block.timestampSeconds);
    if (reserve) reserves.set(config.asset.address, reserve);
  }
  const reading: MarketReading = {
    reserves,
    market: [...reserves.values()],
    symbols: new Map(market.reserves.map(({ asset }) => [asset.address, asset.symbol])),
    eModes: parseEModes(eModes),
  };

  const perOwner = countOwnerReads(market);
  const start = READS_PER_MARKET + market.reserves.length * READS_PER_RESERVE;
  return {
    owners: owners.map((owner, index) => {
      const from = start + index * perOwner;
      const user = market.compact
        ? parseUser(answers[from])
        : parseScatteredUser(market, answers.slice(from, from + perOwner));
      return toPosition(market, owner, user, reading, context);
    }),
    problems: [],
    marketChanged: changed,
  };
}
