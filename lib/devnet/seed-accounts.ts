import type { Address } from 'viem';
import { findAsset } from './deploy/deployment';
import { mintToken, type OperationContext } from './operations';
import { type AssetSymbol, RESERVES } from './parameters';
import { roles } from './roles';

interface Basket {
  readonly collaterals: readonly AssetSymbol[];
  readonly debts: readonly AssetSymbol[];
  readonly eModeCategory: number;
  readonly switchOn: boolean;
  readonly maxLegUsd: number;
}

const GENERAL: Basket = {
  collaterals: ['WETH', 'wstETH', 'WBTC', 'USDC', 'DAI', 'LINK', 'AAVE'],
  debts: ['USDC', 'USDT', 'DAI', 'WETH', 'WBTC'],
  eModeCategory: 0,
  switchOn: false,
  maxLegUsd: 60_000,
};

/** Drawn with equal chance; one that stands several times is drawn as often. */
const BASKETS: readonly Basket[] = [
  GENERAL,
  GENERAL,
  GENERAL,
  { ...GENERAL, collaterals: ['USDC', 'USDT'], debts: ['WETH', 'LINK', 'WBTC'] },
  { ...GENERAL, collaterals: ['wstETH', 'weETH', 'WETH'], debts: ['WETH'], eModeCategory: 1 },
  { ...GENERAL, collaterals: ['sUSDe', 'USDe'], debts: ['USDC', 'USDT'], eModeCategory: 2 },
  // Small, so that ten thousand accounts stay below the debt ceiling.
  { ...GENERAL, collaterals: ['XAUt'], debts: ['USDC', 'DAI'], switchOn: true, maxLegUsd: 1_000 },
  { ...GENERAL, debts: [] },
];

/** Gas of one account at most, with room to spare; a batch is one transaction, and few blocks are much faster than many. */
const GAS_PER_ACCOUNT = 3_500_000n;
const BATCH = 200;
/** Whole tokens minted to the seeder, far beyond need. */
const STOCK = 1_000_000_000n;

/**
 * Makes `count` real Aave accounts with varied positions (several collaterals and debts, eModes, isolation, no debt), the same ones for
 * the same seed and prices. Needs liquidity to be supplied and a chain that mines each transaction at once. 10,000 accounts took two
 * minutes on two busy cores.
 */
export async function createSeedAccounts(
  context: OperationContext,
  options: { readonly count: number; readonly seed: bigint; readonly report?: (done: number) => void },
): Promise<readonly Address[]> {
  const { operator, artifacts, deployment } = context;
  const { abi } = artifacts.SeedAccounts;
  const address = await operator.deploy(roles.deployer, artifacts.SeedAccounts, [
    deployment.aave.pool,
    deployment.aave.oracle,
    options.seed,
    BASKETS.map((basket) => ({
      ...basket,
      collaterals: basket.collaterals.map((symbol) => findAsset(deployment, symbol).address),
      debts: basket.debts.map((symbol) => findAsset(deployment, symbol).address),
    })),
  ]);
  const used = new Set(BASKETS.flatMap((basket) => basket.collaterals));
  for (const { symbol, decimals } of RESERVES) {
    if (used.has(symbol)) await mintToken(context, symbol, address, STOCK * 10n ** BigInt(decimals));
  }
  for (let done = 0; done < options.count; done += BATCH) {
    const batch = Math.min(BATCH, options.count - done);
    await operator.write(
      roles.deployer,
      { address, abi, functionName: 'open', args: [BigInt(batch)] },
      GAS_PER_ACCOUNT * BigInt(batch),
    );
    options.report?.(done + batch);
  }
  const accounts: Address[] = [];
  const slice = 1_000;
  for (let from = 0; from < options.count; from += slice) {
    const to = Math.min(from + slice, options.count);
    const part = await operator.read<readonly Address[]>({
      address,
      abi,
      functionName: 'accountsBetween',
      args: [BigInt(from), BigInt(to)],
    });
    accounts.push(...part.map((account) => account.toLowerCase() as Address));
  }
  return accounts;
}
