import { queryOptions } from '@tanstack/react-query';
import { policy } from '@/lib/config/policy';
import type { Address } from '@/lib/domain/asset';
import type { BlockRef, ChainConfig, ChainIdentity } from '@/lib/domain/chain';
import { ChainUnavailableError } from '@/lib/domain/errors';
import type { ReadResult } from '@/lib/venues/read-positions';
import type { LiveClient } from './live-client';

let loading: { readonly config: ChainConfig; readonly client: Promise<LiveClient> } | undefined;

/** The browser's one live client, loaded with its chunk when first asked for. */
export function loadLiveClient(config: ChainConfig): Promise<LiveClient> {
  if (loading?.config === config) return loading.client;
  const client = import('./live-client').then(({ createLiveClient }) =>
    createLiveClient(config, new URL('/api/rpc', globalThis.location.origin).href),
  );
  loading = { config, client };
  // A chunk that failed to load is asked for again with the next block.
  client.catch(() => {
    loading = undefined;
  });
  return client;
}

export interface BookQueryInput {
  readonly config: ChainConfig;
  /** `undefined` until the chain has been seen: the query then waits. */
  readonly identity: ChainIdentity | undefined;
  readonly owners: readonly Address[];
  /** The newest block at the moment of asking, with the chain it belongs to. */
  readonly getHead: () => { readonly identity: ChainIdentity; readonly block: BlockRef } | undefined;
}

/** Key of everything read of a chain: a restarted chain (another genesis) shares nothing with the one before. */
const bookQueryKey = (identity: ChainIdentity | undefined, owners: readonly Address[]) =>
  ['book', identity?.chainId, identity?.genesisHash, [...owners].sort().join(',')] as const;

/**
 * Query options for the positions of some owners at the newest block. Each new block refetches (see `refetch` of the caller); an answer
 * that is older than the one already shown is dropped by the query's own ordering.
 */
export const bookQueryOptions = ({ config, identity, owners, getHead }: BookQueryInput) =>
  queryOptions({
    queryKey: bookQueryKey(identity, owners),
    enabled: identity !== undefined && owners.length > 0,
    queryFn: async (): Promise<ReadResult> => {
      const head = getHead();
      // After a restart the newest block belongs to another chain than this query's key; its own query reads it.
      if (!identity || head?.identity.genesisHash !== identity.genesisHash) {
        throw new ChainUnavailableError('NO_BLOCK', 'No block of this chain has been seen yet.');
      }
      const { positions } = await loadLiveClient(config);
      return positions.read({ identity, block: head.block, owners });
    },
    // Bigints and identity-keyed results: comparing deeply costs more than drawing again.
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    // A failed read is tried again at once, by then at a newer block, before it counts as failed.
    retry: 2,
    retryDelay: policy.chain.readRetryMs,
  });
