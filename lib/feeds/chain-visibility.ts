import type { Hash } from '@/lib/domain/asset';
import type { ChainIdentity } from '@/lib/domain/chain';
import type { UnknownReason } from '@/lib/domain/known';
import type { ChainStatus } from './stream-protocol';

/** What decides whether figures read earlier may still be shown. Times are wall-clock milliseconds. */
export interface VisibilityInput {
  readonly connection: 'connecting' | 'live' | 'lost';
  readonly chain: ChainStatus | undefined;
  /** The chain the positions were read from, and when that read was answered. */
  readonly readFrom: ChainIdentity | undefined;
  readonly readAtMs: number | undefined;
  readonly readBlockHash: Hash | undefined;
  readonly readError: string | undefined;
  readonly nowMs: number;
  /** How long the chain may go without a block, and how long a read may fail to follow one. */
  readonly stalledAfterMs: number;
  readonly readStaleAfterMs: number;
}

const STATE_REASON: Readonly<Record<Exclude<ChainStatus['state'], 'live'>, UnknownReason>> = {
  starting: { code: 'not-read-yet', text: 'The chain is starting; nothing has been read yet.' },
  stalled: {
    code: 'chain-stalled',
    text: 'The chain has produced no new block; what it said last may no longer hold.',
  },
  unreachable: { code: 'chain-unreachable', text: 'The chain does not answer; nothing can be said about it now.' },
  'wrong-chain': { code: 'wrong-chain', text: 'Another chain answers than the one configured.' },
};

/**
 * Why figures may not be shown now, or `undefined` when they may. Stale is not live: a lost connection, a chain that does not answer, a
 * restarted chain and reads that keep failing each make every figure unknown, with their own reason.
 */
export function computeBlindness(input: VisibilityInput): UnknownReason | undefined {
  const { connection, chain, readFrom, readAtMs, readError, nowMs } = input;
  if (connection === 'lost') {
    return {
      code: 'chain-unreachable',
      text: 'The connection to Ballast is lost; nothing can be said about the chain now.',
    };
  }
  if (chain && chain.state !== 'live') {
    const reason = STATE_REASON[chain.state];
    return chain.problem ? { ...reason, text: `${reason.text} ${chain.problem}` } : reason;
  }
  if (!readFrom || readAtMs === undefined) {
    return readError
      ? { code: 'read-failed', text: `The positions could not be read: ${readError}` }
      : { code: 'not-read-yet', text: 'The positions have not been read yet.' };
  }
  if (chain?.identity && chain.identity.genesisHash !== readFrom.genesisHash) {
    return { code: 'not-read-yet', text: 'The chain was restarted; its positions are being read again.' };
  }
  // What was read at the newest block holds until there is another. Past that a read is due within its time, sooner when one has failed.
  const isNewest = chain?.block !== undefined && chain.block.hash === input.readBlockHash;
  const allowedMs = input.readStaleAfterMs + (readError ? 0 : input.stalledAfterMs);
  if (!isNewest && nowMs - readAtMs > allowedMs) {
    const cause = readError ? `: ${readError}` : '.';
    return { code: 'read-failed', text: `The positions could not be read again${cause}` };
  }
  return undefined;
}
