import { decodeFunctionResult, zeroAddress } from 'viem';
import * as z from 'zod/mini';
import type { Address } from '@/lib/domain/asset';
import { tokenAmount, WAD, wad } from '@/lib/units/fixed';
import { parseBigint, parseRound, type RoundAnswer } from '../answers';
import type { ContractAnswer, OwnerPositions, ReadContext } from '../reader';
import { morphoAbi } from './abi';
import { parseTotals, parseUser } from './answers';
import type { MarketConfig, MorphoMarkets, OracleConfig } from './market-config';
import { computeOracleSide, isInDollars } from './oracle-side';
import { keys, planRound } from './plan';
import type { MarketTotals, MorphoMarket, MorphoOracle, MorphoPosition } from './state';

type Lookup = ReadonlyMap<string, ContractAnswer>;

/** The shown rate is asked with the totals of the last market read; past these bounds that is done again. */
const STALE_UTILISATION_WAD = WAD / 1000n;
const STALE_SECONDS = 600;

const resultsSchema = z.array(z.object({ success: z.boolean(), returnData: z.templateLiteral(['0x', z.string()]) }));

function decodeTotals(data: `0x${string}`): MarketTotals | undefined {
  try {
    return parseTotals({ ok: true, value: decodeFunctionResult({ abi: morphoAbi, functionName: 'market', data }) });
  } catch {
    return undefined;
  }
}

/** The totals before and after the contract accrued interest; `undefined` when it could not. */
export function decodeAccrual(
  answer: ContractAnswer | undefined,
): { readonly stored: MarketTotals; readonly accrued: MarketTotals } | undefined {
  if (!answer?.ok) return undefined;
  const parsed = resultsSchema.safeParse(answer.value);
  if (!parsed.success) return undefined;
  const [before, accrual, after] = parsed.data;
  if (!before?.success || !accrual?.success || !after?.success) return undefined;
  const [stored, accrued] = [decodeTotals(before.returnData), decodeTotals(after.returnData)];
  return stored && accrued ? { stored, accrued } : undefined;
}

/** Borrowed part of what is supplied, 18 decimals, rounded down; 0 in an empty market. */
const computeUtilisation = ({ totalBorrowAssets, totalSupplyAssets }: MarketTotals): bigint =>
  totalSupplyAssets === 0n ? 0n : (totalBorrowAssets * WAD) / totalSupplyAssets;

/** The market moved so far since it was read that the rate shown would be off. An older block than the one read then is no change. */
function isStale(seen: MarketTotals, stored: MarketTotals): boolean {
  const drift = computeUtilisation(stored) - computeUtilisation(seen);
  const movedBy = drift < 0n ? -drift : drift;
  const elapsed = stored.lastUpdateSeconds - seen.lastUpdateSeconds;
  return elapsed > STALE_SECONDS || (elapsed >= 0 && movedBy > STALE_UTILISATION_WAD);
}

function decodeOracle(market: MarketConfig, config: OracleConfig | undefined, lookup: Lookup): MorphoOracle {
  const address = market.params.oracle;
  const answer = parseBigint(lookup.get(keys.price(market.id)));
  if (!config) return { address, answer, parts: undefined };
  const { base, quote, scaleFactor } = config;
  const rounds = new Map<Address, RoundAnswer>();
  for (const feed of [...base.feeds, ...quote.feeds]) {
    const round = parseRound(lookup.get(keys.feed(feed.address)));
    if (round) rounds.set(feed.address, round);
  }
  const read = (side: 'base' | 'quote') => ({
    rounds,
    vaultAssets: parseBigint(lookup.get(keys.vault(market.id, side))),
  });
  return {
    address,
    answer,
    parts: {
      scaleFactor,
      base: computeOracleSide(market.collateral, base, read('base'), isInDollars(quote)),
      quote: computeOracleSide(market.loan, quote, read('quote'), isInDollars(base)),
    },
  };
}

interface DecodedMarket {
  readonly market: MorphoMarket;
  readonly stale: boolean;
}

function decodeMarket(morpho: MorphoMarkets, config: MarketConfig, lookup: Lookup): DecodedMarket | undefined {
  const accrual = decodeAccrual(lookup.get(keys.accrual(config.id)));
  const borrowRate = config.params.irm === zeroAddress ? 0n : parseBigint(lookup.get(keys.rate(config.id)));
  if (!accrual || borrowRate === undefined) return undefined;
  return {
    market: {
      id: config.id,
      contract: morpho.contract,
      params: config.params,
      loan: config.loan,
      collateral: config.collateral,
      oracle: decodeOracle(config, config.oracle, lookup),
      totals: accrual.accrued,
      borrowRate: wad(borrowRate),
    },
    stale: isStale(config.seen, accrual.stored),
  };
}

/**
 * Positions of the owners from the answers of one round, in the order `planRound` asked. Whoever only lends in a market has no collateral
 * position there. A market that could not be read is named to those owners of whom it is not known that they have nothing in it;
 * one that the contract does not know at all is named once.
 */
export function decode(
  morpho: MorphoMarkets,
  owners: readonly Address[],
  answers: readonly ContractAnswer[],
  context: ReadContext,
): {
  readonly owners: readonly OwnerPositions<MorphoPosition>[];
  readonly problems: readonly string[];
  readonly marketChanged: boolean;
} {
  const lookup = new Map<string, ContractAnswer>();
  for (const [index, { key }] of planRound(morpho, owners).entries()) {
    const answer = answers[index];
    if (answer) lookup.set(key, answer);
  }
  const decoded = morpho.markets.map((config) => ({ config, read: decodeMarket(morpho, config, lookup) }));

  const findPositions = (owner: Address): OwnerPositions<MorphoPosition> => {
    const positions: MorphoPosition[] = [];
    const problems: string[] = [];
    for (const { config, read } of decoded) {
      const user = parseUser(lookup.get(keys.user(config.id, owner)));
      if (user && user.collateral === 0n && user.borrowShares === 0n) continue;
      if (!user || !read) {
        const name = `${config.collateral.symbol}/${config.loan.symbol}`;
        problems.push(`The Morpho market ${name} could not be read.`);
        continue;
      }
      positions.push({
        id: `morpho-blue~${context.identity.chainId}~${config.id}~${owner}`,
        venue: 'morpho-blue',
        chain: context.identity,
        owner,
        block: context.block,
        market: read.market,
        collateral: tokenAmount(user.collateral),
        borrowShares: user.borrowShares,
        supplyShares: user.supplyShares,
      });
    }
    return problems.length > 0 ? { owner, positions, problem: problems.join(' ') } : { owner, positions };
  };
  // A market that was not there may be by now: a chain that has just started is still deploying.
  const marketChanged = morpho.problems.length > 0 || decoded.some(({ read }) => read?.stale === true);
  return { owners: owners.map(findPositions), problems: morpho.problems, marketChanged };
}
