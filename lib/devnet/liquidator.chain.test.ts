import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeLiquidation, fundLiquidator, type Liquidation, planLiquidations, readBorrowers } from './liquidator';
import { listDemoAccounts, openDemoAccounts } from './open-demo-accounts';
import { startTestChain, type TestChain } from './testing';

let chain: TestChain;
let openedAt: bigint;
beforeAll(async () => {
  chain = await startTestChain();
  openedAt = await chain.client.getBlockNumber();
  await openDemoAccounts(chain);
  await fundLiquidator(chain);
});
afterAll(() => chain?.stop());

const addresses = listDemoAccounts().map((account) => account.address);
const labelOf = (address: string) => listDemoAccounts().find((account) => account.address === address)?.label;

test('borrowers are found by events, once each, without those that owe nothing', async () => {
  const found = await readBorrowers(chain, openedAt, await chain.client.getBlockNumber());
  expect([...found].sort()).toEqual(addresses.filter((address) => labelOf(address) !== 'No debt').sort());
});

test('nothing is planned while all are above 1', async () => {
  expect(await planLiquidations(chain, addresses)).toEqual([]);
});

test('after a fall of a fifth the accounts below 1 are liquidated on both venues, by real transactions', async () => {
  for (const symbol of ['WETH', 'wstETH', 'weETH', 'WBTC'] as const) {
    await chain.setPrice(symbol, ((await chain.readPrice(symbol)) * 80n) / 100n);
  }
  const done: Liquidation[] = [];
  for (let round = 0; round < 10; round++) {
    const planned = await planLiquidations(chain, addresses);
    if (planned.length === 0) break;
    for (const plan of planned) {
      const liquidation = describeLiquidation(chain, plan, await chain.send(plan.transaction), 77);
      if (liquidation) done.push(liquidation);
    }
  }
  const labels = new Set(done.map((liquidation) => `${liquidation.venue} ${labelOf(liquidation.account)}`));
  expect([...labels].sort()).toEqual(['aave-v3 Hair above 1', 'morpho-blue Both venues, BTC long, ETH short']);
  for (const liquidation of done) {
    expect(BigInt(liquidation.repaid)).toBeGreaterThan(0n);
    expect(BigInt(liquidation.seized)).toBeGreaterThan(0n);
  }
  expect(await planLiquidations(chain, addresses)).toEqual([]);
});

test('a feed without a valid answer is survived', async () => {
  await chain.setPrice('WETH', 0n);
  expect(await planLiquidations(chain, addresses)).toEqual([]);
});
