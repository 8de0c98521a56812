import type { Client } from 'viem';
import type { Address } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';
import { askMulticall, encodeAggregate, encodeRead } from './multicall';
import type { ContractAnswer, ContractRead } from './reader';

/**
 * Asks contracts many things in one call through Multicall3, at the newest block or a given one. A contract that fails is one failed
 * answer; a node that fails is an exception.
 */
export async function readMany(
  client: Client,
  multicall3: Address,
  reads: readonly ContractRead[],
  block?: BlockRef,
): Promise<readonly ContractAnswer[]> {
  if (reads.length === 0) return [];
  const calldata = encodeAggregate(reads.map((read) => ({ target: read.address, callData: encodeRead(read) })));
  return askMulticall(client, multicall3, reads, calldata, block?.hash);
}
