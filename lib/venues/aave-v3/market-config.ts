import type { Address, Asset } from '@/lib/domain/asset';

/** A reserve, as far as it changes rarely. */
export interface ReserveConfig {
  readonly asset: Asset;
  readonly id: number;
  readonly aToken: Address;
  readonly variableDebtToken: Address;
  /** The oracle's source; `undefined` where it has none and asks its fallback. */
  readonly feed: Address | undefined;
  readonly heartbeatSeconds: number;
  readonly deviationBps: number | undefined;
}

/** One Aave pool with what its reading needs; `problem` says why there is nothing to read. */
export interface AaveMarket {
  readonly addressesProvider: Address;
  readonly uiPoolDataProvider: Address;
  readonly pool: Address;
  readonly oracle: Address;
  readonly name: string | undefined;
  /** In the order of the pool's list. */
  readonly reserves: readonly ReserveConfig[];
  /**
   * Every reserve's id is its place in the list. Where a reserve was dropped this fails, and `UiPoolDataProviderV3`, which takes the place
   * for the id, reads the wrong flags: balances and flags are then read one by one.
   */
  readonly compact: boolean;
  readonly problem: string | undefined;
}
