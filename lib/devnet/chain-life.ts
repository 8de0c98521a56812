import type { AnvilProcess } from './anvil';
import { ChainSession, type SessionOptions } from './chain-session';
import type { DevnetState } from './devnet-state';

const PROBE_TIMEOUT_MS = 2_000;
/** Unanswered probes in a row after which the chain counts as hung. */
const PROBES_UNTIL_HUNG = 2;
const RETRY_MS = 1_000;
/** Four hours at a block a second: about half a gigabyte by then. */
const RENEW_AFTER_BLOCKS = 14_000;

export interface ChainLifeOptions extends Pick<SessionOptions, 'artifacts' | 'readTimeMs' | 'report'> {
  /** 0: any free one, kept from then on. */
  readonly port: number;
  readonly readAnswers: () => SessionOptions['answers'];
  /** Before a new chain is called ready. */
  readonly onOpened: (session: ChainSession) => Promise<void>;
  /** The status changed. */
  readonly onStatus: () => void;
  readonly renewAfterBlocks?: number | undefined;
  readonly probeTimeoutMs?: number | undefined;
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

/** One chain after the other at the same port: a chain that ended or hangs is replaced, one that grew too large goes on in a fresh process. */
export class ChainLife {
  private anvil: AnvilProcess | undefined;
  private current: ChainSession | undefined;
  private currentStatus: DevnetState['chain']['status'] = 'starting';
  private restarts = 0;
  private port: number;
  private stopping = false;
  private renewal: Promise<unknown> = Promise.resolve();
  private ended: Promise<void> = Promise.resolve();
  private announceReady: () => void = () => {};
  /** Settles when the chain is usable for the first time. */
  readonly ready: Promise<void> = new Promise((resolve) => {
    this.announceReady = resolve;
  });

  constructor(private readonly options: ChainLifeOptions) {
    this.port = options.port;
  }

  get session(): ChainSession | undefined {
    return this.current;
  }

  get isReady(): boolean {
    return this.currentStatus === 'ready';
  }

  /** Process id of the node. */
  get pid(): number | undefined {
    return this.anvil?.pid;
  }

  readState(): DevnetState['chain'] {
    return {
      status: this.currentStatus,
      restarts: this.restarts,
      genesisHash: this.current?.genesisHash,
      timestampSeconds: this.current?.timestampSeconds,
    };
  }

  start(): void {
    this.ended = this.live();
  }

  /** Ends the node; settles when no other will follow. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.anvil?.kill();
    await this.ended;
  }

  /** Ends a chain that does not answer; its life then starts the next one. */
  async probe(): Promise<void> {
    const { anvil } = this;
    if (anvil === undefined) return;
    for (let attempt = 0; attempt < PROBES_UNTIL_HUNG; attempt++) {
      if (await isAnswering(anvil.url, this.options.probeTimeoutMs ?? PROBE_TIMEOUT_MS)) return;
    }
    if (this.stopping || anvil !== this.anvil) return;
    await anvil.kill();
  }

  /** Goes on in a fresh process once the chain has so many blocks. */
  async renewIfLarge(session: ChainSession): Promise<void> {
    if (session.blockCount < (this.options.renewAfterBlocks ?? RENEW_AFTER_BLOCKS)) return;
    const renewing = this.renew(session);
    // A renewal that fails ends the process, and with it this life of the chain: the next one starts from genesis.
    this.renewal = renewing.catch(() => this.anvil?.kill());
    await this.renewal;
  }

  private async live(): Promise<void> {
    const { report, onStatus } = this.options;
    while (!this.stopping) {
      try {
        await this.open();
        this.currentStatus = 'ready';
        this.announceReady();
        onStatus();
        await this.watch();
      } catch (error) {
        if (!this.stopping) report(`the chain could not be set up: ${(error as Error).message}`);
        // A node left behind would keep the port, and answer probes, for ever.
        await this.anvil?.kill();
        if (!this.stopping) await sleep(RETRY_MS);
      }
      this.current = undefined;
      if (this.stopping) return;
      this.restarts += 1;
      this.currentStatus = 'restarting';
      report('the chain ended; starting it again …');
      onStatus();
    }
  }

  /** Until the chain's process is gone for good: one that was replaced on purpose is not an end. */
  private async watch(): Promise<void> {
    for (let watched: ChainSession | undefined; watched !== this.current; ) {
      watched = this.current;
      await watched?.anvil.exited;
      await this.renewal;
    }
  }

  private takeOver(anvil: AnvilProcess): void {
    this.anvil = anvil;
    this.port = anvil.port;
    if (this.stopping) void anvil.kill();
  }

  private async renew(session: ChainSession): Promise<void> {
    this.current = await session.renew((anvil) => this.takeOver(anvil));
  }

  private async open(): Promise<void> {
    const { artifacts, readAnswers, readTimeMs, report, onOpened } = this.options;
    const session = await ChainSession.open({
      port: this.port,
      artifacts,
      answers: readAnswers(),
      readTimeMs,
      onStarted: (anvil) => this.takeOver(anvil),
      report,
    });
    await onOpened(session);
    this.current = session;
  }
}
