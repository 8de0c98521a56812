import { parseAbi } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MULTICALL3_ADDRESS } from './multicall3';
import { EMODES, RESERVES } from './parameters';
import { startTestChain, type TestChain } from './testing';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain?.stop());

const multicall = {
  address: MULTICALL3_ADDRESS,
  abi: parseAbi(['function getCurrentBlockTimestamp() view returns (uint256)']),
  functionName: 'getCurrentBlockTimestamp',
} as const;

test('no page of another origin can drive the chain through its reader’s browser', async () => {
  const asked = { origin: 'http://evil.example', 'access-control-request-method': 'POST' };
  const preflight = await fetch(chain.url, {
    method: 'OPTIONS',
    headers: { ...asked, 'access-control-request-headers': 'content-type' },
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  // Without a preflight a browser sends no JSON, and nothing else is taken.
  const plain = await fetch(chain.url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}',
  });
  expect(await plain.json()).toMatchObject({ error: { message: 'Invalid request' } });
});

test('a call at latest sees the timestamp of the latest block', async () => {
  await chain.mine();
  await chain.warp(1_234);
  const { timestamp } = await chain.client.getBlock();
  expect(await chain.client.readContract(multicall)).toBe(timestamp);
});

test('a call at an older block sees that block’s timestamp', async () => {
  const { number, timestamp } = await chain.client.getBlock();
  await chain.warp(500);
  expect(await chain.client.readContract({ ...multicall, blockNumber: number })).toBe(timestamp);
});

test('blocks are one second apart, warps apart', async () => {
  const before = await chain.client.getBlock();
  await chain.mine(2);
  await chain.warp(90 * 86_400);
  await chain.mine();
  const after = await chain.client.getBlock();
  expect(after.timestamp - before.timestamp).toBe(2n + 90n * 86_400n + 1n);
});

test('every reserve has the parameters it should have', async () => {
  const abi = chain.artifacts.AaveProtocolDataProvider.abi;
  const address = chain.deployment.aave.protocolDataProvider;
  for (const asset of chain.deployment.assets) {
    const wanted = RESERVES.find((reserve) => reserve.symbol === asset.symbol);
    if (!wanted) throw new Error(asset.symbol);
    const read = (functionName: string) =>
      chain.operator.read<unknown>({ address, abi, functionName, args: [asset.address] });
    expect(await read('getReserveConfigurationData')).toEqual([
      BigInt(wanted.decimals),
      BigInt(wanted.ltvBps),
      BigInt(wanted.liquidationThresholdBps),
      BigInt(wanted.liquidationBonusBps),
      BigInt(wanted.reserveFactorBps),
      true,
      wanted.borrowingEnabled,
      false,
      true,
      false,
    ]);
    expect(await read('getReserveCaps')).toEqual([wanted.borrowCap, wanted.supplyCap]);
    expect(await read('getDebtCeiling')).toBe(wanted.debtCeiling);
    expect(await chain.readPrice(asset.symbol)).toBe(wanted.initialAnswer);
  }
});

test('eModes hold the assets and figures they should', async () => {
  const abi = chain.artifacts.PoolInstance.abi;
  for (const mode of EMODES) {
    const data = await chain.operator.read<{ ltv: number; liquidationThreshold: number; liquidationBonus: number }>({
      address: chain.deployment.aave.pool,
      abi,
      functionName: 'getEModeCategoryCollateralConfig',
      args: [mode.category],
    });
    expect(data).toEqual({
      ltv: mode.ltvBps,
      liquidationThreshold: mode.liquidationThresholdBps,
      liquidationBonus: mode.liquidationBonusBps,
    });
  }
});

test('an account without key or ether supplies, borrows, and a price moves its health factor', async () => {
  const account = chain.newAddress(1);
  await chain.supplyAave(account, 'WETH', 10n ** 19n);
  await chain.borrowAave(account, 'USDC', 15_000_000_000n);
  const read = async (): Promise<bigint> => {
    const data = await chain.operator.read<readonly bigint[]>({
      address: chain.deployment.aave.pool,
      abi: chain.artifacts.PoolInstance.abi,
      functionName: 'getUserAccountData',
      args: [account],
    });
    return data[5] ?? 0n;
  };
  const snapshot = await chain.snapshot();
  const before = await read();
  expect(before).toBeGreaterThan(17n * 10n ** 17n);
  await chain.setPrice('WETH', 155_951_000_000n);
  const halved = await read();
  expect(halved).toBeLessThan(before / 2n + 10n ** 12n);
  expect(halved).toBeGreaterThan(before / 2n - 10n ** 12n);
  await chain.revert(snapshot);
  expect(await read()).toBe(before);
});

test('a feed takes zero and negative answers, and Aave and the Morpho oracle then refuse', async () => {
  const snapshot = await chain.snapshot();
  const oracle = chain.deployment.morpho.markets[1];
  if (!oracle) throw new Error('no market');
  const readOracle = () =>
    chain.operator.read<bigint>({
      address: oracle.oracle,
      abi: chain.artifacts.MorphoFeedOracle.abi,
      functionName: 'price',
    });
  // 90,236.35944936 / 0.99979 dollars a token of 8 decimals, in a loan of 6: 34 decimals, floored.
  expect(await readOracle()).toBe((9_023_635_944_936n * 10n ** 34n) / 99_979_000n);
  for (const answer of [0n, -1n]) {
    await chain.setPrice('WBTC', answer);
    expect(await chain.readPrice('WBTC')).toBe(answer);
    await expect(readOracle()).rejects.toThrow();
    await expect(
      chain.operator.read({
        address: chain.deployment.aave.oracle,
        abi: chain.artifacts.AaveOracle.abi,
        functionName: 'getAssetPrice',
        args: [chain.deployment.assets[3]?.address],
      }),
    ).rejects.toThrow();
  }
  await chain.revert(snapshot);
});

test('only the keeper writes prices', async () => {
  const [feed] = chain.deployment.assets;
  await expect(
    chain.operator.write(chain.newAddress(2), {
      address: feed?.feed ?? '0x',
      abi: chain.artifacts.PriceFeed.abi,
      functionName: 'transmit',
      args: [1n],
    }),
  ).rejects.toMatchObject({ code: 'REVERTED', message: expect.stringContaining('OnlyKeeper') });
});
