import type { Address } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_ACCOUNTS } from './demo-accounts';
import { findAsset, findMorphoMarket } from './deploy/deployment';
import { listDemoAccounts, openDemoAccounts } from './open-demo-accounts';
import type { AssetSymbol, MorphoMarketName } from './parameters';
import { startTestChain, type TestChain } from './testing';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
  // Far from the prices they were drawn up at, as after a restart in a moved market.
  await chain.setPrice('WETH', 140_000_000_000n);
  await chain.setPrice('wstETH', 171_500_000_000n);
  await chain.setPrice('weETH', 152_000_000_000n);
  await openDemoAccounts(chain);
});
afterAll(() => chain?.stop());

const addressOf = (label: string): Address => {
  const found = listDemoAccounts().find((account) => account.label === label);
  if (!found) throw new Error(label);
  return found.address;
};

const readPool = <Result>(functionName: string, ...args: readonly unknown[]): Promise<Result> =>
  chain.operator.read<Result>({
    address: chain.deployment.aave.pool,
    abi: chain.artifacts.PoolInstance.abi,
    functionName,
    args,
  });

async function readAave(label: string) {
  const [collateral = 0n, debt = 0n, , , , factor = 0n] = await readPool<readonly bigint[]>(
    'getUserAccountData',
    addressOf(label),
  );
  return { collateral, debt, factor: Number(factor) / 1e18 };
}

async function readReserve(label: string, symbol: AssetSymbol) {
  const [supplied = 0n, , owed = 0n, , , , , , enabled] = await chain.operator.read<readonly [...bigint[], boolean]>({
    address: chain.deployment.aave.protocolDataProvider,
    abi: chain.artifacts.AaveProtocolDataProvider.abi,
    functionName: 'getUserReserveData',
    args: [findAsset(chain.deployment, symbol).address, addressOf(label)],
  });
  return { supplied, owed, enabled };
}

async function readMorphoFactor(label: string, name: MorphoMarketName): Promise<number> {
  const market = findMorphoMarket(chain.deployment, name);
  const read = <Result>(functionName: string, ...args: readonly unknown[]): Promise<Result> =>
    chain.operator.read<Result>({
      address: chain.deployment.morpho.address,
      abi: chain.artifacts.Morpho.abi,
      functionName,
      args,
    });
  const [, shares = 0n, collateral = 0n] = await read<readonly bigint[]>('position', market.id, addressOf(label));
  const [, , assets = 0n, totalShares = 0n] = await read<readonly bigint[]>('market', market.id);
  const price = await chain.operator.read<bigint>({
    address: market.oracle,
    abi: chain.artifacts.MorphoFeedOracle.abi,
    functionName: 'price',
  });
  const debt = (Number(shares) * Number(assets)) / Number(totalShares);
  return (((Number(collateral) * Number(price)) / 1e36) * (Number(market.lltv) / 1e18)) / debt;
}

test('there are sixteen or more, each with a name of its own', () => {
  expect(DEMO_ACCOUNTS.length).toBeGreaterThanOrEqual(16);
  expect(new Set(DEMO_ACCOUNTS.map((account) => account.label)).size).toBe(DEMO_ACCOUNTS.length);
  expect(new Set(listDemoAccounts().map((account) => account.address)).size).toBe(DEMO_ACCOUNTS.length);
});

describe('health factors', () => {
  test.each([
    ['eMode ETH loop', 1.091],
    ['ETH + BTC, two debts', 1.309],
    ['Short ETH', 1.388],
    ['Isolated XAUt', 2.065],
    ['Low debt', 2.594],
    ['AAVE only', 1.72],
    ['Same asset both sides', 1.62],
    ['eMode stablecoins', 1.06],
    ['Collateral switched off', 1.45],
    ['Hair above 1', 1.02],
    ['Both venues, ETH long', 1.56],
    ['Both venues, BTC long, ETH short', 1.52],
  ])('%s stands at %d on Aave', async (label, factor) => {
    // The contract's own threshold is floored to whole basis points, hence the last per mille.
    expect((await readAave(label)).factor).toBeCloseTo(factor, 2);
  });

  test.each([
    ['stETH loop', 'wstETH/WETH', 1.052],
    ['BTC vault', 'WBTC/USDC', 1.892],
    ['Both venues, ETH long', 'wstETH/USDC', 1.38],
    ['Both venues, BTC long, ETH short', 'WBTC/USDC', 1.24],
  ] as const)('%s stands in %s at %d on Morpho', async (label, market, factor) => {
    expect(await readMorphoFactor(label, market)).toBeCloseTo(factor, 2);
  });
});

test('several collaterals and several debts', async () => {
  for (const symbol of ['WETH', 'WBTC'] as const) {
    expect(await readReserve('ETH + BTC, two debts', symbol)).toMatchObject({ enabled: true, owed: 0n });
  }
  for (const symbol of ['USDC', 'DAI'] as const) {
    expect((await readReserve('ETH + BTC, two debts', symbol)).owed).toBeGreaterThan(0n);
  }
});

test('volatile debt', async () => {
  expect((await readReserve('Short ETH', 'WETH')).owed).toBeGreaterThan(0n);
});

test('eModes', async () => {
  expect(Number(await readPool('getUserEMode', addressOf('eMode ETH loop')))).toBe(1);
  expect(Number(await readPool('getUserEMode', addressOf('eMode stablecoins')))).toBe(2);
});

test('isolation: the ceiling counts the debt', async () => {
  const { isolationModeTotalDebt } = await readPool<{ isolationModeTotalDebt: bigint }>(
    'getReserveData',
    findAsset(chain.deployment, 'XAUt').address,
  );
  const { debt } = await readAave('Isolated XAUt');
  // The ceiling has 2 decimals, the base currency 8.
  expect(Number(isolationModeTotalDebt) / 100).toBeCloseTo(Number(debt) / 1e8, -2);
});

test('collateral switched off does not count', async () => {
  expect(await readReserve('Collateral switched off', 'USDC')).toMatchObject({ enabled: false });
  expect((await readReserve('Collateral switched off', 'USDC')).supplied).toBeGreaterThanOrEqual(25_000_000_000n);
  const { collateral } = await readAave('Collateral switched off');
  // 20 ether at 1,400 dollars, and a little interest.
  expect(Number(collateral) / 1e8).toBeCloseTo(28_000, 0);
});

test('the same asset on both sides', async () => {
  const reserve = await readReserve('Same asset both sides', 'WETH');
  expect(reserve.supplied).toBeGreaterThan(0n);
  expect(reserve.owed).toBeGreaterThan(0n);
});

test('dust is worth cents', async () => {
  const { collateral, debt, factor } = await readAave('Dust');
  expect(collateral).toBeLessThan(10_000_000n);
  expect(debt).toBeGreaterThan(0n);
  expect(factor).toBeGreaterThan(1.5);
});

test('no debt', async () => {
  expect(await readAave('No debt')).toMatchObject({ debt: 0n });
});
