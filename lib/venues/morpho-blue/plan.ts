import { type Abi, encodeFunctionData, zeroAddress } from 'viem';
import type { Address, Hash } from '@/lib/domain/asset';
import { multicall3Abi } from '../multicall';
import type { ContractRead } from '../reader';
import { feedAbi, irmAbi, morphoAbi, oracleAbi, tokenAbi } from './abi';
import type { MarketConfig, MorphoMarkets } from './market-config';
import type { MarketTotals } from './state';

/** One read of a round, under a name that `decode` finds its answer by. */
export interface PlannedRead {
  readonly key: string;
  readonly read: ContractRead;
}

export const keys = {
  accrual: (id: Hash) => `accrual:${id}`,
  rate: (id: Hash) => `rate:${id}`,
  price: (id: Hash) => `price:${id}`,
  vault: (id: Hash, side: 'base' | 'quote') => `vault:${id}:${side}`,
  feed: (feed: Address) => `feed:${feed}`,
  user: (id: Hash, owner: Address) => `user:${id}:${owner}`,
};

const toStruct = (totals: MarketTotals) => ({
  totalSupplyAssets: totals.totalSupplyAssets,
  totalSupplyShares: totals.totalSupplyShares,
  totalBorrowAssets: totals.totalBorrowAssets,
  totalBorrowShares: totals.totalBorrowShares,
  lastUpdate: BigInt(totals.lastUpdateSeconds),
  fee: totals.fee,
});

/** The rate model's answer for these totals at the block's time. */
export const planRate = (market: Pick<MarketConfig, 'params'>, totals: MarketTotals): ContractRead => ({
  address: market.params.irm,
  abi: irmAbi,
  functionName: 'borrowRateView',
  args: [market.params, toStruct(totals)],
});

/**
 * The market's totals as stored, and after the contract itself accrued interest to the block's time. The three calls stand in a multicall
 * of their own, so that nothing comes between them however a round is bundled; nothing is written, since all of it is an `eth_call`.
 */
export function planAccrual(contract: Address, multicall3: Address, market: Pick<MarketConfig, 'id' | 'params'>) {
  const totals = encodeFunctionData({ abi: morphoAbi, functionName: 'market', args: [market.id] });
  const accrue = encodeFunctionData({ abi: morphoAbi, functionName: 'accrueInterest', args: [market.params] });
  const calls = [totals, accrue, totals].map((callData) => ({ target: contract, allowFailure: true, callData }));
  return { address: multicall3, abi: multicall3Abi as Abi, functionName: 'aggregate3', args: [calls] };
}

function planMarket(morpho: MorphoMarkets, market: MarketConfig): readonly PlannedRead[] {
  const { id, params, oracle } = market;
  const reads: PlannedRead[] = [
    { key: keys.accrual(id), read: planAccrual(morpho.contract, morpho.multicall3, market) },
    { key: keys.price(id), read: { address: params.oracle, abi: oracleAbi, functionName: 'price' } },
  ];
  if (params.irm !== zeroAddress) reads.push({ key: keys.rate(id), read: planRate(market, market.seen) });
  for (const side of ['base', 'quote'] as const) {
    const vault = oracle?.[side].vault;
    if (!vault) continue;
    const read = { address: vault.address, abi: tokenAbi, functionName: 'convertToAssets', args: [vault.sample] };
    reads.push({ key: keys.vault(id, side), read });
  }
  return reads;
}

/** Every call that the positions of the owners need, in a fixed order: markets, feeds once each, then a position per owner and market. */
export function planRound(morpho: MorphoMarkets, owners: readonly Address[]): readonly PlannedRead[] {
  const feeds = new Set(
    morpho.markets.flatMap(({ oracle }) =>
      oracle ? [...oracle.base.feeds, ...oracle.quote.feeds].map(({ address }) => address) : [],
    ),
  );
  return [
    ...morpho.markets.flatMap((market) => planMarket(morpho, market)),
    ...[...feeds].map((address) => ({
      key: keys.feed(address),
      read: { address, abi: feedAbi, functionName: 'latestRoundData' },
    })),
    ...owners.flatMap((owner) =>
      morpho.markets.map(({ id }) => ({
        key: keys.user(id, owner),
        read: { address: morpho.contract, abi: morphoAbi, functionName: 'position', args: [id, owner] },
      })),
    ),
  ];
}
