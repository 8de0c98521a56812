import 'server-only';
import { policy } from '@/lib/config/policy';
import type { AssetId, Hash } from '@/lib/domain/asset';
import { repeat } from '@/lib/feeds/clock';
import type { StreamEvent } from '@/lib/feeds/stream-protocol';
import type { ReadResult } from '@/lib/venues/read-positions';
import { type Change, type Look, TriggerWatch } from '@/lib/watch/trigger-watch';
import { type Pause, readPause } from '../storage/pause';
import { readProgress } from '../storage/progress';
import { recordFirings } from '../storage/record-firings';
import { toChannel } from '../storage/wake-ups';
import { BlockFollower } from './block-follower';
import { BookShelf } from './book-shelf';
import { ExpiryEnder } from './expiry-ender';
import { FiringWriter } from './firing-writer';
import { LookRunner } from './look-runner';
import { isWorthKeeping, toDecision } from './to-decision';
import { TriggerLoader } from './trigger-loader';
import { WakeQueue } from './wake-queue';
import type { Watcher, WatcherOptions, WatcherStatus } from './watcher';
import { passedAt, WorldKeeper } from './world-keeper';

/** All of the work is one instance's. */
const ALL = 'all';

const tell = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

class RunningWatcher implements Watcher {
  private readonly watch = new TriggerWatch();
  private readonly keeper: WorldKeeper;
  private readonly loader: TriggerLoader;
  private readonly books: BookShelf;
  private readonly wakes = new WakeQueue({ load: (which) => this.load(which) });
  private readonly expiry: ExpiryEnder;
  private readonly runner: LookRunner;
  private readonly writer: FiringWriter;
  private readonly follower: BlockFollower;
  private endings: (() => void)[] = [];
  private pause: Pause | null = null;
  private readProblem: string | undefined;
  private writeProblem: string | undefined;
  /** What came could not be looked at; until everything is looked at again. */
  private hearProblem: string | undefined;
  /** Of the chain that was read last. */
  private genesisHash: Hash | undefined;
  /** Something was read, or could not be. */
  private hasBegun = false;
  private hasSeenAll = false;
  private isStopped = false;

  constructor(private readonly options: WatcherOptions) {
    const { clock, db, shard } = options;
    const { watch } = this;
    this.keeper = new WorldKeeper(options);
    this.books = new BookShelf(db);
    this.loader = new TriggerLoader({ db, watch, owns: shard?.owns ?? (() => true) });
    this.expiry = new ExpiryEnder({ db, clock, watch, onEnded: (id) => this.wakes.ask(id) });
    this.runner = new LookRunner({ watch, now: () => this.worldNow(), onLooks: (looks) => this.decide(looks) });
    this.writer = new FiringWriter({
      clock,
      record: (transitions, progress) =>
        recordFirings(db, {
          transitions,
          atMs: clock.now(),
          ...(progress && { progress }),
          ...(shard && { lease: shard.lease }),
        }),
      onRecorded: (firings) => options.onRecorded?.(firings),
      onLost: () => this.lose(),
      onProblem: (text) => {
        this.writeProblem = text;
      },
    });
    this.follower = new BlockFollower({
      hub: options.hub,
      positions: options.positions,
      readBlock: options.readBlock,
      listOwners: options.listOwners,
      readLast: async (genesisHash) => {
        const kept = await readProgress(db, genesisHash, this.shardName);
        return kept && BigInt(kept.blockNumber);
      },
      onReading: (result, isNewest) => this.read(result, isNewest),
      onBlind: (text) => this.goBlind(text),
    });
  }

  async start(): Promise<void> {
    const { hub, clock, listen } = this.options;
    const { chain, prices } = hub.state();
    this.keeper.setChain(chain);
    this.keeper.setMarket(prices, clock.now());
    await this.load('all');
    this.endings.push(hub.subscribe((_, event) => this.tryHear(event)));
    this.endings.push(repeat(clock, policy.triggers.sweepEveryMs, () => this.sweep()));
    // A trigger’s id; empty: a setting; `undefined`: some may have been missed.
    const end = listen?.(toChannel('triggers'), (payload) => this.wakes.ask(payload === '' ? SETTINGS : payload));
    if (end) this.endings.push(end);
    this.follow();
  }

  status(): WatcherStatus {
    const { behind, missed, stuck } = this.follower.status();
    const { blind } = this.worldNow();
    const notLoaded = this.loader.problem ?? this.wakes.problem ?? this.options.findOwnersProblem?.();
    return {
      isArmed:
        this.hasSeenAll &&
        !this.isCatchingUp &&
        stuck === undefined &&
        this.pause === null &&
        blind === undefined &&
        notLoaded === undefined &&
        this.hearProblem === undefined &&
        this.writeProblem === undefined,
      behind,
      triggerCount: this.loader.count,
      pausedSinceMs: this.pause?.pausedAtMs ?? null,
      problem: this.writeProblem ?? notLoaded ?? this.hearProblem ?? stuck ?? this.readProblem ?? blind?.text ?? missed,
    };
  }

  statesOf(triggerId: string) {
    return this.watch.statesOf(triggerId);
  }

  describe(triggerIds: readonly string[]) {
    const world = this.worldNow();
    return triggerIds.flatMap((id) => this.watch.describe(id, world, policy.triggers.mostDescribed) ?? []);
  }

  async reload(triggerId?: string): Promise<void> {
    this.wakes.ask(triggerId);
    await this.wakes.settle();
    await this.runner.settle();
  }

  async flush(): Promise<void> {
    await this.wakes.settle();
    await this.follower.settle();
    await this.runner.settle();
    await this.writer.flush();
  }

