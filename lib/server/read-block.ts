import 'server-only';
import { BlockNotFoundError, type Client } from 'viem';
import { getBlock } from 'viem/actions';
import type { Hash } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';

/** A block by its number; `undefined`: the chain has none of it. Errors: those of the node. */
export async function readBlock(client: Client, number: bigint): Promise<BlockRef | undefined> {
  try {
    const { hash, timestamp } = await getBlock(client, { blockNumber: number });
    return { number, hash: hash as Hash, timestampSeconds: Number(timestamp) };
  } catch (cause) {
    if (cause instanceof BlockNotFoundError) return undefined;
    throw cause;
  }
}
