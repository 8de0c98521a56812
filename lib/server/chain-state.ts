import 'server-only';
import type { Hash } from '@/lib/domain/asset';
import type { BlockRef, ChainIdentity } from '@/lib/domain/chain';
import type { ChainStatus } from '@/lib/feeds/stream-protocol';

/** What decides the chain's state. Times are wall-clock milliseconds. */
export interface ChainState {
  readonly expectedChainId: number;
  readonly stalledAfterMs: number;
  readonly unreachableAfterMs: number;
  /** Before this block the chain is still being set up, and what it says is not yet true. */
  readonly firstBlock: bigint;
  readonly startedAtMs: number;
  readonly transport: ChainStatus['transport'];
  readonly identity: ChainIdentity | undefined;
  /** The id of another chain that answers in the configured one's place. */
  readonly wrongChainId: number | undefined;
  readonly block: BlockRef | undefined;
  readonly blockSeenAtMs: number | undefined;
  /** Last sign of life of any kind. */
  readonly heardAtMs: number | undefined;
  readonly failure: { readonly problem: string; readonly refused: boolean } | undefined;
}

export type ChainInput =
  | { readonly type: 'transport'; readonly transport: ChainStatus['transport'] }
  /** The chain said which one it is. */
  | { readonly type: 'identified'; readonly chainId: number; readonly genesisHash: Hash; readonly atMs: number }
  /** The newest block, perhaps the same as before: a sign of life either way. */
  | { readonly type: 'block'; readonly block: BlockRef; readonly atMs: number }
  /** A question went unanswered; `refused`: there was no connection at all. */
  | { readonly type: 'failed'; readonly problem: string; readonly refused: boolean };

export const createChainState = (
  limits: Pick<ChainState, 'expectedChainId' | 'stalledAfterMs' | 'unreachableAfterMs' | 'firstBlock'>,
  nowMs: number,
): ChainState => ({
  ...limits,
  startedAtMs: nowMs,
  transport: 'polling',
  identity: undefined,
  wrongChainId: undefined,
  block: undefined,
  blockSeenAtMs: undefined,
  heardAtMs: undefined,
  failure: undefined,
});

/** Takes one observation in. Pure. A new genesis under the same id is a new chain: nothing seen of the old one stays. */
export function reduceChain(state: ChainState, input: ChainInput): ChainState {
  switch (input.type) {
    case 'transport':
      return { ...state, transport: input.transport };
    case 'failed':
      return { ...state, failure: { problem: input.problem, refused: input.refused } };
    case 'identified': {
      const heard = { ...state, heardAtMs: input.atMs, failure: undefined };
      const nothing = { identity: undefined, block: undefined, blockSeenAtMs: undefined };
      if (input.chainId !== state.expectedChainId) return { ...heard, ...nothing, wrongChainId: input.chainId };
      if (state.identity?.genesisHash === input.genesisHash) return { ...heard, wrongChainId: undefined };
      const identity = { chainId: input.chainId, genesisHash: input.genesisHash };
      return { ...heard, ...nothing, identity, wrongChainId: undefined };
    }
    case 'block': {
      if (!state.identity) return state;
      const heard = { ...state, heardAtMs: input.atMs, failure: undefined };
      if (input.block.hash === state.block?.hash) return heard;
      return { ...heard, block: input.block, blockSeenAtMs: input.atMs };
    }
  }
}

/**
 * What is to be said of the chain at a time. In this order: another chain answers; it does not answer (refused, or silent too long although
 * asked); nothing seen yet, or still being set up; no new block for too long; live. Pure.
 */
export function toChainStatus(state: ChainState, nowMs: number): ChainStatus {
  const { identity, block, blockSeenAtMs, transport, failure, wrongChainId } = state;
  const say = (value: ChainStatus['state'], problem?: string): ChainStatus => ({
    state: value,
    identity,
    block,
    blockSeenAtMs,
    transport,
    problem,
  });
  const silentMs = nowMs - (state.heardAtMs ?? state.startedAtMs);
  if (failure && (failure.refused || silentMs >= state.unreachableAfterMs)) return say('unreachable', failure.problem);
  if (wrongChainId !== undefined) {
    return say('wrong-chain', `Chain ${wrongChainId} answers where chain ${state.expectedChainId} is configured.`);
  }
  if (!block || blockSeenAtMs === undefined || block.number < state.firstBlock) return say('starting');
  if (nowMs - blockSeenAtMs >= state.stalledAfterMs) return say('stalled');
  return say('live');
}
