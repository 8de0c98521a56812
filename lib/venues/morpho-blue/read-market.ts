import type { Abi, PublicClient } from 'viem';
import { policy } from '@/lib/config/policy';
import { type Address, type Asset, type Hash, toAssetId } from '@/lib/domain/asset';
import type { ChainConfig } from '@/lib/domain/chain';
import { parseBigint, parseCount, parseText } from '../answers';
import { readMany } from '../read-many';
import type { ContractAnswer, ContractRead } from '../reader';
import { feedAbi, morphoAbi, oracleAbi, tokenAbi } from './abi';
import { parseOptionalAddress, parseParams, parseTotals } from './answers';
import type { FeedConfig, MarketConfig, MorphoMarkets, OracleConfig, SideConfig, VaultConfig } from './market-config';
import type { MarketParams, MarketTotals } from './state';

/** Asks `functionName` of `address`; the answers of one round are kept under both names. */
type Ask = readonly [address: Address, functionName: string, abi: Abi, args?: readonly unknown[]];
type Lookup = (address: Address, functionName: string) => ContractAnswer | undefined;

async function askAll(client: PublicClient, multicall3: Address, asks: readonly Ask[]): Promise<Lookup> {
  const unique = new Map<string, ContractRead>();
  for (const [address, functionName, abi, args] of asks) {
    unique.set(`${address}.${functionName}`, { address, functionName, abi, ...(args ? { args } : {}) });
  }
  const answers = await readMany(client, multicall3, [...unique.values()]);
  const byKey = new Map([...unique.keys()].map((key, index) => [key, answers[index]]));
  return (address, functionName) => byKey.get(`${address}.${functionName}`);
}

const ORACLE_GETTERS = [
  'SCALE_FACTOR',
  'BASE_VAULT',
  'BASE_VAULT_CONVERSION_SAMPLE',
  'BASE_FEED_1',
  'BASE_FEED_2',
  'QUOTE_VAULT',
  'QUOTE_VAULT_CONVERSION_SAMPLE',
  'QUOTE_FEED_1',
  'QUOTE_FEED_2',
] as const;

/** What an oracle's getters say of one side, before feeds and vault are asked. */
interface RawSide {
  readonly vault: Address | 'none';
  readonly sample: bigint;
  readonly feeds: readonly Address[];
}

/** `undefined` when a getter is missing, or when one feed stands twice on one side: a structure this reader does not take apart. */
function parseSide(lookup: Lookup, oracle: Address, name: 'BASE' | 'QUOTE'): RawSide | undefined {
  const vault = parseOptionalAddress(lookup(oracle, `${name}_VAULT`));
  const sample = parseBigint(lookup(oracle, `${name}_VAULT_CONVERSION_SAMPLE`));
  const first = parseOptionalAddress(lookup(oracle, `${name}_FEED_1`));
  const second = parseOptionalAddress(lookup(oracle, `${name}_FEED_2`));
  if (vault === undefined || !sample || first === undefined || second === undefined) return undefined;
  const feeds = [first, second].filter((feed) => feed !== 'none');
  return new Set(feeds).size === feeds.length ? { vault, sample, feeds } : undefined;
}

function toFeed(lookup: Lookup, address: Address): FeedConfig | undefined {
  const decimals = parseCount(lookup(address, 'decimals'));
  if (decimals === undefined) return undefined;
  return {
    address,
    decimals,
    inDollars: /\bUSD$/i.test(parseText(lookup(address, 'description')) ?? ''),
    heartbeatSeconds: parseCount(lookup(address, 'heartbeat')) ?? policy.oracle.defaultHeartbeatSeconds,
    deviationBps: parseCount(lookup(address, 'deviationBps')),
  };
}

function toSide(raw: RawSide, feeds: Lookup, vaultDecimals: ReadonlyMap<Address, number>): SideConfig | undefined {
  const configured = raw.feeds.map((feed) => toFeed(feeds, feed));
  if (configured.some((feed) => feed === undefined)) return undefined;
  let vault: VaultConfig | undefined;
  if (raw.vault !== 'none') {
    const assetDecimals = vaultDecimals.get(raw.vault);
    if (assetDecimals === undefined) return undefined;
    vault = { address: raw.vault, sample: raw.sample, assetDecimals };
  }
  return { vault, feeds: configured.filter((feed) => feed !== undefined) };
}

const shortAddress = (address: Address): string => `${address.slice(0, 6)}…${address.slice(-4)}`;

function toAsset(lookup: Lookup, chainId: number, address: Address): Asset | undefined {
  const decimals = parseCount(lookup(address, 'decimals'));
  if (decimals === undefined) return undefined;
  const symbol = parseText(lookup(address, 'symbol')) ?? shortAddress(address);
  return { id: toAssetId(chainId, address), chainId, address, symbol, decimals };
}

interface KnownMarket {
  readonly id: Hash;
  readonly params: MarketParams;
  readonly seen: MarketTotals;
}

