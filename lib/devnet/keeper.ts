import type { AssetSymbol } from './parameters';

/** Feeds that are written together: a ratio of two of them must never mix prices of different moments. */
const ROUNDS: readonly (readonly AssetSymbol[])[] = [
  ['WETH', 'wstETH', 'weETH'],
  ['USDe', 'sUSDe'],
];

export interface FeedState {
  readonly symbol: AssetSymbol;
  readonly heartbeatSeconds: number;
  readonly deviationBps: number;
  readonly lastAnswer: bigint;
  /** Chain time. */
  readonly lastWriteSeconds: number;
}

export interface FeedWrite {
  readonly symbol: AssetSymbol;
  readonly answer: bigint;
  readonly reason: 'deviation' | 'heartbeat' | 'round';
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/** Moved by at least the threshold, measured against the last answer, exactly. */
const hasDeviated = (feed: FeedState, market: bigint): boolean =>
  absolute(market - feed.lastAnswer) * 10_000n >= absolute(feed.lastAnswer) * BigInt(feed.deviationBps) &&
  market !== feed.lastAnswer;

function decideReason(feed: FeedState, market: bigint, nowSeconds: number): FeedWrite['reason'] | undefined {
  if (hasDeviated(feed, market)) return 'deviation';
  return nowSeconds - feed.lastWriteSeconds >= feed.heartbeatSeconds ? 'heartbeat' : undefined;
}

/**
 * Which feeds are written now, as Chainlink's nodes decide it: when the market is off the last answer by the deviation threshold or more,
 * or when the heartbeat has run out. Feeds of one round are written together as soon as one of them is due.
 *
 * `market` has 8 decimals; a feed without a market price is not written: silence is the truth then.
 * Example: last answer 3000e8, threshold 50 bps: written at 3015e8, not at 3014.99e8.
 */
export function computeFeedWrites(
  feeds: readonly FeedState[],
  market: Readonly<Partial<Record<AssetSymbol, bigint>>>,
  nowSeconds: number,
): readonly FeedWrite[] {
  const due = new Map<AssetSymbol, FeedWrite['reason']>();
  for (const feed of feeds) {
    const price = market[feed.symbol];
    const reason = price === undefined ? undefined : decideReason(feed, price, nowSeconds);
    if (reason !== undefined) due.set(feed.symbol, reason);
  }
  for (const round of ROUNDS) {
    if (!round.some((symbol) => due.has(symbol))) continue;
    for (const symbol of round) if (!due.has(symbol)) due.set(symbol, 'round');
  }
  return feeds.flatMap((feed) => {
    const reason = due.get(feed.symbol);
    const answer = market[feed.symbol];
    return reason === undefined || answer === undefined ? [] : [{ symbol: feed.symbol, answer, reason }];
  });
}
