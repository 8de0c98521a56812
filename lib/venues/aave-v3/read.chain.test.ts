import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAsset } from '@/lib/devnet/deploy/deployment';
import { startTestChain, type TestChain } from '@/lib/devnet/testing';
import { toOptional } from '@/lib/domain/known';
import { NO_DEBT_HEALTH_FACTOR } from './account-data';
import { computeCheckFigures, planCheck } from './check';
import { type AaveBench, configure, openBench, readAccountData, readAccounts } from './random-accounts';
import { aaveV3Reader } from './read';
import { aaveV3Rules } from './rules';
import type { AavePosition } from './state';

const ETHER = 10n ** 18n;
const USDC = 10n ** 6n;

let chain: TestChain;
let bench: AaveBench;

beforeAll(async () => {
  chain = await startTestChain({ liquidity: false });
  bench = await openBench(chain);
});
afterAll(() => chain?.stop());

/** One position of one owner, from the product's reader. */
async function readOne(n: number, market = bench.market): Promise<AavePosition> {
  const { owners } = await readAccounts(bench, [chain.newAddress(n)], market);
  const [position] = owners[0]?.positions ?? [];
  if (!position) throw new Error(owners[0]?.problem ?? 'There is no position.');
  return position;
}

const healthFactorOf = (position: AavePosition): bigint =>
  toOptional(aaveV3Rules.computeEvaluation(position).healthFactor) ?? NO_DEBT_HEALTH_FACTOR;

test('an address without anything has no position and no problem', async () => {
  const owner = chain.newAddress(1);
  const { owners, marketChanged } = await readAccounts(bench, [owner]);
  expect({ owners, marketChanged }).toEqual({ owners: [{ owner, positions: [] }], marketChanged: false });
});

test('the check on chain repeats the contract’s answer and agrees to the unit', async () => {
  const [borrower, lender] = [chain.newAddress(2), chain.newAddress(3)];
  await chain.supplyAave(borrower, 'WETH', 10n * ETHER);
  await chain.borrowAave(borrower, 'USDC', 15_000n * USDC);
  await chain.supplyAave(lender, 'WETH', ETHER);
  await chain.warp(86_400);
  for (const n of [2, 3]) {
    const position = await readOne(n);
    const { contract, calldata } = planCheck(position);
    const answer = await chain.operator.request<Hex>('eth_call', [
      { to: contract, data: calldata },
      { blockHash: position.block.hash },
    ]);
    const figures = computeCheckFigures(position, answer);
    expect(figures.map(({ name }) => name)).toEqual([
      'totalCollateralBase',
      'totalDebtBase',
      'availableBorrowsBase',
      'currentLiquidationThreshold',
      'ltv',
      'healthFactor',
      'liquidatable',
    ]);
    for (const { name, contract: theirs, ours, unitsOff } of figures)
      expect([name, ours, unitsOff]).toEqual([name, theirs, 0n]);
    // And it tells a wrong figure: the same answer for a position with one unit less of debt.
    const [holding, ...others] = [...position.holdings].reverse();
    if (n === 2 && holding) {
      const wrong = { ...position, holdings: [...others, { ...holding, scaledDebt: holding.scaledDebt - 10n ** 4n }] };
      expect(computeCheckFigures(wrong, answer).some(({ unitsOff }) => unitsOff > 0n)).toBe(true);
    }
  }
});

test('a feed that answers 0 or less blinds the accounts that need it, and nobody else', async () => {
  const [needs, idle, other] = [chain.newAddress(4), chain.newAddress(5), chain.newAddress(6)];
  await chain.supplyAave(needs, 'LINK', 1_000n * ETHER);
  await chain.borrowAave(needs, 'USDC', 1_000n * USDC);
  await chain.supplyAave(idle, 'LINK', 1_000n * ETHER);
  await chain.setCollateral(idle, 'LINK', false);
  for (const owner of [idle, other]) {
    await chain.supplyAave(owner, 'WETH', ETHER);
    await chain.borrowAave(owner, 'USDC', 1_000n * USDC);
  }
  const before = await chain.readPrice('LINK');
  for (const answer of [0n, -5n]) {
    await chain.setPrice('LINK', answer);
    const blind = await readOne(4);
    expect(blind.holdings.find(({ reserve }) => reserve.asset.symbol === 'LINK')?.reserve.price).toMatchObject({
      answer,
      problem: 'invalid',
    });
    const { healthFactor, liquidatable } = aaveV3Rules.computeEvaluation(blind);
    expect(healthFactor).toMatchObject({ known: false, reason: { code: 'price-invalid' } });
    expect(liquidatable.known).toBe(false);
    const data = await readAccountData(bench, [needs, idle, other], blind.block);
    // The contract itself answers nothing for the first.
    expect(data.map((figures) => figures === undefined)).toEqual([true, false, false]);
    expect(healthFactorOf(await readOne(5))).toBe(data[1]?.[5]);
    expect(healthFactorOf(await readOne(6))).toBe(data[2]?.[5]);
  }
  await chain.setPrice('LINK', before);
  expect(healthFactorOf(await readOne(4))).toBeGreaterThan(0n);
});

