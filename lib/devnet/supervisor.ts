import { toAssetId } from '@/lib/domain/asset';
import { formatDecimal } from '@/lib/units/decimal';
import type { AnvilProcess } from './anvil';
import { buildAppEnvironment } from './app-environment';
import type { Artifacts } from './artifacts';
import { ChainSession } from './chain-session';
import type { ControlCommand } from './control-schema';
import type { Deployment } from './deploy/deployment';
import { DevnetTransactionError } from './devnet-error';
import { computeFeedWrites, type FeedState, type FeedWrite } from './keeper';
import {
  describeLiquidation,
  type Liquidation,
  type PlannedLiquidation,
  planLiquidations,
  readBorrowers,
} from './liquidator';
import { computeAnswers, createMarket, type MarketState, setMarketPrice, shockMarket, stepMarket } from './market';
import { listDemoAccounts, type OpenedAccount } from './open-demo-accounts';
import { type AssetSymbol, RESERVES } from './parameters';

const MARKET_TICK_MS = 500;
const BLOCK_MS = 1_000;
const PROBE_MS = 1_000;
const PROBE_TIMEOUT_MS = 2_000;
/** Unanswered probes in a row after which the chain counts as hung. */
const PROBES_UNTIL_HUNG = 2;
const RETRY_MS = 1_000;
/** A machine that slept wakes up with one long tick; the market does not jump over what nobody saw. */
const LONGEST_TICK_MS = 2_000;
const KEPT_RECORDS = 20;
/** Four hours at a block a second: about half a gigabyte by then. */
const RENEW_AFTER_BLOCKS = 14_000;

/** 2025-06-15 15:20:00 UTC: when frozen time stands still. */
const FROZEN_TIME_MS = 1_750_000_800_000;
const FROZEN_SEED = 20_250_615;

export interface SupervisorOptions {
  readonly artifacts: Artifacts;
  /** 0: any free one, kept from then on. */
  readonly chainPort: number;
  readonly seed: number;
  /** Fixed seed and genesis time, market paused, no blocks and no keeper: the same chain to the last hash at every start. */
  readonly frozen: boolean;
  readonly report: (message: string) => void;
  /** Wall clock. */
  readonly now: () => number;
  /** Blocks after which the chain goes on in a fresh process. Default 14,000. */
  readonly renewAfterBlocks?: number;
  /** How long a probe waits for the chain's answer. Default 2,000. */
  readonly probeTimeoutMs?: number;
}

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

interface KeeperRecord {
  readonly symbol: AssetSymbol;
  /** 8 decimals, decimal string. */
  readonly answer: string;
  readonly reason: FeedWrite['reason'] | 'command';
  readonly timestampSeconds: number;
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

async function isAnswering(url: string, timeoutMs: number): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber"}',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Owns the local chain and everything that acts on it: the market runs on whatever happens to the chain; the keeper and the liquidator
 * act on each block; a chain that ended or hangs is replaced by a new one at the same port, with the same addresses and the demo
 * positions opened again at the market's prices.
 */
export class DevnetSupervisor {
  private readonly listeners = new Set<DevnetListener>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly marketStopped = new Set<AssetSymbol>();
  private readonly oracleStopped = new Set<AssetSymbol>();
  /** What the market feed says in place of the market's price: zero or below, by command. */
  private readonly falsePrices = new Map<AssetSymbol, bigint>();
  private readonly feeds = new Map<AssetSymbol, FeedState>();
  private market: MarketState;
  private speed = 1;
  private paused: boolean;
  private sequence = 0;
  private lastTickAtMs: number;
  private status: DevnetState['chain']['status'] = 'starting';
  private restarts = 0;
  private anvil: AnvilProcess | undefined;
  private session: ChainSession | undefined;
  private known: Deployment | undefined;
  private chainPort: number;
  private keeperRecords: readonly KeeperRecord[] = [];
  private liquidations: readonly Liquidation[] = [];
  private liquidatorOn = false;
  private borrowers = new Set<`0x${string}`>();
  private scannedBlock = 0n;
  private stopping = false;
  /** Blocks are produced one after the other, whoever asks. */
  private queue: Promise<unknown> = Promise.resolve();
  private renewal: Promise<unknown> = Promise.resolve();
  private lifeEnded: Promise<void> = Promise.resolve();
  private announceReady: () => void = () => {};
  /** Settles when the chain is usable for the first time. */
  readonly ready: Promise<void> = new Promise((resolve) => {
    this.announceReady = resolve;
  });

