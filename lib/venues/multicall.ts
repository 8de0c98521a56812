import { type Abi, type AbiFunction, type Client, encodeFunctionData, parseAbi, prepareEncodeFunctionData } from 'viem';
import type { Address, Hash } from '@/lib/domain/asset';
import { VenueReadError } from '@/lib/domain/errors';
import { makeResultDecoder } from './abi-words';
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

/** A function of a contract, with what finding and hashing it again for each of a thousand calls would cost. */
interface PreparedFunction {
  readonly abi: Abi;
  readonly selector: `0x${string}`;
  readonly decode: (data: `0x${string}`) => unknown;
}

const preparedByAbi = new WeakMap<Abi, Map<string, PreparedFunction>>();

/** Throws `VenueReadError` ABI for a function that the contract's interface does not have. */
function prepare({ abi, functionName }: Pick<ContractRead, 'abi' | 'functionName'>): PreparedFunction {
  const byName = preparedByAbi.get(abi) ?? new Map<string, PreparedFunction>();
  preparedByAbi.set(abi, byName);
  const known = byName.get(functionName);
  if (known) return known;
  const item = abi.find((entry): entry is AbiFunction => entry.type === 'function' && entry.name === functionName);
  if (!item) throw new VenueReadError('ABI', `There is no function ${functionName} in this interface.`);
  const { functionName: selector } = prepareEncodeFunctionData({ abi: [item], functionName });
  const prepared = { abi: [item], selector, decode: makeResultDecoder(item) };
  byName.set(functionName, prepared);
  return prepared;
}

/** The calldata of one read. */
export function encodeRead(read: ContractRead): `0x${string}` {
  const { abi, selector } = prepare(read);
  return encodeFunctionData({ abi, functionName: selector, args: read.args ?? [] });
}

const toWord = (value: number): string => value.toString(16).padStart(64, '0');
const WORD_BYTES = 32;
/** What stands before the calldata of one call: target, flag, offset, length. */
const CALL_HEAD_WORDS = 4;

/**
 * The calldata of `aggregate3` over calls that may each fail alone. Written as words, since a bundle has hundreds of calls of one shape:
 * the list's offset and length, an offset for each call, and each call behind its offset.
 */
export function encodeAggregate(
  calls: readonly { readonly target: Address; readonly callData: `0x${string}` }[],
): `0x${string}` {
  const { selector } = prepare({ abi: multicall3Abi, functionName: 'aggregate3' });
  let offset = calls.length * WORD_BYTES;
  const offsets: string[] = [];
  const bodies: string[] = [];
  for (const { target, callData } of calls) {
    const digits = callData.slice(2);
    const bytes = digits.length / 2;
    const padded = Math.ceil(bytes / WORD_BYTES) * WORD_BYTES;
    offsets.push(toWord(offset));
    bodies.push(
      target.slice(2).toLowerCase().padStart(64, '0'),
      toWord(1),
      toWord((CALL_HEAD_WORDS - 1) * WORD_BYTES),
      toWord(bytes),
      digits.padEnd(padded * 2, '0'),
    );
    offset += CALL_HEAD_WORDS * WORD_BYTES + padded;
  }
  return `${selector}${toWord(WORD_BYTES)}${toWord(calls.length)}${offsets.join('')}${bodies.join('')}`;
}

function decodeAnswer(read: ContractRead, success: boolean, data: `0x${string}`): ContractAnswer {
  const name = `${read.functionName} of ${read.address}`;
  if (!success) return { ok: false, error: `${name} reverted` };
  // A call to an address without code succeeds and returns nothing.
  if (data === '0x') return { ok: false, error: `${name} answered nothing` };
  try {
    return { ok: true, value: prepare(read).decode(data) };
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
  const results = prepare({ abi: multicall3Abi, functionName: 'aggregate3' }).decode(data) as readonly {
    readonly success: boolean;
    readonly returnData: `0x${string}`;
  }[];
  return reads.map((read, index) => {
    const result = results[index];
    return result
      ? decodeAnswer(read, result.success, result.returnData)
      : { ok: false, error: `${read.functionName} of ${read.address} has no answer` };
  });
}
