import type { Address, Asset, Hash } from '@/lib/domain/asset';
import type { MarketParams, MarketTotals } from './state';

/** What is known of a price feed once and for all. */
export interface FeedConfig {
  readonly address: Address;
  readonly decimals: number;
  /** Its description says that it prices in US dollars. */
  readonly inDollars: boolean;
  readonly heartbeatSeconds: number;
  readonly deviationBps: number | undefined;
}

/** An ERC-4626 vault between token and feeds. */
export interface VaultConfig {
  readonly address: Address;
  /** Shares whose conversion the oracle asks for. */
  readonly sample: bigint;
  readonly assetDecimals: number;
}

export interface SideConfig {
  readonly vault: VaultConfig | undefined;
  readonly feeds: readonly FeedConfig[];
}

/** An oracle that has the getters of MorphoChainlinkOracleV2. */
export interface OracleConfig {
  readonly scaleFactor: bigint;
  readonly base: SideConfig;
  readonly quote: SideConfig;
}

export interface MarketConfig {
  readonly id: Hash;
  readonly params: MarketParams;
  readonly loan: Asset;
  readonly collateral: Asset;
  /** `undefined`: an oracle of another build, of which only `price()` is read. */
  readonly oracle: OracleConfig | undefined;
  /** The totals when this was read: what the rate model is asked with. */
  readonly seen: MarketTotals;
}

/** Morpho's markets of one configuration: what changes rarely, cached per chain. */
export interface MorphoMarkets {
  readonly contract: Address;
  readonly multicall3: Address;
  readonly markets: readonly MarketConfig[];
  /** Why a configured market cannot be read at all, one sentence each. */
  readonly problems: readonly string[];
}