  constructor(private readonly options: SupervisorOptions) {
    const prices = Object.fromEntries(
      RESERVES.map(({ symbol, initialAnswer }) => [symbol, Number(initialAnswer) / 1e8]),
    ) as Record<AssetSymbol, number>;
    const startMs = options.frozen ? FROZEN_TIME_MS : options.now();
    this.market = createMarket(options.frozen ? FROZEN_SEED : options.seed, startMs, prices);
    this.paused = options.frozen;
    this.lastTickAtMs = options.now();
    this.chainPort = options.chainPort;
  }

  start(): void {
    this.every(MARKET_TICK_MS, () => this.tickMarket());
    this.every(PROBE_MS, () => this.probe());
    if (!this.options.frozen) this.every(BLOCK_MS, () => this.enqueue(() => this.produceBlock()));
    this.lifeEnded = this.live();
  }

  /** Ends everything; afterwards nothing of it runs any more. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearTimeout(timer);
    await this.anvil?.kill();
    await this.lifeEnded;
  }

  subscribe(listener: DevnetListener): () => void {
    this.listeners.add(listener);
    listener({ type: 'state', data: this.readState() });
    return () => this.listeners.delete(listener);
  }

  readState(): DevnetState {
    return {
      chain: {
        status: this.status,
        restarts: this.restarts,
        genesisHash: this.session?.genesisHash,
        timestampSeconds: this.session?.timestampSeconds,
      },
      market: {
        seed: this.market.seed,
        speed: this.speed,
        paused: this.paused,
        timeMs: Math.floor(this.market.timeMs),
      },
      keeper: { stopped: [...this.oracleStopped], writes: this.keeperRecords },
      liquidator: { on: this.liquidatorOn, liquidations: this.liquidations },
    };
  }

  /** What the app needs to know; `undefined` until the first chain is ready. */
  describe(controlUrl: string): DevnetDescription | undefined {
    const { session } = this;
    if (session === undefined) return undefined;
    const { deployment } = session.context;
    return {
      deployment,
      genesisHash: session.genesisHash,
      env: {
        ...buildAppEnvironment(deployment, { rpc: session.anvil.url, ws: session.anvil.wsUrl, market: controlUrl }),
        // A chain without new blocks by design has not come to a standstill.
        ...(this.options.frozen && { BALLAST_STALL_SECONDS: '0' }),
      },
      accounts: listDemoAccounts(),
    };
  }

  /** The addresses, which outlive a chain; `undefined` until the first one is ready. */
  get deployment(): Deployment | undefined {
    return this.known;
  }

  /** Process id of the chain's node, for tests that kill it. */
  get chainPid(): number | undefined {
    return this.anvil?.pid;
  }

  async execute(command: ControlCommand): Promise<void> {
    switch (command.action) {
      case 'pause':
      case 'resume':
        this.paused = command.action === 'pause';
        break;
      case 'speed':
        this.speed = command.value;
        break;
      case 'shock':
        this.market = shockMarket(this.market, command.target, command.dropBps, command.overSeconds);
        break;
      case 'liquidator':
        this.liquidatorOn = command.on;
        break;
      case 'price':
        this.setPrice(command.symbol, command.price);
        break;
      case 'feed':
        this.setFeed(command);
        break;
      case 'oracle':
        this.oracleStopped.add(command.symbol);
        await this.enqueue(() => this.writeAnswers([{ ...command, reason: 'command' }]));
        break;
    }
    this.emitState();
  }

  private setPrice(symbol: AssetSymbol, price: bigint): void {
    if (price <= 0n) this.falsePrices.set(symbol, price);
    else {
      this.falsePrices.delete(symbol);
      this.market = setMarketPrice(this.market, symbol, Number(price) / 1e8);
    }
    this.emitTick();
  }

