import type { Abi, Client } from 'viem';
import type { Address } from '@/lib/domain/asset';
import type { BlockRef, ChainConfig, ChainIdentity } from '@/lib/domain/chain';
import type { PositionBase } from '@/lib/domain/position';

/** One read of a contract, to be bundled with others into a multicall. */
export interface ContractRead {
  readonly address: Address;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args?: readonly unknown[];
}

/** The answer to one `ContractRead`; a failed call is kept as such, since one bad feed must not blind the rest. */
export type ContractAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string };

export interface ReadContext {
  readonly identity: ChainIdentity;
  readonly block: BlockRef;
}

/** What a venue found for one owner: its positions, or why they could not be read. An owner without positions has none and no problem. */
export interface OwnerPositions<Position> {
  readonly owner: Address;
  readonly positions: readonly Position[];
  readonly problem?: string;
}

/**
 * How a venue is read. `readMarket` fetches what changes rarely (lists, decimals, sources) in a few calls and is cached per chain identity;
 * `planReads` names every call that the positions of the owners need, all bundled with other venues' into one round, and `decode` turns
 * the answers, in the order of the calls, into positions with interest accrued to the block's timestamp.
 */
export interface VenueReader<V extends string, Market, Position extends PositionBase<V>> {
  readonly id: V;
  /**
   * `undefined` where the configuration names no deployment of this venue. The client is viem's bare one: call `multicall` and
   * `readContract` from `viem/actions` on it, so that the browser loads those two and not every action there is.
   */
  readMarket(client: Client, config: ChainConfig): Promise<Market | undefined>;
  planReads(market: Market, owners: readonly Address[]): readonly ContractRead[];
  decode(
    market: Market,
    owners: readonly Address[],
    answers: readonly ContractAnswer[],
    context: ReadContext,
  ): {
    readonly owners: readonly OwnerPositions<Position>[];
    /** What cannot be read of the venue itself, whoever asks, one sentence each: any owner may have positions there. */
    readonly problems: readonly string[];
    /** The cached market no longer fits what the chain says: read it again. */
    readonly marketChanged: boolean;
  };
}
