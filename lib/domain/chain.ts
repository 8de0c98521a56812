import type { Address, Hash } from './asset';

/** Identity of one run of one chain: whatever is remembered of a chain is keyed by it, since a local chain starts afresh under the same id. */
export interface ChainIdentity {
  readonly chainId: number;
  readonly genesisHash: Hash;
}

/** The block a figure was read at. `timestampSeconds` is the chain's own clock, against which on-chain ages are measured. */
export interface BlockRef {
  readonly number: bigint;
  readonly hash: Hash;
  readonly timestampSeconds: number;
}

/** Where a venue reader finds the contracts it reads; public, so that browser and server read alike. */
export interface ChainConfig {
  readonly chainId: number;
  readonly name: string;
  readonly multicall3: Address;
  readonly aave?: {
    readonly addressesProvider: Address;
    readonly uiPoolDataProvider: Address;
    readonly protocolDataProvider: Address;
  };
  readonly morpho?: { readonly address: Address; readonly marketIds: readonly Hash[] };
  /** No new block for so long (wall clock): the chain stands still. `Infinity` for a chain that mines only when asked. */
  readonly stalledAfterMs: number;
  /** Block explorer, `…/address/` style base without trailing slash, where there is one. */
  readonly explorerUrl?: string;
}
