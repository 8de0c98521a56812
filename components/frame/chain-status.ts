import type { Tone } from '@/components/ui/tag';
import type { ChainStatus, MarketFeedStatus } from '@/lib/feeds/stream-protocol';

export interface StatusWords {
  readonly tone: Tone;
  readonly word: string;
  /** What it means for the figures. */
  readonly meaning: string;
}

const CHAIN: Readonly<Record<ChainStatus['state'], StatusWords>> = {
  live: { tone: 'safe', word: 'live', meaning: 'Blocks arrive; figures are read at the newest one.' },
  starting: { tone: 'watch', word: 'starting', meaning: 'The chain is starting. Figures appear with its first block.' },
  stalled: {
    tone: 'warning',
    word: 'stalled',
    meaning: 'No new block arrives, so figures are unknown until one does.',
  },
  unreachable: {
    tone: 'liquidatable',
    word: 'unreachable',
    meaning: 'The chain does not answer, so figures are unknown. Ballast keeps trying.',
  },
  'wrong-chain': {
    tone: 'liquidatable',
    word: 'wrong chain',
    meaning: 'Another chain answers than the one configured, so nothing is read from it.',
  },
};

const LOST: StatusWords = {
  tone: 'liquidatable',
  word: 'connection lost',
  meaning: 'This browser no longer hears from Ballast, so figures are unknown. It keeps trying.',
};

const CONNECTING: StatusWords = { tone: 'watch', word: 'connecting', meaning: 'Connecting to Ballast.' };

/** State of the chain in one word, for the pill and for the live region. */
export function describeChain(connection: 'connecting' | 'live' | 'lost', chain: ChainStatus | undefined): StatusWords {
  if (connection === 'lost') return LOST;
  return chain ? CHAIN[chain.state] : CONNECTING;
}

/** State of the market feed in one word. */
export const MARKET_WORDS: Readonly<Record<MarketFeedStatus['state'], StatusWords>> = {
  live: {
    tone: 'safe',
    word: 'live',
    meaning: 'Market prices arrive; figures at market price stand beside the contract’s.',
  },
  late: {
    tone: 'warning',
    word: 'late',
    meaning: 'No market price has arrived for a while; figures at market price are unknown.',
  },
  down: {
    tone: 'liquidatable',
    word: 'down',
    meaning: 'The market feed does not answer; figures at market price are unknown.',
  },
  none: { tone: 'neutral', word: 'none', meaning: 'No market feed is configured; only oracle prices are shown.' },
};

const PAUSED: StatusWords = {
  tone: 'paused',
  word: 'paused',
  meaning: 'The simulated market is paused: its prices stand still and go on being sent.',
};

/** State of the market feed in one word, and that of its simulation: a market that stands still is not live. */
export const describeMarket = ({ state, simulation }: MarketFeedStatus): StatusWords =>
  state === 'live' && simulation?.paused ? PAUSED : MARKET_WORDS[state];

/** How fast chain time runs where it is simulated and faster than the clock; `undefined` where it is not. */
export const describeSpeed = (market: MarketFeedStatus | undefined): string | undefined =>
  market?.simulation && !market.simulation.paused && market.simulation.speed > 1
    ? `simulated time ${market.simulation.speed}×`
    : undefined;
