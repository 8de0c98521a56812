import { type Client, parseAbi } from 'viem';
import { multicall, readContract } from 'viem/actions';
import { type Address, type AssetId, type Hash, parseAddress, toAssetId } from '@/lib/domain/asset';
import type { ChainConfig } from '@/lib/domain/chain';
import { type OracleWrite, toAggregatorRound } from '@/lib/domain/price';

const providerAbi = parseAbi([
  'function getPool() view returns (address)',
  'function getPriceOracle() view returns (address)',
]);
const poolAbi = parseAbi(['function getReservesList() view returns (address[])']);
const oracleAbi = parseAbi(['function getSourceOfAsset(address asset) view returns (address)']);
const morphoAbi = parseAbi([
  'function idToMarketParams(bytes32 id) view returns (address loanToken, address collateralToken, address oracle, address irm, uint256 lltv)',
]);
const morphoOracleAbi = parseAbi([
  'function BASE_FEED_1() view returns (address)',
  'function BASE_FEED_2() view returns (address)',
  'function QUOTE_FEED_1() view returns (address)',
  'function QUOTE_FEED_2() view returns (address)',
]);
const feedAbi = parseAbi([
  'function aggregator() view returns (address)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
  'function getRoundData(uint80 roundId) view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
]);

export interface KnownFeeds {
  /** Every asset a configured venue prices. */
  readonly assets: ReadonlySet<AssetId>;
  /** Contract whose logs tell of a write (a proxy's aggregator, else the feed itself) → the feed that venues read. */
  readonly emitters: ReadonlyMap<Address, Address>;
  /** What each feed says now and said before, where it answers. */
  readonly latest: readonly OracleWrite[];
}

const NOBODY: Address = '0x0000000000000000000000000000000000000000';

async function readAaveSources(client: Client, config: ChainConfig): Promise<readonly (readonly [Address, Address])[]> {
  const { aave, multicall3 } = config;
  if (!aave) return [];
  const [pool, oracle] = await multicall(client, {
    multicallAddress: multicall3,
    allowFailure: false,
    contracts: [
      { address: aave.addressesProvider, abi: providerAbi, functionName: 'getPool' },
      { address: aave.addressesProvider, abi: providerAbi, functionName: 'getPriceOracle' },
    ],
  });
  const reserves = await readContract(client, { address: pool, abi: poolAbi, functionName: 'getReservesList' });
  const sources = await multicall(client, {
    multicallAddress: multicall3,
    allowFailure: true,
    contracts: reserves.map((asset) => ({
      address: oracle,
      abi: oracleAbi,
      functionName: 'getSourceOfAsset' as const,
      args: [asset] as const,
    })),
  });
  return reserves.map((asset, index) => [
    parseAddress(asset),
    sources[index]?.status === 'success' ? parseAddress(sources[index].result) : NOBODY,
  ]);
}

async function readMorphoSources(
  client: Client,
  config: ChainConfig,
): Promise<{ readonly assets: readonly Address[]; readonly feeds: readonly Address[] }> {
  const { morpho, multicall3 } = config;
  if (!morpho) return { assets: [], feeds: [] };
  const found = await multicall(client, {
    multicallAddress: multicall3,
    allowFailure: true,
    contracts: morpho.marketIds.map((id) => ({
      address: morpho.address,
      abi: morphoAbi,
      functionName: 'idToMarketParams' as const,
      args: [id] as const,
    })),
  });
  const markets = found.flatMap(({ result }) => (result && parseAddress(result[2]) !== NOBODY ? [result] : []));
  const oracles = [...new Set(markets.map(([, , oracle]) => oracle))];
  const getters = ['BASE_FEED_1', 'BASE_FEED_2', 'QUOTE_FEED_1', 'QUOTE_FEED_2'] as const;
  const feeds = await multicall(client, {
    multicallAddress: multicall3,
    // An oracle of another build has none of these: its prices are still read, its writes are not announced.
    allowFailure: true,
    contracts: oracles.flatMap((address) =>
      getters.map((functionName) => ({ address, abi: morphoOracleAbi, functionName })),
    ),
  });
  return {
    assets: markets.flatMap(([loan, collateral]) => [parseAddress(loan), parseAddress(collateral)]),
    feeds: feeds.flatMap(({ result }) => (result ? [parseAddress(result)] : [])),
  };
}

/**
 * Finds every price feed the configured venues use, and what each says now, in a few bundled calls.
 * Throws what the client throws when the chain does not answer or the venue's contracts are not (yet) there.
 */
export async function readFeeds(client: Client, config: ChainConfig): Promise<KnownFeeds> {
  const [aave, morpho] = await Promise.all([readAaveSources(client, config), readMorphoSources(client, config)]);
  const feeds = [...new Set([...aave.map(([, source]) => source), ...morpho.feeds])].filter((feed) => feed !== NOBODY);
  const assets = new Set(
    [...aave.map(([asset]) => asset), ...morpho.assets].map((asset) => toAssetId(config.chainId, asset)),
  );
  const [aggregators, rounds] = await Promise.all([
    multicall(client, {
      multicallAddress: config.multicall3,
      allowFailure: true,
      contracts: feeds.map((address) => ({ address, abi: feedAbi, functionName: 'aggregator' as const })),
    }),
    multicall(client, {
      multicallAddress: config.multicall3,
      allowFailure: true,
      contracts: feeds.map((address) => ({ address, abi: feedAbi, functionName: 'latestRoundData' as const })),
    }),
  ]);
  const latest = feeds.flatMap((feed, index) => {
    const round = rounds[index]?.result;
    return round ? [{ feed, id: round[0], answer: round[1], updatedAtSeconds: Number(round[3]) }] : [];
  });
  const earlier = await multicall(client, {
    multicallAddress: config.multicall3,
    // There is none before the first, none that is kept, or the feed does not tell.
    allowFailure: true,
    contracts: latest.map(({ feed, id }) => ({
      address: feed,
      abi: feedAbi,
      functionName: 'getRoundData' as const,
      args: [id > 0n ? id - 1n : 0n] as const,
    })),
  });
  return {
    assets,
    emitters: new Map(
      feeds.map((feed, index) => {
        const behind = aggregators[index]?.result;
        return [behind ? parseAddress(behind) : feed, feed];
      }),
    ),
    latest: latest.map(({ feed, id, answer, updatedAtSeconds }, index) => {
      const round = earlier[index]?.result;
      // Some feeds answer zeros for a round that never was.
      const before = round && round[3] > 0n ? { answer: round[1], updatedAtSeconds: Number(round[3]) } : undefined;
      return { feed, roundId: toAggregatorRound(id), answer, updatedAtSeconds, before };
    }),
  };
}

/** `AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt)`: keccak256 of its signature. */
export const ANSWER_UPDATED: Hash = '0x0559884fd3a460db3073b7fc896cc77986f16e378210ded43186175bf646fc5f';
