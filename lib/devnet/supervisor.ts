import { buildAppEnvironment } from './app-environment';
import type { Artifacts } from './artifacts';
import { ChainLife } from './chain-life';
import type { ControlCommand } from './control-schema';
import type { Deployment } from './deploy/deployment';
import { DevnetTransactionError } from './devnet-error';
import type { DevnetDescription, DevnetListener, DevnetState } from './devnet-state';
import { KeeperRunner, type OracleAnswer } from './keeper-runner';
import { LiquidatorRunner } from './liquidator-runner';
import { MarketRunner } from './market-runner';
import { listDemoAccounts } from './open-demo-accounts';

const MARKET_TICK_MS = 500;
const BLOCK_MS = 1_000;
const PROBE_MS = 1_000;

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

/**
 * Owns the local chain and everything that acts on it: the market runs on whatever happens to the chain; the keeper and the liquidator
 * act on each block; a chain that ended or hangs is replaced by a new one at the same port, with the same addresses and the demo
 * positions opened again at the market's prices.
 */
export class DevnetSupervisor {
  private readonly listeners = new Set<DevnetListener>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly market: MarketRunner;
  private readonly keeper = new KeeperRunner();
  private readonly liquidator = new LiquidatorRunner();
  private readonly life: ChainLife;
  private known: Deployment | undefined;
  private stopping = false;
  /** Blocks are produced one after the other, whoever asks. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: SupervisorOptions) {
    const { artifacts, chainPort, report, renewAfterBlocks, probeTimeoutMs } = options;
    this.market = new MarketRunner(options);
    this.life = new ChainLife({
      artifacts,
      port: chainPort,
      report,
      renewAfterBlocks,
      probeTimeoutMs,
      readAnswers: () => this.market.answers,
      readTimeMs: () => this.market.timeMs,
      onOpened: async (session) => {
        await this.keeper.open(session);
        this.liquidator.open(session);
        this.known = session.context.deployment;
      },
      onStatus: () => this.emitState(),
    });
  }

  /** Settles when the chain is usable for the first time. */
  get ready(): Promise<void> {
    return this.life.ready;
  }

  start(): void {
    this.every(MARKET_TICK_MS, () => {
      this.market.step();
      this.emitTick();
    });
    this.every(PROBE_MS, () => this.life.probe());
    if (!this.options.frozen) this.every(BLOCK_MS, () => this.enqueue(() => this.produceBlock()));
    this.life.start();
  }

  /** Ends everything; afterwards nothing of it runs any more. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearTimeout(timer);
    await this.life.stop();
  }

  subscribe(listener: DevnetListener): () => void {
    this.listeners.add(listener);
    listener({ type: 'state', data: this.readState() });
    return () => this.listeners.delete(listener);
  }

  readState(): DevnetState {
    return {
      chain: this.life.readState(),
      market: this.market.readState(),
      keeper: this.keeper.readState(),
      liquidator: this.liquidator.readState(),
    };
  }

  /** What the app needs to know; `undefined` until the first chain is ready. */
  describe(controlUrl: string): DevnetDescription | undefined {
    const { session } = this.life;
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
    return this.life.pid;
  }

  async execute(command: ControlCommand): Promise<void> {
    switch (command.action) {
      case 'pause':
      case 'resume':
        this.market.setPaused(command.action === 'pause');
        break;
      case 'speed':
        this.market.setSpeed(command.value);
        break;
      case 'pass':
        this.market.pass(command.seconds);
        break;
      case 'shock':
        this.market.shock(command.target, command.dropBps, command.overSeconds);
        break;
      case 'liquidator':
        this.liquidator.setOn(command.on);
        break;
      case 'price':
        this.market.setPrice(command.symbol, command.price);
        this.emitTick();
        break;
      case 'feed':
        if (command.target === 'market') this.market.setFeed(command.symbols, command.stop);
        else this.keeper.setStopped(command.symbols, command.stop);
        break;
      case 'oracle':
        this.keeper.setStopped([command.symbol], true);
        await this.enqueue(() => this.writeAnswers([{ ...command, reason: 'command' }]));
        break;
    }
    this.emitState();
  }

  private every(intervalMs: number, run: () => unknown): void {
    const again = async (): Promise<void> => {
      const startedAt = performance.now();
      try {
        await run();
      } catch (error) {
        // A chain that dies in the middle of a step is dealt with by its own life; only what is not its doing is worth a word.
        if (this.life.isReady && !this.stopping) this.options.report(`a step failed: ${(error as Error).message}`);
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

  private async produceBlock(): Promise<void> {
    const { session } = this.life;
    if (session === undefined || !this.life.isReady) return;
    await this.writeAnswers(this.keeper.listDue(this.market.answers, this.market.timeMs));
    if (await this.liquidator.run(session, () => this.market.blockTimeMs)) this.emitState();
    await this.life.renewIfLarge(session);
  }

  /** Mines one block with these writes in it. */
  private async writeAnswers(writes: readonly OracleAnswer[]): Promise<void> {
    const { session } = this.life;
    if (session === undefined) {
      throw new DevnetTransactionError('NO_CHAIN', 'There is no chain to write to just now.', {
        nextStep: 'Wait until GET /state says "ready".',
      });
    }
    if (await this.keeper.write(session, writes, this.market.blockTimeMs)) this.emitState();
  }

  private emitTick(): void {
    if (this.known) this.emit({ type: 'market', data: this.market.nextTick(this.known) });
  }

  private emitState(): void {
    this.emit({ type: 'state', data: this.readState() });
  }

  private emit(event: Parameters<DevnetListener>[0]): void {
    for (const listener of this.listeners) listener(event);
  }
}
