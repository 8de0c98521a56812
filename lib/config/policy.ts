/**
 * Every threshold and safety margin of the product in one place. Times are milliseconds where the name ends in Ms, seconds where it ends
 * in Seconds; ratios are wads (18 decimals) where the name ends in Wad.
 */
export const policy = {
  risk: {
    /** Below 1 by the venue's own test: liquidatable. */
    dangerBelowWad: 1_080_000_000_000_000_000n,
    warningBelowWad: 1_250_000_000_000_000_000n,
    watchBelowWad: 1_500_000_000_000_000_000n,
  },
  oracle: {
    /** Promise assumed for a feed that does not publish its heartbeat. Chainlink's longest on Ethereum is 24 h. */
    defaultHeartbeatSeconds: 86_400,
    /** A feed may land a little after its promise; late only past this. */
    lateGraceSeconds: 120,
  },
  market: {
    /** No tick for so long: the market price is no longer live. Wall clock. */
    lateAfterMs: 6_000,
    /** A tick further than this factor from the last accepted one is taken for an error until confirmed. */
    absurdFactor: 3,
    /** So many consecutive ticks near each other confirm a jump. */
    absurdConfirmations: 5,
  },
  chain: {
    /** A request to the chain that takes longer counts as unanswered. */
    requestTimeoutMs: 2_000,
    /** How often the server asks a silent chain whether it is there. */
    probeEveryMs: 1_000,
    /** No new block for so long (wall clock): stalled. Overridden by configuration for chains with long block times. */
    stalledAfterMs: 4_000,
    historySamples: 60,
    /** Positions not read again for so long (wall clock) are no longer shown as figures. */
    readStaleAfterMs: 8_000,
  },
  stream: {
    heartbeatEveryMs: 2_000,
    /** A browser that hears nothing for so long considers itself cut off. */
    lostAfterMs: 4_500,
  },
  rpc: {
    maxBodyBytes: 262_144,
    maxBatch: 20,
    requestsPerSecond: 60,
    burst: 240,
  },
  firstPaint: {
    /** The server waits no longer than this for the chain before it renders without figures. */
    snapshotBudgetMs: 700,
  },
  demo: { maxWatched: 50 },
} as const;
