import type { Address, Hash } from '@/lib/domain/asset';
import type { BlockRef, ChainIdentity } from '@/lib/domain/chain';
import type { MarketPrice, OracleWrite } from '@/lib/domain/price';

/** What the server knows of the chain right now. Figures are shown only while `state` is 'live'. */
export interface ChainStatus {
  readonly state: 'starting' | 'live' | 'stalled' | 'unreachable' | 'wrong-chain';
  readonly identity: ChainIdentity | undefined;
  readonly block: BlockRef | undefined;
  /** Server's wall clock when that block was first seen: connection age is measured from here. */
  readonly blockSeenAtMs: number | undefined;
  readonly transport: 'websocket' | 'polling';
  /** One plain sentence where something is wrong. */
  readonly problem: string | undefined;
}

/** What the local chain's liquidator did, from the contract's own event. Amounts in token units. */
export interface SimulatedLiquidation {
  readonly account: Address;
  readonly debtAsset: Address;
  readonly repaid: bigint;
  readonly collateralAsset: Address;
  readonly seized: bigint;
  /** Chain time. */
  readonly timestampSeconds: number;
}

/** What the server knows of the market feed. 'none': the configuration names no market feed. */
export interface MarketFeedStatus {
  readonly state: 'live' | 'late' | 'down' | 'none';
  readonly source: string | undefined;
  readonly lastTickAtMs: number | undefined;
  readonly latencyMs: number | undefined;
  /** Only the simulated market has these. */
  readonly simulation:
    | {
        readonly seed: number;
        readonly speed: number;
        readonly paused: boolean;
        readonly liquidatorOn: boolean;
        /** The last few, newest first. */
        readonly liquidations: readonly SimulatedLiquidation[];
      }
    | undefined;
  readonly problem: string | undefined;
}

/** A price tick that was not taken as it came, and why: 0, negative, absurdly far, out of order. */
export interface RejectedTick {
  readonly assetId: string;
  readonly reason: string;
  readonly atMs: number;
}

/** Events of `GET /api/stream`, encoded by `encodeJson`, named by `type`, each with an increasing `id`. */
export type StreamEvent =
  | {
      readonly type: 'state';
      readonly serverTimeMs: number;
      readonly chain: ChainStatus;
      readonly market: MarketFeedStatus;
      readonly prices: readonly MarketPrice[];
      readonly rejected: readonly RejectedTick[];
      /** The newest write of each feed, of the chain with that genesis: `chain` may just not know which one answers. */
      readonly latestWrites: readonly OracleWrite[];
      readonly writesGenesisHash: Hash | undefined;
    }
  | {
      readonly type: 'block';
      readonly serverTimeMs: number;
      readonly chain: ChainStatus;
      readonly writes: readonly OracleWrite[];
    }
  | {
      readonly type: 'market';
      readonly serverTimeMs: number;
      readonly market: MarketFeedStatus;
      readonly prices: readonly MarketPrice[];
      readonly rejected: readonly RejectedTick[];
    }
  | {
      readonly type: 'heartbeat';
      readonly serverTimeMs: number;
      readonly chain: ChainStatus;
      readonly market: MarketFeedStatus;
    };