test('a feed that fails altogether is a missing price; its time and promise are told while it lives', async () => {
  const { address, feed, heartbeatSeconds, deviationBps } = findAsset(chain.deployment, 'WETH');
  const alive = await readOne(3);
  expect(alive.holdings[0]?.reserve.price).toMatchObject({ feed, heartbeatSeconds, deviationBps, problem: undefined });
  expect(alive.holdings[0]?.reserve.price.updatedAtSeconds).toBeLessThanOrEqual(alive.block.timestampSeconds);
  const snapshot = await chain.snapshot();
  // Always reverts.
  await chain.operator.request('anvil_setCode', [feed, '0x5f5ffd']);
  await chain.mine();
  const dead = await readOne(3);
  expect(dead.holdings[0]?.reserve.price).toMatchObject({ answer: undefined, problem: 'missing' });
  expect(dead.holdings[0]?.reserve.asset.address).toBe(address);
  await chain.revert(snapshot);
});

test('a new price source, and a new reserve list, are noticed', async () => {
  const snapshot = await chain.snapshot();
  const [weth, btc] = [findAsset(chain.deployment, 'WETH'), findAsset(chain.deployment, 'WBTC')];
  await chain.operator.write(chain.roles.deployer, {
    address: chain.deployment.aave.oracle,
    abi: chain.artifacts.AaveOracle.abi,
    functionName: 'setAssetSources',
    args: [[weth.address], [btc.feed]],
  });
  const owners = [chain.newAddress(3)];
  expect((await readAccounts(bench, owners)).marketChanged).toBe(true);
  const market = await aaveV3Reader.readMarket(bench.client, bench.config);
  if (!market) throw new Error('The configuration names Aave.');
  const again = await readAccounts(bench, owners, market);
  expect(again.marketChanged).toBe(false);
  expect(again.owners[0]?.positions[0]?.holdings[0]?.reserve.price).toMatchObject({
    feed: btc.feed,
    answer: await chain.readPrice('WBTC'),
  });
  await chain.revert(snapshot);
});

test('where a dropped reserve leaves a gap, flags are still those of the reserve’s id', async () => {
  const snapshot = await chain.snapshot();
  const [first, second] = [chain.newAddress(7), chain.newAddress(8)];
  // Both stand after AAVE in the list; the second holds one switched off.
  await chain.supplyAave(first, 'sUSDe', 10_000n * ETHER);
  await chain.borrowAave(first, 'USDe', 1_000n * ETHER);
  await chain.supplyAave(second, 'USDe', 5_000n * ETHER);
  await chain.supplyAave(second, 'sUSDe', 5_000n * ETHER);
  await chain.setCollateral(second, 'sUSDe', false);
  await chain.borrowAave(second, 'WETH', ETHER / 10n);
  const owners = [first, second, chain.newAddress(1)];

  const compact = await readAccounts(bench, owners);
  const scattered = await readAccounts(bench, owners, { ...bench.market, compact: false });
  expect(scattered.owners).toEqual(compact.owners);

  await configure(chain, 'dropReserve', findAsset(chain.deployment, 'AAVE').address);
  expect((await readAccounts(bench, owners)).marketChanged).toBe(true);
  const market = await aaveV3Reader.readMarket(bench.client, bench.config);
  if (!market) throw new Error('The configuration names Aave.');
  expect(market.compact).toBe(false);
  const read = await readAccounts(bench, owners, market);
  expect(read.marketChanged).toBe(false);
  expect(read.owners[2]).toEqual({ owner: owners[2], positions: [] });
  const data = await readAccountData(bench, owners, read.block);
  for (const index of [0, 1]) {
    const position = read.owners[index]?.positions[0];
    if (!position) throw new Error('There is a position.');
    expect(healthFactorOf(position)).toBe(data[index]?.[5]);
    expect(position.holdings.length).toBe(index === 0 ? 2 : 3);
  }
  await chain.revert(snapshot);
});

test('a configuration without a pool behind it is a problem told, and read again', async () => {
  const nowhere = chain.newAddress(12_345);
  const market = await aaveV3Reader.readMarket(bench.client, {
    ...bench.config,
    aave: { ...chain.deployment.aave, addressesProvider: nowhere },
  });
  if (!market) throw new Error('The configuration names Aave.');
  expect(aaveV3Reader.planReads(market, [nowhere])).toEqual([]);
  const { owners, problems, marketChanged } = await readAccounts(bench, [nowhere], market);
  expect(owners).toEqual([{ owner: nowhere, positions: [] }]);
  expect(problems).toEqual([expect.stringContaining('no Aave pool')]);
  expect(marketChanged).toBe(true);
  const { aave: _, ...without } = bench.config;
  expect(await aaveV3Reader.readMarket(bench.client, without)).toBeUndefined();
});
