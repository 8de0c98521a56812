import { BaseError, type Client, HttpRequestError, RpcRequestError, TimeoutError } from 'viem';
import type { Address } from '@/lib/domain/asset';
import type { BlockRef, ChainConfig, ChainIdentity } from '@/lib/domain/chain';
import { ChainUnavailableError, VenueReadError } from '@/lib/domain/errors';
import { aaveV3Reader } from './aave-v3/read';
import { createBundleAsker } from './ask-bundles';
import { morphoBlueReader } from './morpho-blue/read';
import type { OwnerPositions, VenueReader } from './reader';
import type { Position, VenueId } from './registry';

/** Every venue's reader, one line each. */
const readers: readonly VenueReader<VenueId, unknown, Position>[] = [aaveV3Reader, morphoBlueReader];

export interface ReadRequest {
  readonly identity: ChainIdentity;
  readonly block: BlockRef;
  readonly owners: readonly Address[];
}

export interface ReadResult {
  readonly identity: ChainIdentity;
  /** The block read, with the timestamp the calls themselves saw. */
  readonly block: BlockRef;
  readonly owners: readonly OwnerPositions<Position>[];
  /** What cannot be read of the venues themselves, one sentence each: anyone may have positions there that are missing here. */
  readonly problems: readonly string[];
  /** Calls sent in this round, and requests they were bundled into. */
  readonly callCount: number;
  readonly requestCount: number;
}

const RATE_LIMITED = 429;

/** Why a read failed, in a sentence: too often, a status, a time-out and an error of the node's each in their own words. */
function describeFailure(cause: unknown): string {
  if (!(cause instanceof BaseError)) return String(cause);
  const found = cause.walk(
    (error) => error instanceof HttpRequestError || error instanceof TimeoutError || error instanceof RpcRequestError,
  );
  if (found instanceof TimeoutError) return 'The chain did not answer in time.';
  if (found instanceof RpcRequestError) return `The chain answered with an error: ${found.details}`;
  if (found instanceof HttpRequestError && found.status !== undefined) {
    return found.status === RATE_LIMITED
      ? 'Further requests are refused for now (rate limit).'
      : `The chain was not reached: HTTP status ${found.status}.`;
  }
  return cause.shortMessage;
}

/** Reads positions of one chain and remembers what changes rarely, keyed by the chain's identity. One per configuration. */
export interface PositionsReader {
  read(request: ReadRequest): Promise<ReadResult>;
}

/**
 * Makes the reader that browser and server share: all positions of some owners over all venues, read at one block in one round of
 * multicalls, interest accrued to that block's time.
 *
 * Errors: `ChainUnavailableError` when the node does not answer or does not know the block, `VenueReadError` when its answers make no
 * sense. What one venue or owner lacks is reported in the result and blinds nobody else.
 */
export function createPositionsReader(client: Client, config: ChainConfig): PositionsReader {
  const markets = new Map<string, Promise<readonly unknown[]>>();
  const ask = createBundleAsker(client, config.multicall3);
  const loadMarkets = (identity: ChainIdentity): Promise<readonly unknown[]> => {
    const key = `${identity.chainId}:${identity.genesisHash}`;
    const cached = markets.get(key);
    if (cached) return cached;
    markets.clear();
    const loading = Promise.all(readers.map((reader) => reader.readMarket(client, config)));
    markets.set(key, loading);
    loading.catch(() => markets.delete(key));
    return loading;
  };

  const readOnce = async (request: ReadRequest): Promise<ReadResult & { readonly marketChanged: boolean }> => {
    const loaded = await loadMarkets(request.identity);
    const plans = readers.flatMap((reader, index) => {
      const market = loaded[index];
      return market === undefined ? [] : [{ reader, market, reads: reader.planReads(market, request.owners) }];
    });
    const { answers, timestampSeconds, requestCount } = await ask(
      plans.flatMap(({ reads }) => reads),
      request.block,
    );
    const block: BlockRef = { ...request.block, timestampSeconds };
    const merged = new Map<Address, { positions: Position[]; problems: string[] }>(
      request.owners.map((owner) => [owner, { positions: [], problems: [] }]),
    );
    let offset = 0;
    let marketChanged = false;
    const venueProblems: string[] = [];
    for (const { reader, market, reads } of plans) {
      const slice = answers.slice(offset, offset + reads.length);
      offset += reads.length;
      const decoded = reader.decode(market, request.owners, slice, { identity: request.identity, block });
      marketChanged ||= decoded.marketChanged;
      venueProblems.push(...decoded.problems);
      for (const found of decoded.owners) {
        const entry = merged.get(found.owner);
        entry?.positions.push(...found.positions);
        if (found.problem !== undefined) entry?.problems.push(found.problem);
      }
    }
    return {
      identity: request.identity,
      block,
      owners: [...merged].map(([owner, { positions, problems }]) =>
        problems.length > 0 ? { owner, positions, problem: problems.join(' ') } : { owner, positions },
      ),
      problems: venueProblems,
      callCount: answers.length,
      requestCount,
      marketChanged,
    };
  };

  return {
    async read(request) {
      try {
        const first = await readOnce(request);
        if (!first.marketChanged) return first;
        // The venue gained a reserve or changed a source since its configuration was read: read that again, once.
        markets.clear();
        return await readOnce(request);
      } catch (cause) {
        if (cause instanceof VenueReadError) throw cause;
        throw new ChainUnavailableError('READ_FAILED', describeFailure(cause), {
          inputs: { block: request.block.number, owners: request.owners.length },
          nextStep: 'The read is tried again with the next block.',
          cause,
        });
      }
    },
  };
}