/** Which markets exist, their parameters and totals. */
async function readParams(
  client: PublicClient,
  multicall3: Address,
  contract: Address,
  ids: readonly Hash[],
): Promise<{ readonly markets: readonly KnownMarket[]; readonly problems: readonly string[] }> {
  const read = (functionName: string, id: Hash): ContractRead => ({
    address: contract,
    abi: morphoAbi,
    functionName,
    args: [id],
  });
  const answers = await readMany(
    client,
    multicall3,
    ids.flatMap((id) => [read('idToMarketParams', id), read('market', id)]),
  );
  const markets: KnownMarket[] = [];
  const problems: string[] = [];
  for (const [index, id] of ids.entries()) {
    const params = parseParams(answers[2 * index]);
    const seen = parseTotals(answers[2 * index + 1]);
    if (params && seen) markets.push({ id, params, seen });
    else problems.push(`Morpho Blue at ${shortAddress(contract)} knows no market ${id.slice(0, 10)}….`);
  }
  return { markets, problems };
}

/**
 * Reads what changes rarely of the configured markets: parameters, tokens, and the structure of each oracle with its feeds and vaults, in
 * two calls, four where vaults stand in between. `undefined` where the configuration names no Morpho.
 *
 * A market the contract does not know, or whose token tells no decimals, is left out with a sentence; an oracle of another build keeps
 * its `price()` and loses the rest. Errors: whatever the client throws when the node does not answer.
 */
export async function readMarket(client: PublicClient, config: ChainConfig): Promise<MorphoMarkets | undefined> {
  const { morpho, multicall3, chainId } = config;
  if (!morpho) return undefined;
  const { markets: found, problems: unknownMarkets } = await readParams(
    client,
    multicall3,
    morpho.address,
    morpho.marketIds,
  );

  const first = await askAll(
    client,
    multicall3,
    found.flatMap(({ params }): Ask[] => [
      ...[params.loanToken, params.collateralToken].flatMap((token): Ask[] => [
        [token, 'symbol', tokenAbi],
        [token, 'decimals', tokenAbi],
      ]),
      ...ORACLE_GETTERS.map((getter): Ask => [params.oracle, getter, oracleAbi]),
    ]),
  );
  const sides = found.map(({ params }) => ({
    base: parseSide(first, params.oracle, 'BASE'),
    quote: parseSide(first, params.oracle, 'QUOTE'),
  }));
  const rawSides = sides.flatMap(({ base, quote }) => (base && quote ? [base, quote] : []));
  const second = await askAll(
    client,
    multicall3,
    rawSides.flatMap(({ feeds, vault }): Ask[] => [
      ...feeds.flatMap((feed): Ask[] => [
        [feed, 'decimals', feedAbi],
        [feed, 'description', feedAbi],
        [feed, 'heartbeat', feedAbi],
        [feed, 'deviationBps', feedAbi],
      ]),
      ...(vault === 'none' ? [] : [[vault, 'asset', tokenAbi] satisfies Ask]),
    ]),
  );
  const vaultAssets = rawSides.flatMap(({ vault }) => {
    const asset = vault === 'none' ? undefined : parseOptionalAddress(second(vault, 'asset'));
    return vault === 'none' || asset === undefined || asset === 'none' ? [] : [{ vault, asset }];
  });
  const third = await askAll(
    client,
    multicall3,
    vaultAssets.map(({ asset }): Ask => [asset, 'decimals', tokenAbi]),
  );
  const vaultDecimals = new Map<Address, number>();
  for (const { vault, asset } of vaultAssets) {
    const decimals = parseCount(third(asset, 'decimals'));
    if (decimals !== undefined) vaultDecimals.set(vault, decimals);
  }

  const markets: MarketConfig[] = [];
  const problems = [...unknownMarkets];
  for (const [index, { id, params, seen }] of found.entries()) {
    const loan = toAsset(first, chainId, params.loanToken);
    const collateral = toAsset(first, chainId, params.collateralToken);
    if (!loan || !collateral) {
      problems.push(`A token of the Morpho market ${id.slice(0, 10)}… tells no decimals.`);
      continue;
    }
    const oracle = toOracle(first, params.oracle, sides[index], second, vaultDecimals);
    markets.push({ id, params, seen, loan, collateral, oracle });
  }
  return { contract: morpho.address, multicall3, markets, problems };
}

function toOracle(
  getters: Lookup,
  address: Address,
  raw: { readonly base: RawSide | undefined; readonly quote: RawSide | undefined } | undefined,
  feeds: Lookup,
  vaultDecimals: ReadonlyMap<Address, number>,
): OracleConfig | undefined {
  const scaleFactor = parseBigint(getters(address, 'SCALE_FACTOR'));
  const base = raw?.base && toSide(raw.base, feeds, vaultDecimals);
  const quote = raw?.quote && toSide(raw.quote, feeds, vaultDecimals);
  return scaleFactor && base && quote ? { scaleFactor, base, quote } : undefined;
}
