import { decodeFunctionResult, encodeFunctionData, type PublicClient, parseAbi } from 'viem';
import type { Address } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';
import type { ContractAnswer, ContractRead } from './reader';

export const multicall3Abi = parseAbi([
  'struct Call3 { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call3[] calls) payable returns (Result[] returnData)',
]);

const toAnswer = (read: ContractRead, success: boolean, data: `0x${string}`): ContractAnswer => {
  const name = `${read.functionName} of ${read.address}`;
  if (!success) return { ok: false, error: `${name} reverted` };
  if (data === '0x') return { ok: false, error: `${name} answered nothing` };
  try {
    return { ok: true, value: decodeFunctionResult({ abi: read.abi, functionName: read.functionName, data }) };
  } catch {
    return { ok: false, error: `${name} answered something else` };
  }
};

/**
 * Asks contracts many things in one call through Multicall3, at the newest block or a given one. A contract that fails is one failed
 * answer; a node that fails is an exception, so that a dead chain is never taken for a chain without contracts.
 */
export async function readMany(
  client: PublicClient,
  multicall3: Address,
  reads: readonly ContractRead[],
  block?: BlockRef,
): Promise<readonly ContractAnswer[]> {
  if (reads.length === 0) return [];
  const calls = reads.map(({ address, abi, functionName, args }) => ({
    target: address,
    allowFailure: true,
    callData: encodeFunctionData({ abi, functionName, args: args ?? [] }),
  }));
  const data = await client.request({
    method: 'eth_call',
    params: [
      { to: multicall3, data: encodeFunctionData({ abi: multicall3Abi, functionName: 'aggregate3', args: [calls] }) },
      block ? { blockHash: block.hash } : 'latest',
    ],
  });
  const results = decodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', data });
  return reads.map((read, index) => {
    const result = results[index];
    return result
      ? toAnswer(read, result.success, result.returnData)
      : { ok: false, error: `${read.functionName} of ${read.address} has no answer` };
  });
}
