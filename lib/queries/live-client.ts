import { type Client, createClient, HttpRequestError, http } from 'viem';
import { getBlock } from 'viem/actions';
import { policy } from '@/lib/config/policy';
import type { Hash } from '@/lib/domain/asset';
import type { BlockRef, ChainConfig } from '@/lib/domain/chain';
import { ChainUnavailableError } from '@/lib/domain/errors';
import { createPositionsReader, type PositionsReader } from '@/lib/venues/read-positions';

/** What a browser reads the chain with. Holds viem and the readers: import it only dynamically, after the first paint. */
export interface LiveClient {
  readonly client: Client;
  readonly positions: PositionsReader;
  /** The same reader for past blocks: what the venues looked like then does not disturb what is remembered of them now. */
  readonly history: PositionsReader;
  /** A past block by its number. Throws `ChainUnavailableError` when the node does not have it. */
  readBlock(number: bigint): Promise<BlockRef>;
}

/**
 * Makes a client that reads through the app's own origin; the browser never learns the node's address.
 * `createLiveClient(config, '/api/rpc')`.
 */
export function createLiveClient(config: ChainConfig, rpcUrl: string): LiveClient {
  const options = {
    timeout: policy.chain.requestTimeoutMs,
    retryCount: 0,
    // A request refused as a whole is answered by one error, which viem cannot match with the calls of a batch: its status says more.
    onFetchResponse: ({ ok, status }: Response) => {
      if (!ok) throw new HttpRequestError({ url: rpcUrl, status });
    },
  };
  const client = createClient({
    transport: http(rpcUrl, { ...options, batch: { batchSize: policy.rpc.maxBatch, wait: 0 } }),
  });
  // Past blocks are read one request at a time: bundled with the newest block's read they could make it too large to be served.
  const historyClient = createClient({ transport: http(rpcUrl, options) });
  return {
    client,
    positions: createPositionsReader(client, config),
    history: createPositionsReader(historyClient, config),
    async readBlock(number) {
      try {
        const block = await getBlock(client, { blockNumber: number });
        return { number: block.number, hash: block.hash as Hash, timestampSeconds: Number(block.timestamp) };
      } catch (cause) {
        throw new ChainUnavailableError('BLOCK_NOT_FOUND', `Block ${number} could not be read.`, { cause });
      }
    },
  };
}
