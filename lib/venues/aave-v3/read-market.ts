import type { PublicClient } from 'viem';
import { policy } from '@/lib/config/policy';
import { type Address, toAssetId } from '@/lib/domain/asset';
import type { ChainConfig } from '@/lib/domain/chain';
import { BASE_UNIT } from '@/lib/units/fixed';
import { parseBigint, parseCount, parseText } from '../answers';
import { readMany } from '../read-many';
import type { ContractRead } from '../reader';
import { addressesProviderAbi, bytesTokenAbi, feedAbi, oracleAbi, poolAbi, tokenAbi } from './abi';
import { parseAddresses, parseBytesText, parseOptionalAddress, parseReserveData } from './answers';
import { parseReserveConfiguration } from './configuration';
import type { AaveMarket, ReserveConfig } from './market-config';

const NOWHERE: Address = `0x${'0'.repeat(40)}`;
const shortAddress = (address: Address): string => `${address.slice(0, 6)}…${address.slice(-4)}`;

/**
 * Reads what changes rarely of the configured pool: its reserves with tokens, symbols and feeds, in four calls. `undefined` where the
 * configuration names no Aave.
 *
 * A pool that cannot be read is a market with a problem, so that other venues are not blinded; a token without a readable symbol (text or
 * 32 bytes) goes by its short address. Errors: whatever the client throws when the node does not answer.
 */
export async function readMarket(client: PublicClient, config: ChainConfig): Promise<AaveMarket | undefined> {
  const { aave, multicall3, chainId } = config;
  if (!aave) return undefined;
  const { addressesProvider, uiPoolDataProvider } = aave;
  const ask = (reads: readonly ContractRead[]) => readMany(client, multicall3, reads);
  const unreadable = (problem: string): AaveMarket => ({
    addressesProvider,
    uiPoolDataProvider,
    pool: NOWHERE,
    oracle: NOWHERE,
    name: undefined,
    reserves: [],
    compact: true,
    problem,
  });

  const [poolAnswer, oracleAnswer, nameAnswer] = await ask(
    ['getPool', 'getPriceOracle', 'getMarketId'].map((functionName) => ({
      address: addressesProvider,
      abi: addressesProviderAbi,
      functionName,
    })),
  );
  const [pool, oracle] = [parseOptionalAddress(poolAnswer), parseOptionalAddress(oracleAnswer)];
  if (!pool || !oracle) return unreadable(`There is no Aave pool at ${shortAddress(addressesProvider)}.`);

  const [listAnswer, unitAnswer] = await ask([
    { address: pool, abi: poolAbi, functionName: 'getReservesList' },
    { address: oracle, abi: oracleAbi, functionName: 'BASE_CURRENCY_UNIT' },
  ]);
  const tokens = parseAddresses(listAnswer);
  if (!tokens) return unreadable(`The Aave pool at ${shortAddress(pool)} does not list its reserves.`);
  if (parseBigint(unitAnswer) !== BASE_UNIT) {
    return unreadable(`The Aave pool at ${shortAddress(pool)} does not count in dollars with 8 decimals.`);
  }

  const PER_TOKEN = 4;
  const details = await ask(
    tokens.flatMap((token): ContractRead[] => [
      { address: pool, abi: poolAbi, functionName: 'getReserveData', args: [token] },
      { address: token, abi: tokenAbi, functionName: 'symbol' },
      { address: token, abi: bytesTokenAbi, functionName: 'symbol' },
      { address: oracle, abi: oracleAbi, functionName: 'getSourceOfAsset', args: [token] },
    ]),
  );
  const listed = tokens.flatMap((token, index) => {
    const [data, symbol, bytesSymbol, source] = details.slice(index * PER_TOKEN, (index + 1) * PER_TOKEN);
    const reserve = parseReserveData(data);
    if (!reserve) return [];
    return [
      {
        token,
        reserve,
        symbol: parseText(symbol) ?? parseBytesText(bytesSymbol) ?? shortAddress(token),
        feed: parseOptionalAddress(source),
      },
    ];
  });
  if (listed.length < tokens.length)
    return unreadable(`A reserve of the Aave pool at ${shortAddress(pool)} is not told.`);

  const feeds = [...new Set(listed.flatMap(({ feed }) => (feed ? [feed] : [])))];
  const promises = await ask(
    feeds.flatMap((address): ContractRead[] => [
      { address, abi: feedAbi, functionName: 'heartbeat' },
      { address, abi: feedAbi, functionName: 'deviationBps' },
    ]),
  );
  const reserves = listed.map(({ token, reserve, symbol, feed }): ReserveConfig => {
    const place = feed === undefined ? promises.length : 2 * feeds.indexOf(feed);
    const { decimals } = parseReserveConfiguration(reserve.configuration.data);
    return {
      asset: { id: toAssetId(chainId, token), chainId, address: token, symbol, decimals },
      id: reserve.id,
      aToken: reserve.aTokenAddress.toLowerCase() as Address,
      variableDebtToken: reserve.variableDebtTokenAddress.toLowerCase() as Address,
      feed,
      heartbeatSeconds: parseCount(promises[place]) || policy.oracle.defaultHeartbeatSeconds,
      deviationBps: parseCount(promises[place + 1]) || undefined,
    };
  });
  return {
    addressesProvider,
    uiPoolDataProvider,
    pool,
    oracle,
    name: parseText(nameAnswer),
    reserves,
    compact: reserves.every(({ id }, index) => id === index),
    problem: undefined,
  };
}
