import { parseAbi } from 'viem';
import { multicall } from 'viem/actions';
import type { Address } from '@/lib/domain/asset';
import type { CountingClient, SeededChain } from './seeded-chain';

const poolAbi = parseAbi([
  'function getUserAccountData(address user) view returns (uint256 totalCollateralBase, uint256 totalDebtBase, uint256 availableBorrowsBase, uint256 currentLiquidationThreshold, uint256 ltv, uint256 healthFactor)',
]);

/** Bytes of calldata in one multicall: 227 accounts. Larger ones save requests that cost next to nothing; smaller ones exceed the aim. */
const BATCH_BYTES = 8_192;

/** The contract's own words about an account: `getUserAccountData` of the pool. Base currency 8 decimals, ratios in basis points. */
export interface ContractAccountData {
  readonly account: Address;
  readonly totalCollateralBase: bigint;
  readonly totalDebtBase: bigint;
  readonly availableBorrowsBase: bigint;
  readonly currentLiquidationThreshold: bigint;
  readonly ltv: bigint;
  /** 18 decimals; 2²⁵⁶ − 1 without debt. */
  readonly healthFactor: bigint;
}

/** Asks the pool about every account at the seeded block, through viem's multicall. Any account that fails is an error. */
export async function readAccountData(
  { accounts, block, config, chain }: SeededChain,
  { client }: CountingClient,
): Promise<readonly ContractAccountData[]> {
  const answers = await multicall(client, {
    multicallAddress: config.multicall3,
    batchSize: BATCH_BYTES,
    allowFailure: false,
    blockNumber: block.number,
    contracts: accounts.map(
      (account) =>
        ({
          address: chain.deployment.aave.pool,
          abi: poolAbi,
          functionName: 'getUserAccountData',
          args: [account],
        }) as const,
    ),
  });
  return accounts.map((account, index) => {
    const answer = answers[index];
    if (!answer) throw new RangeError(`The multicall has no answer for ${account}.`);
    const [totalCollateralBase, totalDebtBase, availableBorrowsBase, currentLiquidationThreshold, ltv, healthFactor] =
      answer;
    return {
      account,
      totalCollateralBase,
      totalDebtBase,
      availableBorrowsBase,
      currentLiquidationThreshold,
      ltv,
      healthFactor,
    };
  });
}
