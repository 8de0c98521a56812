import { parseAbi } from 'viem';
import type { Address } from '@/lib/domain/asset';
import { askMulticall, encodeAggregate, encodeRead } from '@/lib/venues/multicall';
import { BenchmarkError } from './benchmark';
import type { CountingClient, SeededChain } from './seeded-chain';

const poolAbi = parseAbi([
  'function getUserAccountData(address user) view returns (uint256 totalCollateralBase, uint256 totalDebtBase, uint256 availableBorrowsBase, uint256 currentLiquidationThreshold, uint256 ltv, uint256 healthFactor)',
]);

/** In one multicall: 56 KB of calldata. Nodes refuse much more over HTTP. */
const ACCOUNTS_PER_CALL = 250;

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

type Answer = readonly [bigint, bigint, bigint, bigint, bigint, bigint];

/** Asks the pool about every account at the seeded block, through the product's own multicall. Any account that fails is an error. */
export async function readAccountData(
  { accounts, block, config, chain }: SeededChain,
  { client }: CountingClient,
): Promise<readonly ContractAccountData[]> {
  const { pool } = chain.deployment.aave;
  const readPart = async (part: readonly Address[]): Promise<readonly ContractAccountData[]> => {
    const reads = part.map((account) => ({
      address: pool,
      abi: poolAbi,
      functionName: 'getUserAccountData',
      args: [account],
    }));
    const calldata = encodeAggregate(reads.map((read) => ({ target: pool, callData: encodeRead(read) })));
    const answers = await askMulticall(client, config.multicall3, reads, calldata, block.hash);
    return part.map((account, index) => {
      const answer = answers[index];
      if (!answer?.ok) throw new BenchmarkError('WRONG_ANSWER', `${account} has no account data: ${answer?.error}`);
      const [totalCollateralBase, totalDebtBase, availableBorrowsBase, currentLiquidationThreshold, ltv, healthFactor] =
        answer.value as Answer;
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
  };
  const parts: (readonly Address[])[] = [];
  for (let from = 0; from < accounts.length; from += ACCOUNTS_PER_CALL) {
    parts.push(accounts.slice(from, from + ACCOUNTS_PER_CALL));
  }
  return (await Promise.all(parts.map(readPart))).flat();
}
