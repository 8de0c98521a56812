import type { Deployment } from './deploy/deployment';
import type { FeedWrite } from './keeper';
import type { Liquidation } from './liquidator';
import type { OpenedAccount } from './open-demo-accounts';
import type { AssetSymbol } from './parameters';

export interface KeeperRecord {
  readonly symbol: AssetSymbol;
  /** 8 decimals, decimal string. */
  readonly answer: string;
  readonly reason: FeedWrite['reason'] | 'command';
  readonly timestampSeconds: number;
}

/** What the control server tells of chain, market, keeper and liquidator. */
export interface DevnetState {
  readonly chain: {
    readonly status: 'starting' | 'ready' | 'restarting';
    readonly restarts: number;
    readonly genesisHash: string | undefined;
    readonly timestampSeconds: number | undefined;
  };
  readonly market: { readonly seed: number; readonly speed: number; readonly paused: boolean; readonly timeMs: number };
  readonly keeper: { readonly stopped: readonly AssetSymbol[]; readonly writes: readonly KeeperRecord[] };
  readonly liquidator: { readonly on: boolean; readonly liquidations: readonly Liquidation[] };
}

export interface MarketTick {
  readonly sequence: number;
  /** Simulated time, which is also the chain's. */
  readonly timeMs: number;
  /** Wall clock at which this was sent. */
  readonly sentAtMs: number;
  /** By CAIP-19 id, decimal strings. */
  readonly prices: Readonly<Record<string, string>>;
}

export type DevnetListener = (
  event:
    | { readonly type: 'market'; readonly data: MarketTick }
    | { readonly type: 'state'; readonly data: DevnetState },
) => void;

export interface DevnetDescription {
  readonly deployment: Deployment;
  readonly genesisHash: string;
  readonly env: Readonly<Record<string, string>>;
  readonly accounts: readonly OpenedAccount[];
}

/** So many writes, and as many liquidations, are remembered, newest first. */
export const KEPT_RECORDS = 20;
