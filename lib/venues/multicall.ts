import { type Client, decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem';
import type { Address, Hash } from '@/lib/domain/asset';
import type { ContractAnswer, ContractRead } from './reader';

export const multicall3Abi = parseAbi([
  'struct Call3 { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call3[] calls) payable returns (Result[] returnData)',
  'function getCurrentBlockTimestamp() view returns (uint256 timestamp)',
]);

/** `eth_call` with the block named by its hash (EIP-1898) or by a tag. */
interface EthCall {
  Method: 'eth_call';
  Parameters: readonly [
    { readonly to: Address; readonly data: `0x${string}` },
    { readonly blockHash: Hash } | 'latest',
  ];
  ReturnType: `0x${string}`;
}

/** The calldata of one read. */
export const encodeRead = ({ abi, functionName, args }: ContractRead): `0x${string}` =>
  encodeFunctionData({ abi, functionName, args: args ?? [] });

/** The calldata of `aggregate3` over calls that may each fail alone. */
export const encodeAggregate = (calls: readonly { readonly target: Address; readonly callData: `0x${string}` }[]) =>
  encodeFunctionData({
    abi: multicall3Abi,
    functionName: 'aggregate3',
    args: [calls.map((call) => ({ ...call, allowFailure: true }))],
  });

function decodeAnswer(read: ContractRead, success: boolean, data: `0x${string}`): ContractAnswer {
  const name = `${read.functionName} of ${read.address}`;
  if (!success) return { ok: false, error: `${name} reverted` };
  // A call to an address without code succeeds and returns nothing.
  if (data === '0x') return { ok: false, error: `${name} answered nothing` };
  try {
    return { ok: true, value: decodeFunctionResult({ abi: read.abi, functionName: read.functionName, data }) };
  } catch {
    return { ok: false, error: `${name} answered something else` };
  }
}

/**
 * Sends one `aggregate3` and gives the answer to each read, in their order. A contract that fails is one failed answer; a node that fails
 * is an exception, so that a dead chain is never taken for a chain without contracts.
 */
export async function askMulticall(
  client: Client,
  multicall3: Address,
  reads: readonly ContractRead[],
  calldata: `0x${string}`,
  blockHash?: Hash,
): Promise<readonly ContractAnswer[]> {
  const data = await client.request<EthCall>({
    method: 'eth_call',
    params: [{ to: multicall3, data: calldata }, blockHash ? { blockHash } : 'latest'],
  });
  const results = decodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', data });
  return reads.map((read, index) => {
    const result = results[index];
    return result
      ? decodeAnswer(read, result.success, result.returnData)
      : { ok: false, error: `${read.functionName} of ${read.address} has no answer` };
  });
}
