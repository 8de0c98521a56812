import type { Client } from 'viem';
import type { Address } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';
import { VenueReadError } from '@/lib/domain/errors';
import { askMulticall, encodeAggregate, encodeRead, multicall3Abi } from './multicall';
import type { ContractAnswer, ContractRead } from './reader';
import { classifyTooMuch } from './too-much';

/** Larger bundles fail over HTTP on some nodes; smaller ones only add round trips. Bytes of calldata. */
const BUNDLE_BYTES = 65_536;
/** After time-outs no smaller than this: a chain that was away must not be asked in a thousand pieces when it is back. */
const SLOW_BUNDLE_BYTES = BUNDLE_BYTES / 8;
/** Answered rounds after which a node that refused a bundle for its size or gas is asked for more again: most refuse for good. */
const ROUNDS_BEFORE_MORE = 60;

interface Bundle {
  /** The clock first. */
  readonly reads: readonly ContractRead[];
  readonly calldata: `0x${string}`;
  readonly bytes: number;
}

interface BundleAnswer {
  readonly answers: readonly ContractAnswer[];
  readonly timestampSeconds: number;
}

function planBundles(reads: readonly ContractRead[], multicall3: Address, limitBytes: number): readonly Bundle[] {
  const bundles: Bundle[] = [];
  let calls: { target: Address; callData: `0x${string}` }[] = [];
  let batch: ContractRead[] = [];
  let bytes = 0;
  const clock: ContractRead = { address: multicall3, abi: multicall3Abi, functionName: 'getCurrentBlockTimestamp' };
  const close = () => {
    if (batch.length === 0) return;
    bundles.push({ reads: batch, calldata: encodeAggregate(calls), bytes });
    calls = [];
    batch = [];
    bytes = 0;
  };
  const push = (read: ContractRead) => {
    const callData = encodeRead(read);
    const size = callData.length / 2 + 160;
    // The clock alone asks for nothing.
    if (batch.length > 1 && bytes + size > limitBytes) {
      close();
      // Every bundle carries the clock it was answered at, so that bundles of different times are noticed.
      push(clock);
    }
    calls.push({ target: read.address, callData });
    batch.push(read);
    bytes += size;
  };
  push(clock);
  for (const read of reads) push(read);
  close();
  return bundles;
}

async function askBundle(client: Client, multicall3: Address, bundle: Bundle, block: BlockRef): Promise<BundleAnswer> {
  // Pinned by hash: the answer is of this very block, of this very chain, or an error.
  const [clock, ...answers] = await askMulticall(client, multicall3, bundle.reads, bundle.calldata, block.hash);
  if (!clock?.ok) throw new VenueReadError('MULTICALL_CLOCK', 'The multicall contract did not tell the block time.');
  return { timestampSeconds: Number(clock.value), answers };
}

function requireOneTime(parts: readonly BundleAnswer[], fallback: number): number {
  const timestampSeconds = parts[0]?.timestampSeconds ?? fallback;
  if (parts.some((part) => part.timestampSeconds !== timestampSeconds)) {
    throw new VenueReadError('MIXED_BLOCKS', 'The node answered parts of one read at different block times.');
  }
  return timestampSeconds;
}

/**
 * Makes what asks contracts many things at one block, in as few multicalls as the node takes: a bundle that is too much for it at once is
 * asked in halves, down to single calls, and later rounds in bundles of the size that was answered. A bundle that only took too long is not
 * asked again, since a node that is away does that too, but the next round is asked in smaller ones. What was slow is asked in bundles twice as large after each round that is
 * answered, and what refused after sixty such rounds: neither is asked in small pieces for ever.
 *
 * Errors: what the client throws; `VenueReadError` MULTICALL_CLOCK and MIXED_BLOCKS when the answers are not of one block.
 */
export function createBundleAsker(client: Client, multicall3: Address) {
  /** What the node answers in time, and what it takes for size and gas, as far as is known. */
  let inTimeBytes = BUNDLE_BYTES;
  let takenBytes = BUNDLE_BYTES;
  let roundsTaken = 0;

  const askInHalves = async (bundle: Bundle, block: BlockRef, sent: { count: number }): Promise<BundleAnswer> => {
    sent.count += 1;
    try {
      return await askBundle(client, multicall3, bundle, block);
    } catch (cause) {
      const tooMuch = classifyTooMuch(cause);
      if (tooMuch === 'time') inTimeBytes = Math.max(Math.min(inTimeBytes, bundle.bytes / 2), SLOW_BUNDLE_BYTES);
      const asked = bundle.reads.slice(1);
      if (tooMuch !== 'gas or size' || asked.length < 2) throw cause;
      takenBytes = Math.min(takenBytes, bundle.bytes / 2);
      roundsTaken = 0;
      const middle = Math.ceil(asked.length / 2);
      const parts: BundleAnswer[] = [];
      for (const half of [asked.slice(0, middle), asked.slice(middle)]) {
        const [whole] = planBundles(half, multicall3, Number.POSITIVE_INFINITY);
        if (whole) parts.push(await askInHalves(whole, block, sent));
      }
      const timestampSeconds = requireOneTime(parts, block.timestampSeconds);
      return { timestampSeconds, answers: parts.flatMap(({ answers }) => answers) };
    }
  };

  return async (
    reads: readonly ContractRead[],
    block: BlockRef,
  ): Promise<BundleAnswer & { readonly requestCount: number }> => {
    const sent = { count: 0 };
    const bundles = planBundles(reads, multicall3, Math.min(inTimeBytes, takenBytes));
    const parts = await Promise.all(bundles.map((bundle) => askInHalves(bundle, block, sent)));
    inTimeBytes = Math.min(inTimeBytes * 2, BUNDLE_BYTES);
    if (sent.count === bundles.length && ++roundsTaken % ROUNDS_BEFORE_MORE === 0) {
      takenBytes = Math.min(takenBytes * 2, BUNDLE_BYTES);
    }
    return {
      answers: parts.flatMap(({ answers }) => answers),
      timestampSeconds: requireOneTime(parts, block.timestampSeconds),
      requestCount: sent.count,
    };
  };
}
