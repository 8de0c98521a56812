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
    /**
     * How far a dollar stablecoin may move, either way, to count as the nearest danger: further, any volatile asset comes first. USDC lost
     * about 12 % on 11 March 2023.
     */
    greatestDepegBps: 1_500,
    /**
     * Within that, a per cent of a dollar stablecoin counts as so many per cent of a volatile asset when the two are compared by nearness: an
     * ordinary day moves ether by some 3 to 4 %, a dollar by a few tenths. So at a health factor of 1.04 ETH at −6 % is named before USDC at
     * +4 %, and a stablecoin comes first where it alone can liquidate or everything else is ten times as far. Our choice, for ordering only.
     */
    depegWeight: 10,
  },
  oracle: {
    /** Promise assumed for a feed that does not publish its heartbeat. Chainlink's longest on Ethereum is 24 h. */
    defaultHeartbeatSeconds: 86_400,
    /** A feed may land a little after its promise; late only past this. */
    lateGraceSeconds: 120,
    /** An answer further than this factor from the one before, up or down, is doubted until the market or another write confirms it. */
    jumpFactor: 3,
    /** The market confirms a jump from within so much of the answer, in basis points. */
    jumpAgreementBps: 500n,
  },
  market: {
    /** No tick for so long: the market price is no longer live. Wall clock. */
    lateAfterMs: 6_000,
    /** A tick further than this factor from the last accepted one is taken for an error until confirmed. */
    absurdFactor: 3,
    /** So many consecutive ticks near each other confirm a jump. */
    absurdConfirmations: 5,
    /** Ticks that confirm a jump lie within so much of each other, in basis points. */
    absurdAgreementBps: 500n,
    /** So many refused ticks are remembered, newest first. */
    keptRejections: 20,
    /** A control request to the simulated market: body limit, and how long it may take. */
    controlMaxBodyBytes: 4_096,
    controlTimeoutMs: 3_000,
  },
  chain: {
    /** A request to the chain that takes longer counts as unanswered. */
    requestTimeoutMs: 2_000,
    /** How often the server asks a silent chain whether it is there. */
    probeEveryMs: 1_000,
    /** Neither an answer nor a block for so long although asked: unreachable. A refused connection counts at once. */
    unreachableAfterMs: 3_000,
    /** Wait before the socket is tried again, doubling from the first to the last. */
    reconnectFromMs: 250,
    reconnectToMs: 5_000,
    /** Feed events are fetched for at most so many blocks after a gap; older ones are seen in the next read of the positions. */
    maxLogBlocks: 100,
    /** No new block for so long (wall clock): stalled. Overridden by configuration for chains with long block times. */
    stalledAfterMs: 4_000,
    historySamples: 60,
    /** Positions not read again for so long (wall clock) are no longer shown as figures. */
    readStaleAfterMs: 8_000,
    readRetryMs: 400,
  },
  stream: {
    heartbeatEveryMs: 2_000,
    /** A browser that hears nothing for so long considers itself cut off. */
    lostAfterMs: 4_500,
    /** A tab that hears nothing from the tab that listens for all opens a stream of its own. Above the heartbeat, below `lostAfterMs`. */
    followerPatienceMs: 3_000,
    /** Wait before a stream is opened again, doubling from the first to the last. */
    reconnectFromMs: 500,
    reconnectToMs: 4_000,
    /** Streams the server keeps open at once. */
    maxStreams: 64,
    /** Events a slow reader may be behind before they are dropped and replaced by one whole state. */
    queuedEvents: 32,
  },
  rpc: {
    maxBodyBytes: 262_144,
    maxBatch: 20,
    /** One client's share, where a trusted proxy tells clients apart. */
    requestsPerSecond: 60,
    burst: 240,
    /** All clients together may use so many times one client's share; so may everybody where clients are not told apart. */
    totalShares: 8,
    maxClients: 1_000,
    /** Shorter than the browser's own limit, so that the browser hears why instead of giving up first. */
    upstreamTimeoutMs: 1_700,
    /** Waits before a request that the node refused for now is sent again. */
    retryAfterMs: [150, 400],
    maxResponseBytes: 33_554_432,
  },
  firstPaint: {
    /** The server waits no longer than this for the chain before it renders without figures. */
    snapshotBudgetMs: 700,
  },
  remedies: {
    /** What a swap is taken to cost: fees, price impact and slippage together, a share of what is sold. Ours; shown with every remedy. */
    swapCostBps: 30n,
    /** Below this health factor a remedy of several steps says that interest between two of them may have the last one refused. */
    calmTargetBps: 10_010n,
  },
  desk: {
    /** The mock book: how many positions it has, and the seed it is made of. */
    mockPositions: 10_000,
    mockSeed: 20_251_121,
    /** A larger file is not taken in: the browser would hold it several times over while it is read. */
    maxFileBytes: 134_217_728,
    /** A worker that has not said by then that it is ready is given up: the work is done on the page's own thread. */
    workerStartMs: 20_000,
    /** A worker that stops is replaced so many times within the window; a book that stops each one shall not go on doing so for ever. */
    workerRestarts: 2,
    workerRestartWindowMs: 60_000,
  },
  storage: {
    /** Connections to a Postgres server from one instance; those that listen for wake-ups, one for each channel, come on top. */
    connections: 8,
    /** How long a connection may take to be opened or, while all are busy, to become free. */
    connectTimeoutMs: 10_000,
    /** A statement that takes longer is given up by the server; a silent server, a little later, by us. */
    statementTimeoutMs: 30_000,
    silentTimeoutMs: 35_000,
    /** Wait before the listening connection is opened again, doubling from the first to the last. */
    listenRetryFromMs: 100,
    listenRetryToMs: 5_000,
    /**
     * How long a message is its sender's: longer than an attempt with the storing of its outcome may take (`delivery`: 15 + 1 + 6.2 s, and the
     * time-outs above), so that nobody sends it a second time meanwhile.
     */
    deliveryLeaseMs: 60_000,
    /** No list is read in larger pages. */
    maxPage: 500,
  },
  triggers: {
    /** Of names, tags, ids of positions and keys of assets. */
    longestName: 200,
    mostConditions: 8,
    /** How often the list of triggers is asked for while it is looked at; older than this it no longer tells what is armed. */
    listEveryMs: 2_000,
    listLateAfterMs: 10_000,
    /** A warning suggested for a liquidation price stands this far before it, and never past half of what is left to it. */
    warnBeforeBps: 500n,
    mostChannels: 8,
    longestDwellSeconds: 86_400,
    mostDwellTicks: 1_000,
    longestCooldownSeconds: 7 * 86_400,
    longestEscalationMinutes: 1_440,
    /** Windows of a price's move. */
    leastWindowSeconds: 60,
    longestWindowSeconds: 86_400,
    /** Wait before a write is tried again while the database is away, doubling from the first to the last. */
    writeRetryFromMs: 100,
    writeRetryToMs: 5_000,
    /** Blocks that went by unwatched are looked at one by one, so many of them at the most: a day of them on Ethereum. */
    mostReplayedBlocks: 7_200,
    /** Positions that are older than by so many blocks are not held against the market's prices of now. */
    blocksBehind: 3,
    /** No more than so many triggers and subjects go into one transaction. */
    mostWritten: 100,
    /** Health factor that an alert's remedy leads to. */
    remedyTargetBps: 15_000n,
    /** What nothing touched is looked at again after so long. */
    sweepAfterMs: 10_000,
    sweepEveryMs: 1_000,
    /** Looks of a round that may wait, until everything else gets its turn. */
    looksPerSlice: 100,
    /** Subjects of one trigger that a list shows, those that need attention first. */
    mostDescribed: 50,
    /** Prices are kept for backtests: of an asset that stands still once in so long, for so long, written and pruned so often. */
    sampleEveryMs: 10_000,
    samplesKeptMs: 30 * 86_400_000,
    writeSamplesEveryMs: 5_000,
    pruneSamplesEveryMs: 3_600_000,
    /** So much may wait to be written while the database is away. */
    mostSamplesWaiting: 20_000,
    /** Instances divide triggers into so many parts, each the work of one at a time: its lease is renewed so often, and runs out after so long. */
    shards: 8,
    shardLeaseMs: 6_000,
    renewShardsEveryMs: 1_500,
    /** At the end of the process what was decided is written for no longer than this. */
    drainMs: 3_000,
    /** Prices within one step are recorded as their highest and lowest. */
    recordStepMs: 5_000,
    /** A record with a longer pause does not tell what was between. */
    recordGapMs: 60_000,
    /** Between two looks a condition is taken to have held for no longer than this: a silence, or a clock that jumps, proves nothing. */
    longestGapMs: 60_000,
  },
  preview: {
    /** Move at which a feed writes that does not publish its own: Chainlink's for the large assets on Ethereum. */
    oracleDeviationBps: 50,
    /** A record that has more moments is looked at from its newest on. */
    mostMoments: 50_000,
    /** A pause of so many times the usual one is a hole in a record, and told. */
    holeFactor: 10,
    /** A larger file of prices is not taken in. */
    maxFileBytes: 33_554_432,
    /** Points that are drawn of one path. */
    drawnPoints: 600,
    /** A suggested level gives the wished time in so many of the paths in which something is liquidated. */
    suggestedBps: 9_000,
    /** Simulated paths: how many, how long, in what steps; and no more than the generator keeps apart. */
    paths: 200,
    mostPaths: 1_000,
    horizonSeconds: 7 * 86_400,
    stepSeconds: 300,
    seed: 20_251_122,
    /** Yearly, as shares: what the assets did over the last years, rounded up. Ours; an asset that is not named here moves like the wildest. */
    yearlyVolatility: { eth: 0.75, btc: 0.6, xaut: 0.18 } as Readonly<Record<string, number>>,
    otherYearlyVolatility: 1.1,
    /** Share of a crypto asset's variance that is the market's. */
    commonShare: 0.7,
    /** Jumps of the whole crypto market: how many a year, and their size as a change of the logarithm. */
    jumpsPerYear: 12,
    jumpMean: -0.05,
    jumpSpread: 0.06,
    /** A pegged asset: how far it strays in the long run (one standard deviation), and how soon half of that is gone. */
    pegSpread: 0.001,
    pegHalfLifeSeconds: 21_600,
  },
  delivery: {
    /** One attempt to send, from resolving the name to the end of the answer; then so long for it to end by itself. */
    sendTimeoutMs: 15_000,
    sendGraceMs: 1_000,
    /** Of an answer so much is read before the connection is broken off. Only its status counts. */
    maxAnswerBytes: 65_536,
    /** Attempts until an alert is a dead letter. With the waits below that takes between two and a half and five hours. */
    maxAttempts: 20,
    /** Wait after the first failure and at most, doubling in between; half of each wait is drawn at random. */
    retryFromMs: 2_000,
    retryToMs: 1_800_000,
    /** Sends at once: in all, of one channel, and of all channels that failed last time, so that those never hold up the others. */
    maxRunning: 128,
    maxRunningOfChannel: 8,
    maxRunningTroubled: 8,
    /** How often the outbox is looked into without being told: what waits for its time falls due then. */
    pollEveryMs: 1_000,
    /** An outcome that could not be stored is stored again after these waits; after that the alert is sent again, under the same key. */
    settleRetryAfterMs: [200, 1_000, 5_000],
    /** How far a webhook's time may be from the receiver's. */
    signatureToleranceSeconds: 300,
    /** How long a push service keeps an alert for a browser that is not reachable. */
    pushKeptSeconds: { info: 3_600, warning: 43_200, critical: 86_400 },
  },
  alerts: {
    /** Of a request's body: a trigger with the book it names. */
    maxBodyBytes: 64 * 1_048_576,
    /** Owners that one trigger brings along to be watched. */
    mostOwners: 50,
    /** Firings on a page of the log, and at once on the stream. */
    pageSize: 50,
    /** Streams of alerts open at once. */
    maxStreams: 64,
    /** How often a stream says where the watch stands, and looks for what it was not told of. */
    streamStatusEveryMs: 5_000,
    /** Wait before storage and watch are started again after they could not be. */
    restartAfterMs: 5_000,
    /** How often an outside monitor is told that triggers are watched; one attempt's time. */
    heartbeatEveryMs: 60_000,
    heartbeatTimeoutMs: 10_000,
    /** Recorded prices in one answer. */
    mostPrices: 20_000,
  },
  ringing: {
    /** A browser that hears nothing of alerts for so long says that it does not listen; above the time between two words on how the watch stands. */
    lostAfterMs: 12_000,
    /** A tab that hears nothing from the tab that listens for all opens a stream of its own. */
    followerPatienceMs: 8_000,
    /** What fired longer ago rings no more: it is in the log. */
    youngerThanMs: 900_000,
    /** Beyond so many at once there is one notification for all. */
    mostNotifications: 3,
    /** A word on a new alert that is not critical stays for so long. */
    toastMs: 15_000,
    /** Open alerts a page keeps; those that are still to ring come on top, up to so many in all. */
    keptOpen: 100,
    keptOpenToRing: 1_000,
    /** Alerts remembered as announced by this browser. */
    keptHeard: 1_000,
    /** News of firings make a page ask for the log at most this often. */
    refreshEveryMs: 500,
  },
  demo: { maxWatched: 50 },
} as const;