  private setFeed({ symbols, stop, target }: Extract<ControlCommand, { action: 'feed' }>): void {
    const stopped = target === 'market' ? this.marketStopped : this.oracleStopped;
    for (const symbol of symbols) {
      if (stop) stopped.add(symbol);
      else {
        stopped.delete(symbol);
        if (target === 'market') this.falsePrices.delete(symbol);
      }
    }
  }

  private every(intervalMs: number, run: () => unknown): void {
    const again = async (): Promise<void> => {
      const startedAt = performance.now();
      try {
        await run();
      } catch (error) {
        // A chain that dies in the middle of a step is dealt with by its own life; only what is not its doing is worth a word.
        if (this.status === 'ready' && !this.stopping)
          this.options.report(`a step failed: ${(error as Error).message}`);
      }
      if (this.stopping) return;
      this.timers[slot] = setTimeout(again, Math.max(0, intervalMs - (performance.now() - startedAt)));
    };
    const slot = this.timers.push(setTimeout(again, intervalMs)) - 1;
  }

  private enqueue<Result>(run: () => Promise<Result>): Promise<Result> {
    const next = this.queue.then(run);
    this.queue = next.catch(() => {});
    return next;
  }

  /** One chain after the other, until the end. */
  private async live(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.openSession();
        this.status = 'ready';
        this.announceReady();
        this.emitState();
        await this.watchSession();
      } catch (error) {
        if (!this.stopping) this.options.report(`the chain could not be set up: ${(error as Error).message}`);
        if (!this.stopping) await sleep(RETRY_MS);
      }
      this.session = undefined;
      if (this.stopping) return;
      this.restarts += 1;
      this.status = 'restarting';
      this.options.report('the chain ended; starting it again …');
      this.emitState();
    }
  }

  /** Until the chain's process is gone for good: one that was replaced on purpose is not an end. */
  private async watchSession(): Promise<void> {
    for (let watched: ChainSession | undefined; watched !== this.session; ) {
      watched = this.session;
      await watched?.anvil.exited;
      await this.renewal;
    }
  }

  private async renewSession(session: ChainSession): Promise<void> {
    this.session = await session.renew((anvil) => {
      this.anvil = anvil;
      if (this.stopping) void anvil.kill();
    });
  }

  private async openSession(): Promise<void> {
    const { artifacts, report } = this.options;
    const session = await ChainSession.open({
      port: this.chainPort,
      artifacts,
      answers: computeAnswers(this.market),
      readTimeMs: () => this.market.timeMs,
      onStarted: (anvil) => {
        this.anvil = anvil;
        this.chainPort = anvil.port;
        if (this.stopping) void anvil.kill();
      },
      report,
    });
    for (const { symbol, heartbeatSeconds, deviationBps } of session.context.deployment.assets) {
      const { answer, updatedAtSeconds } = await session.readFeed(symbol);
      this.feeds.set(symbol, {
        symbol,
        heartbeatSeconds,
        deviationBps,
        lastAnswer: answer,
        lastWriteSeconds: updatedAtSeconds,
      });
    }
    this.borrowers = new Set(listDemoAccounts().map(({ address }) => address));
    this.scannedBlock = session.firstLiveBlock;
    // They happened on a chain that is gone.
    this.liquidations = [];
    this.known = session.context.deployment;
    this.session = session;
  }

  /** Ends a chain that does not answer; its life then starts the next one. */
  private async probe(): Promise<void> {
    const { anvil } = this;
    if (anvil === undefined) return;
    for (let attempt = 0; attempt < PROBES_UNTIL_HUNG; attempt++) {
      if (await isAnswering(anvil.url, this.options.probeTimeoutMs ?? PROBE_TIMEOUT_MS)) return;
    }
    if (this.stopping || anvil !== this.anvil) return;
    await anvil.kill();
  }

  private tickMarket(): void {
    const now = this.options.now();
    const elapsedMs = Math.min(Math.max(0, now - this.lastTickAtMs), LONGEST_TICK_MS);
    this.lastTickAtMs = now;
    if (!this.options.frozen) {
      // Paused, time goes on at its own pace and prices stand.
      this.market = this.paused
        ? { ...this.market, timeMs: this.market.timeMs + elapsedMs }
        : stepMarket(this.market, (elapsedMs / 1_000) * this.speed);
    }
    this.emitTick();
  }

  private emitTick(): void {
    const { known } = this;
    if (known === undefined) return;
    const answers = computeAnswers(this.market);
    const prices = Object.fromEntries(
      known.assets
        .filter(({ symbol }) => !this.marketStopped.has(symbol))
        .map(({ symbol, address }) => [
          toAssetId(known.chainId, address),
          formatDecimal(this.falsePrices.get(symbol) ?? answers[symbol], 8),
        ]),
    );
    this.sequence += 1;
    this.emit({
      type: 'market',
      data: {
        sequence: this.sequence,
        timeMs: Math.floor(this.market.timeMs),
        sentAtMs: this.options.now(),
        prices,
      },
    });
  }

  private async produceBlock(): Promise<void> {
    const { session } = this;
    if (session === undefined || this.status !== 'ready') return;
    const feeds = [...this.feeds.values()].filter(({ symbol }) => !this.oracleStopped.has(symbol));
    const nowSeconds = Math.floor(this.market.timeMs / 1_000);
    await this.writeAnswers(computeFeedWrites(feeds, computeAnswers(this.market), nowSeconds));
    if (this.liquidatorOn) await this.liquidate(session);
    if (session.blockCount >= (this.options.renewAfterBlocks ?? RENEW_AFTER_BLOCKS)) {
      const renewing = this.renewSession(session);
      // A renewal that fails ends the process, and with it this life of the chain: the next one starts from genesis.
      this.renewal = renewing.catch(() => this.anvil?.kill());
      await this.renewal;
    }
  }

  /** Mines one block with these writes in it. */
  private async writeAnswers(
    writes: readonly { symbol: AssetSymbol; answer: bigint; reason: KeeperRecord['reason'] }[],
  ): Promise<void> {
    const { session } = this;
    if (session === undefined) {
      throw new DevnetTransactionError('NO_CHAIN', 'There is no chain to write to just now.', {
        nextStep: 'Wait until GET /state says "ready".',
      });
    }
    const transactions = writes.map(({ symbol, answer }) => session.buildFeedWrite(symbol, answer));
    const receipts = await session.mineWith(transactions, this.options.frozen ? 0 : this.market.timeMs);
    const timestampSeconds = session.timestampSeconds;
    const done = writes.filter((_, index) => receipts[index]?.succeeded);
    for (const { symbol, answer } of done) {
      const feed = this.feeds.get(symbol);
      if (feed) this.feeds.set(symbol, { ...feed, lastAnswer: answer, lastWriteSeconds: timestampSeconds });
    }
    if (done.length === 0) return;
    const records = done.map(({ symbol, answer, reason }) => ({
      symbol,
      answer: answer.toString(),
      reason,
      timestampSeconds,
    }));
    this.keeperRecords = [...records.reverse(), ...this.keeperRecords].slice(0, KEPT_RECORDS);
    this.emitState();
  }

  private async liquidate(session: ChainSession): Promise<void> {
    const { context } = session;
    const latest = await context.operator.client.getBlockNumber();
    if (latest > this.scannedBlock) {
      for (const borrower of await readBorrowers(context, this.scannedBlock + 1n, latest)) this.borrowers.add(borrower);
      this.scannedBlock = latest;
    }
    const planned = await planLiquidations(context, [...this.borrowers]);
    if (planned.length > 0) await this.sendLiquidations(session, planned);
  }

  private async sendLiquidations(session: ChainSession, planned: readonly PlannedLiquidation[]): Promise<void> {
    const receipts = await session.mineWith(
      planned.map((plan) => plan.transaction),
      this.options.frozen ? 0 : this.market.timeMs,
    );
    const { timestampSeconds } = session;
    const done = planned.flatMap((plan, index) => {
      const receipt = receipts[index];
      const liquidation = receipt?.succeeded
        ? describeLiquidation(session.context, plan, receipt, timestampSeconds)
        : undefined;
      return liquidation ? [liquidation] : [];
    });
    this.liquidations = [...done.reverse(), ...this.liquidations].slice(0, KEPT_RECORDS);
    if (done.length > 0) this.emitState();
  }

  private emitState(): void {
    this.emit({ type: 'state', data: this.readState() });
  }

  private emit(event: Parameters<DevnetListener>[0]): void {
    for (const listener of this.listeners) listener(event);
  }
}
