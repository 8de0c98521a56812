import type { Address } from '@/lib/domain/asset';
import type { ContractRead } from '../reader';
import { addressesProviderAbi, feedAbi, oracleAbi, poolAbi, tokenAbi, uiPoolDataProviderAbi } from './abi';
import type { AaveMarket } from './market-config';

/** Calls asked of each reserve, in order; a reserve without a feed is asked the oracle's price in the feed's place. */
export const READS_PER_RESERVE = 6;
/** Calls of the market as a whole, in order: pool, oracle, list, efficiency modes. */
export const READS_PER_MARKET = 4;

/** Calls asked of each owner: one, or two and two per reserve where the pool's list has gaps. */
export const countOwnerReads = (market: AaveMarket): number => (market.compact ? 1 : 2 + 2 * market.reserves.length);

function planOwner(market: AaveMarket, owner: Address): readonly ContractRead[] {
  const { pool, uiPoolDataProvider, addressesProvider, reserves } = market;
  if (market.compact) {
    return [
      {
        address: uiPoolDataProvider,
        abi: uiPoolDataProviderAbi,
        functionName: 'getUserReservesData',
        args: [addressesProvider, owner],
      },
    ];
  }
  return [
    { address: pool, abi: poolAbi, functionName: 'getUserConfiguration', args: [owner] },
    { address: pool, abi: poolAbi, functionName: 'getUserEMode', args: [owner] },
    ...reserves.flatMap(({ aToken, variableDebtToken }) =>
      [aToken, variableDebtToken].map((address) => ({
        address,
        abi: tokenAbi,
        functionName: 'scaledBalanceOf',
        args: [owner],
      })),
    ),
  ];
}

/** Every call of one round, in the order in which `decode` takes the answers: the market, each reserve, each owner. */
export function planReads(market: AaveMarket, owners: readonly Address[]): readonly ContractRead[] {
  if (market.problem !== undefined) return [];
  const { addressesProvider, pool, oracle, uiPoolDataProvider } = market;
  return [
    { address: addressesProvider, abi: addressesProviderAbi, functionName: 'getPool' },
    { address: addressesProvider, abi: addressesProviderAbi, functionName: 'getPriceOracle' },
    { address: pool, abi: poolAbi, functionName: 'getReservesList' },
    { address: uiPoolDataProvider, abi: uiPoolDataProviderAbi, functionName: 'getEModes', args: [addressesProvider] },
    ...market.reserves.flatMap(({ asset, feed, aToken, variableDebtToken }): ContractRead[] => {
      const price: ContractRead = {
        address: oracle,
        abi: oracleAbi,
        functionName: 'getAssetPrice',
        args: [asset.address],
      };
      return [
        { address: pool, abi: poolAbi, functionName: 'getReserveData', args: [asset.address] },
        price,
        { address: oracle, abi: oracleAbi, functionName: 'getSourceOfAsset', args: [asset.address] },
        feed ? { address: feed, abi: feedAbi, functionName: 'latestRoundData' } : price,
        { address: aToken, abi: tokenAbi, functionName: 'totalSupply' },
        { address: variableDebtToken, abi: tokenAbi, functionName: 'totalSupply' },
      ];
    }),
    ...owners.flatMap((owner) => planOwner(market, owner)),
  ];
}
