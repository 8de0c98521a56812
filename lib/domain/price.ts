import type { Address, AssetId } from './asset';

/** An answer as one feed gave it, in its own decimals. `roundId` is the aggregator's: the phase that a proxy puts before it is left out. */
export interface FeedRound {
  readonly feed: Address;
  readonly answer: bigint;
  readonly roundId: bigint;
}

/** A write to a price feed, from its `AnswerUpdated` event or its latest round. */
export interface OracleWrite extends FeedRound {
  readonly updatedAtSeconds: number;
  /** The answer it replaced, where that is known. */
  readonly before: { readonly answer: bigint; readonly updatedAtSeconds: number } | undefined;
}

const ROUND_BITS = 64;

/** The aggregator's number of a round: a proxy's is `phase << 64 | round`. `toAggregatorRound((6n << 64n) | 42n)` is 42. */
export const toAggregatorRound = (roundId: bigint): bigint => BigInt.asUintN(ROUND_BITS, roundId);

/**
 * What a contract's oracle answered for one asset, as read: nothing is judged here.
 *
 * `answer` is per one whole token with `decimals` decimals. It is `undefined` when the call failed, and may be 0 or negative when the feed
 * says so; `problem` then names it and every figure that depends on it is unknown.
 */
export interface OraclePrice {
  readonly assetId: AssetId;
  readonly feed: Address | undefined;
  readonly answer: bigint | undefined;
  readonly decimals: number;
  /** Chain time of the last write; `undefined` where the feed does not tell. */
  readonly updatedAtSeconds: number | undefined;
  readonly roundId: bigint | undefined;
  /** The round of each feed that the answer stands on; none where a feed has no rounds or its round is not the one in force. */
  readonly rounds: readonly FeedRound[];
  /** Longest silence the feed promises, seconds; from the feed itself, else from the policy. */
  readonly heartbeatSeconds: number;
  readonly deviationBps: number | undefined;
  readonly problem: 'missing' | 'invalid' | undefined;
}

/** A market price beside the oracle's: what a feed of trades says now. 8 decimals, per one whole token. */
export interface MarketPrice {
  readonly assetId: AssetId;
  readonly answer: bigint;
  /** Time of the observation on the feed's own clock, milliseconds (simulated time on the local chain). */
  readonly observedAtMs: number;
  /** Wall-clock time at which this process saw it, milliseconds: connection age is measured from here. */
  readonly receivedAtMs: number;
  readonly source: string;
}

/** Prices put in the place of the oracle's, same decimals as the oracle's answer: a what-if, or the market's. */
export type PriceOverride = (price: OraclePrice) => bigint | undefined;
