import { decodeFunctionResult, encodeFunctionData } from 'viem';
import type { ChainCheck } from '@/lib/domain/position';
import { WAD } from '@/lib/units/fixed';
import { poolAbi } from './abi';
import { computeAccountData } from './account-data';
import { computeEvaluation } from './evaluation';
import type { AavePosition } from './state';

const FUNCTION_NAME = 'getUserAccountData';
const FIGURES = [
  'totalCollateralBase',
  'totalDebtBase',
  'availableBorrowsBase',
  'currentLiquidationThreshold',
  'ltv',
  'healthFactor',
] as const;

/** The contract call that says of a position what we say, to be asked at the position's block. */
export const planCheck = (position: AavePosition): Pick<ChainCheck, 'contract' | 'functionName' | 'calldata'> => ({
  contract: position.pool,
  functionName: FUNCTION_NAME,
  calldata: encodeFunctionData({ abi: poolAbi, functionName: FUNCTION_NAME, args: [position.owner] }),
});

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/**
 * The contract's raw answer beside our figures, same names and units: values 8 decimals, ratios basis points, health factor 18 decimals
 * (2²⁵⁶ − 1 without debt). None when a price that counts is unknown: the contract itself reverts then.
 * Errors: viem's, when the answer is not that function's.
 */
export function computeCheckFigures(position: AavePosition, answer: `0x${string}`): ChainCheck['figures'] {
  const contract = decodeFunctionResult({ abi: poolAbi, functionName: FUNCTION_NAME, data: answer });
  const ours = computeAccountData(position);
  const { liquidatable } = computeEvaluation(position);
  if (!ours.known || !liquidatable.known) return [];
  const healthFactor = contract[5];
  const isLiquidatable = healthFactor < WAD;
  return [
    ...FIGURES.map((name, index) => {
      const theirs = contract[index] ?? 0n;
      return {
        name,
        contract: theirs,
        ours: ours.value[name] as bigint,
        unitsOff: absolute(theirs - ours.value[name]),
      };
    }),
    {
      name: 'liquidatable',
      contract: isLiquidatable,
      ours: liquidatable.value,
      unitsOff: isLiquidatable === liquidatable.value ? 0n : 1n,
    },
  ];
}
