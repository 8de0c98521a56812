import { queryOptions } from '@tanstack/react-query';
import { policy } from '@/lib/config/policy';
import type { Address } from '@/lib/domain/asset';
import type { BlockRef, ChainConfig, ChainIdentity } from '@/lib/domain/chain';
import { ChainUnavailableError } from '@/lib/domain/errors';
import type { Known } from '@/lib/domain/known';
import type { PositionId } from '@/lib/domain/position';
import type { Wad } from '@/lib/units/fixed';
import { rulesOf } from '@/lib/venues/registry';
import { loadLiveClient } from './book-query';

export interface HistoryPlan {
  /** Blocks between two samples: a power of two. */
  readonly stride: bigint;
  /** Blocks to sample, rising, each a multiple of the stride. */
  readonly blocks: readonly bigint[];
}

/**
 * Which past blocks to sample: every multiple of a stride among the last `spanBlocks` up to the head, at most `maxSamples` of them. The
 * stride is the smallest power of two that keeps to that, so the samples of a larger stride are among those of a smaller one: as the chain
 * grows samples stay, and only new blocks are read. Block 0 holds no contracts and is left out.
 *
 * `computeHistoryPlan(100n, undefined, 60)` has stride 2n and the blocks 2, 4 … 100.
 */
export function computeHistoryPlan(
  head: bigint,
  spanBlocks: bigint | undefined,
  maxSamples: number = policy.chain.historySamples,
): HistoryPlan {
  const from = spanBlocks === undefined || spanBlocks >= head ? 1n : head - spanBlocks + 1n;
  const countAt = (stride: bigint): bigint => head / stride - (from - 1n) / stride;
  let stride = 1n;
  while (countAt(stride) > BigInt(maxSamples)) stride *= 2n;
  const first = ((from + stride - 1n) / stride) * stride;
  const count = head >= first ? Number((head - first) / stride) + 1 : 0;
  return { stride, blocks: Array.from({ length: count }, (_, index) => first + BigInt(index) * stride) };
}

/** One owner's health factors at one past block, by position. A position that is not there had not been opened, or was closed. */
export interface HistorySample {
  readonly block: BlockRef;
  readonly healthFactors: Readonly<Record<PositionId, Known<Wad | null>>>;
}

/** JSON-RPC errors of the app's own route (limits, no answer, refused as it stands): none of them says anything about that block. */
const PASSING_RPC_CODES: ReadonlySet<unknown> = new Set([-32_005, -32_002, -32_600]);
const MAX_CAUSES = 8;

/**
 * Whether a failed read may succeed when asked again: no answer, time-out, rate limit. An answer in which the node says that it does not
 * have the block or its state is final, and so is anything else the contracts answered.
 */
export function isPassingFailure(failure: unknown): boolean {
  let cause = failure;
  let passing = false;
  for (let depth = 0; depth < MAX_CAUSES && typeof cause === 'object' && cause !== null; depth += 1) {
    const { name, code } = cause as { readonly name?: unknown; readonly code?: unknown };
    if (name === 'RpcRequestError') return PASSING_RPC_CODES.has(code);
    if (name === 'HttpRequestError' || name === 'TimeoutError') passing = true;
    cause = (cause as { readonly cause?: unknown }).cause;
  }
  return passing;
}

/** Past blocks are read a few at a time, so that the newest block never waits for history. */
const CONCURRENT_READS = 3;
const waiting: (() => void)[] = [];
let running = 0;

async function inTurn<T>(read: () => Promise<T>): Promise<T> {
  if (running >= CONCURRENT_READS) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await read();
  } finally {
    // The turn passes on as it is, or ends.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

const RETRIES = 3;

/**
 * Query options for one sample of an owner's history; while the chain cannot be seen (`enabled` false) none is read. Keyed by the chain's genesis, so that a restarted chain shares nothing with the one
 * before; a sample of a past block never grows stale. Fails with `ChainUnavailableError` or `VenueReadError` where the node no longer has
 * that block's state: a gap.
 */
export const historySampleOptions = (
  config: ChainConfig,
  identity: ChainIdentity,
  owner: Address,
  block: bigint,
  enabled: boolean,
) =>
  queryOptions({
    queryKey: ['position-history', identity.chainId, identity.genesisHash, owner, block.toString()],
    enabled,
    queryFn: ({ signal }): Promise<HistorySample> =>
      inTurn(async () => {
        signal.throwIfAborted();
        const { history, readBlock } = await loadLiveClient(config);
        const result = await history.read({ identity, block: await readBlock(block), owners: [owner] });
        const found = result.owners[0];
        const problem = found?.problem ?? result.problems[0];
        if (problem !== undefined) throw new ChainUnavailableError('READ_FAILED', problem);
        const positions = found?.positions ?? [];
        return {
          block: result.block,
          healthFactors: Object.fromEntries(
            positions.map((position) => [position.id, rulesOf(position).computeEvaluation(position).healthFactor]),
          ),
        };
      }),
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    retry: (count, failure) => count < RETRIES && isPassingFailure(failure),
    retryOnMount: false,
  });

/** One sample as it stands, for drawing: read or not yet, and what was there. */
export type HistoryEntry =
  | { readonly state: 'reading'; readonly block: bigint }
  /** `gone`: the node no longer has that block's state; else it did not answer, and may when asked again. */
  | { readonly state: 'gap'; readonly block: bigint; readonly gone: boolean; readonly text: string }
  /** The position was not open at that block. */
  | { readonly state: 'absent'; readonly block: bigint; readonly timestampSeconds: number }
  | {
      readonly state: 'read';
      readonly block: bigint;
      readonly timestampSeconds: number;
      readonly healthFactor: Known<Wad | null>;
    };

/** What the node itself said, out of the errors around it. */
function findOwnWords(failure: unknown): string {
  let words = failure instanceof Error ? failure.message : String(failure);
  let cause = failure;
  for (let depth = 0; depth < MAX_CAUSES && typeof cause === 'object' && cause !== null; depth += 1) {
    const { details } = cause as { readonly details?: unknown };
    if (typeof details === 'string' && details) words = details;
    cause = (cause as { readonly cause?: unknown }).cause;
  }
  return words;
}

/** What a sample says of one position. */
export function toHistoryEntry(
  block: bigint,
  position: PositionId,
  sample: { readonly data: HistorySample | undefined; readonly error: unknown },
): HistoryEntry {
  const { data, error } = sample;
  if (data) {
    const healthFactor = data.healthFactors[position];
    const { timestampSeconds } = data.block;
    return healthFactor === undefined
      ? { state: 'absent', block, timestampSeconds }
      : { state: 'read', block, timestampSeconds, healthFactor };
  }
  if (!error) return { state: 'reading', block };
  return { state: 'gap', block, gone: !isPassingFailure(error), text: findOwnWords(error) };
}