  async drain(): Promise<void> {
    this.stopLooking();
    await this.writer.flush();
    this.writer.stop();
  }

  stop(): void {
    this.stopLooking();
    this.writer.stop();
  }

  private get shardName(): string {
    return this.options.shard?.name ?? ALL;
  }

  /** While blocks of long ago are looked at, positions are of the past, and prices of now would mean nothing with them. */
  private get isCatchingUp(): boolean {
    return this.follower.status().behind > policy.triggers.blocksBehind;
  }

  private worldNow() {
    return this.keeper.at(this.options.clock.now());
  }

  private decide(looks: readonly Look[]): void {
    const { engineVersion, baseUrl, clock } = this.options;
    const now = () => clock.now();
    for (const look of looks) {
      const mutedUntilMs = this.loader.mutedUntilMs(look.saved.id);
      if (isWorthKeeping(look)) this.writer.add(toDecision(look, { engineVersion, baseUrl, mutedUntilMs, now }));
    }
  }

  private async load(which: ReadonlySet<string> | 'all'): Promise<void> {
    const pause = await readPause(this.options.db);
    const ids = await this.loader.load(which);
    const named = this.watch.list().flatMap(({ trigger: { scope } }) => scope.book ?? []);
    this.keeper.setBooks(await this.books.load(new Set(named)));
    const isOver = this.pause !== null && pause === null;
    this.pause = pause;
    this.watch.isPaused = pause !== null;
    if (ids.size > 0) this.run({ kind: 'triggers', ids });
    // What is true when a pause ends fires then, though nothing ticks.
    if (isOver) this.run({ kind: 'time', olderThanMs: 0 });
  }

  /** A round of its own, for which nobody waits. Blocks that are still to be looked at come first. */
  private run(change: Change): void {
    if (!this.hasBegun || this.isCatchingUp) return;
    this.runner.run({ change }).catch((cause) => {
      this.readProblem = tell(cause);
    });
  }

  private async read(result: ReadResult, isNewest: boolean): Promise<void> {
    const { clock } = this.options;
    const { identity, block } = result;
    this.hasBegun = true;
    this.genesisHash = identity.genesisHash;
    this.options.sampler?.addOracles(result);
    await this.runner.run({
      change: { kind: 'state' },
      begin: () => {
        const nowMs = clock.now();
        // Prices of blocks that went by are of their own time: taken for now's, hours of them would be one move.
        this.keeper.setReading(result, nowMs, isNewest ? nowMs : passedAt(block, nowMs));
        if (isNewest) {
          this.readProblem = undefined;
          this.hearProblem = undefined;
        }
      },
      ...(!isNewest && { passed: () => this.keeper.atPassed(clock.now()) }),
    });
    // Broken off, it has not been looked at.
    if (this.isStopped) return;
    this.hasSeenAll ||= isNewest && this.worldNow().blind === undefined;
    this.writer.setProgress({
      genesisHash: identity.genesisHash,
      shard: this.shardName,
      blockNumber: Number(block.number),
      blockHash: block.hash,
    });
  }

  private async goBlind(text: string | undefined): Promise<void> {
    this.hasBegun = true;
    if (text !== undefined) this.keeper.setReadError(text);
    this.readProblem = text;
    await this.runner.run({ change: { kind: 'state' } });
  }

  private follow(): void {
    this.keeper.setChain(this.options.hub.state().chain);
    this.follower.follow().catch((cause) => {
      // The storage, which alone knows where to go on: the next block asks again.
      this.readProblem = tell(cause);
    });
  }

  /** Others hear the same events: a fault here must not keep them from theirs. */
  private tryHear(event: StreamEvent): void {
    try {
      this.hear(event);
    } catch (cause) {
      this.hearProblem = tell(cause);
    }
  }

  private hear(event: StreamEvent): void {
    if (event.type === 'block') this.follow();
    if (event.type !== 'market' || event.prices.length === 0) return;
    if (this.genesisHash) this.options.sampler?.addMarket(this.genesisHash, event.prices);
    const take = (): void => this.keeper.setMarket(event.prices, this.options.clock.now());
    if (!this.hasBegun || this.isCatchingUp) {
      take();
      return;
    }
    this.runner.tick(new Set<AssetId>(event.prices.map(({ assetId }) => assetId)), take);
  }

  private sweep(): void {
    this.keeper.setChain(this.options.hub.state().chain);
    this.wakes.retry();
    if (this.follower.status().stuck !== undefined) this.follow();
    if (this.isCatchingUp) return;
    // Until everything up to its end has been looked at, a trigger may still fire.
    if (this.hasSeenAll && this.follower.status().behind === 0 && !this.worldNow().blind) this.expiry.end();
    if (!this.runner.isBusy) this.run({ kind: 'time', olderThanMs: policy.triggers.sweepAfterMs });
  }

  private lose(): void {
    this.stopLooking();
    this.options.shard?.onLost();
  }

  private stopLooking(): void {
    this.isStopped = true;
    this.follower.stop();
    this.runner.stop();
    for (const end of this.endings) end();
    this.endings = [];
  }
}

/** Asks for the settings alone: no trigger has this id. */
const SETTINGS = '';

/**
 * Watches saved triggers: at every block, those that went by among them, positions are read and everything is looked at; at every tick of the market
 * what stands on its assets; and in between what a deadline calls for. What fires is recorded with its messages in one transaction, again and again
 * until it is. Errors: those of the database, when triggers cannot be read at the start.
 */
export async function startWatcher(options: WatcherOptions): Promise<Watcher> {
  const watcher = new RunningWatcher(options);
  try {
    await watcher.start();
  } catch (cause) {
    watcher.stop();
    throw cause;
  }
  return watcher;
}
