import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSeedAccounts } from './seed-accounts';
import { startTestChain, type TestChain } from './testing';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain?.stop());

test('seed accounts are real, varied and healthy', async () => {
  const accounts = await createSeedAccounts(chain, { count: 120, seed: 7n });
  expect(new Set(accounts).size).toBe(120);
  const read = <Result>(functionName: string, account: string) =>
    chain.operator.read<Result>({
      address: chain.deployment.aave.pool,
      abi: chain.artifacts.PoolInstance.abi,
      functionName,
      args: [account],
    });
  const eModes = new Set<number>();
  let withoutDebt = 0;
  const factors: bigint[] = [];
  for (const account of accounts) {
    const [collateral = 0n, debt = 0n, , , , factor = 0n] = await read<readonly bigint[]>(
      'getUserAccountData',
      account,
    );
    expect(collateral).toBeGreaterThan(0n);
    eModes.add(Number(await read<bigint>('getUserEMode', account)));
    if (debt === 0n) withoutDebt++;
    else factors.push(factor);
  }
  expect([...eModes].sort()).toEqual([0, 1, 2]);
  expect(withoutDebt).toBeGreaterThan(0);
  expect(withoutDebt).toBeLessThan(60);
  expect(factors.every((factor) => factor > 10n ** 18n)).toBe(true);
  expect(new Set(factors).size).toBe(factors.length);
});
