import type { Client } from 'viem';
import type { Address } from '@/lib/domain/asset';
import type { ChainConfig } from '@/lib/domain/chain';
import type { OracleWrite } from '@/lib/domain/price';
import type { Clock } from './clock';
import type { ChainStatus, MarketFeedStatus } from './stream-protocol';

/** A market price as it came, unjudged: `lib/feeds/tick-guard.ts` says whether it is taken. */
export interface RawTick {
  readonly assetId: string;
  /** Dollars per whole token, as the feed wrote it. */
  readonly price: string;
  /** The feed's own clock, milliseconds. */
  readonly observedAtMs: number;
  /** Grows from tick to tick within one session. */
  readonly sequence: number;
}

export interface FeedStatus {
  readonly state: 'connecting' | 'open' | 'down';
  /** Wall clock, milliseconds. */
  readonly lastHeardAtMs: number | undefined;
  /** From sending to hearing, milliseconds, where the feed tells when it sent. */
  readonly latencyMs: number | undefined;
  readonly simulation: MarketFeedStatus['simulation'];
  readonly problem: string | undefined;
}

export type FeedEvent =
  /** The feed was reached anew: its numbering may start again. */
  | { readonly type: 'session' }
  | { readonly type: 'ticks'; readonly ticks: readonly RawTick[]; readonly receivedAtMs: number }
  /** Writes to on-chain feeds, oldest first. */
  | { readonly type: 'writes'; readonly writes: readonly OracleWrite[] }
  | { readonly type: 'status'; readonly status: FeedStatus };

/** A source of prices. It starts when it is made, reconnects by itself, and reports rather than throws. */
export interface PriceFeed {
  readonly id: string;
  /** As people call it. */
  readonly name: string;
  /** Calls back with every event from now on; the answer ends that. */
  subscribe(listener: (event: FeedEvent) => void): () => void;
  status(): FeedStatus;
  /** Ends every connection and timer. A stopped feed does not start again. */
  stop(): void;
}

export interface ChainLog {
  readonly address: Address;
  readonly topics: readonly `0x${string}`[];
  readonly data: `0x${string}`;
}

/** The chain as a feed may see it: over the one connection the server holds. */
export interface ChainSource {
  status(): ChainStatus;
  /** Calls back at every change of the status: a new block, another identity, a loss. */
  subscribe(listener: (status: ChainStatus) => void): () => void;
  /** Logs of these contracts with this first topic, again after every reconnect. One watch at a time: a second replaces the first. */
  watchLogs(
    addresses: readonly Address[],
    topic: `0x${string}`,
    listener: (logs: readonly ChainLog[]) => void,
  ): () => void;
}

/** All that a feed may be made from; a feed that lacks its part is not made. */
export interface FeedContext {
  readonly clock: Clock;
  readonly config: ChainConfig;
  readonly client: Client;
  readonly chain: ChainSource;
  readonly market: { readonly url: string; readonly token: string | undefined } | undefined;
}

/** One line in `registry.ts`: what a feed is, and how it is made. `undefined` where the configuration does not name it. */
export interface FeedDefinition {
  readonly id: string;
  readonly name: string;
  /** Market: what trades say. Oracle: what contracts use. */
  readonly kind: 'market' | 'oracle';
  create(context: FeedContext): PriceFeed | undefined;
}
