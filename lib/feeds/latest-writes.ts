import type { Address, Hash } from '@/lib/domain/asset';
import type { OracleWrite } from '@/lib/domain/price';
import type { ChainStatus, StreamEvent } from './stream-protocol';

/** The newest write of each feed, of one run of one chain. */
export interface LatestWrites {
  readonly genesisHash: Hash | undefined;
  readonly byFeed: ReadonlyMap<Address, OracleWrite>;
}

export const NO_WRITES: LatestWrites = { genesisHash: undefined, byFeed: new Map() };

type SentWrites = Pick<Extract<StreamEvent, { type: 'state' }>, 'latestWrites' | 'writesGenesisHash'>;

/** As a `state` event carries them. Pure. */
export const toSentWrites = ({ genesisHash, byFeed }: LatestWrites): SentWrites => ({
  latestWrites: [...byFeed.values()],
  writesGenesisHash: genesisHash,
});

/** What a `state` event carries, less what is of another chain than the one it says answers. Pure. */
export function readSentWrites({
  chain,
  latestWrites,
  writesGenesisHash,
}: SentWrites & { chain: ChainStatus }): LatestWrites {
  const sent = { genesisHash: writesGenesisHash, byFeed: new Map(latestWrites.map((write) => [write.feed, write])) };
  return mergeLatestWrites(sent, chain, []);
}

/**
 * Takes writes in, oldest first. What was written on another run of the chain says nothing about this one and is forgotten; while it is not
 * known which chain answers, all stays. Where nothing changed the same object comes back, so that nothing is drawn again for it. Pure.
 */
export function mergeLatestWrites(
  before: LatestWrites,
  chain: ChainStatus,
  writes: readonly OracleWrite[],
): LatestWrites {
  const genesisHash = chain.identity?.genesisHash ?? before.genesisHash;
  const isSameChain = genesisHash === before.genesisHash;
  if (isSameChain && writes.length === 0) return before;
  const kept = isSameChain ? before.byFeed : [];
  return { genesisHash, byFeed: new Map([...kept, ...writes.map((write) => [write.feed, write] as const)]) };
}
