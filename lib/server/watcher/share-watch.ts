import 'server-only';
import { policy } from '@/lib/config/policy';
import { repeat } from '@/lib/feeds/clock';
import type { MachineState } from '@/lib/triggers/machine';
import { findOthersProblem, type InstanceReport, saveInstanceReport } from '../storage/instance-reports';
import { announceInstance, retireInstance } from '../storage/instances';
import { acquireLeases, countHeldLeases, defineLeases, type Lease, releaseLease, renewLease } from '../storage/leases';
import type { Storage } from '../storage/open-storage';
import { readPause } from '../storage/pause';
import { countTriggers } from '../storage/triggers';
import { toChannel } from '../storage/wake-ups';
import { computeShare } from './compute-share';
import { shardOf } from './shard-of';
import { shareReader } from './share-reader';
import { startWatcher } from './start-watcher';
import { WakeQueue } from './wake-queue';
import type { Watcher, WatcherOptions, WatcherStatus } from './watcher';

export interface ShareOptions extends Omit<WatcherOptions, 'db' | 'listen' | 'shard'> {
  readonly storage: Pick<Storage, 'kind' | 'db' | 'listen'>;
  /** This instance; another after every start. */
  readonly instance: string;
}

/** A part of the work that is this instance's. */
interface Held {
  readonly lease: Lease;
  readonly watcher: Watcher;
  /** It is being given away: what was decided is written, nothing is looked at any more. */
  isLeaving: boolean;
}

const PREFIX = 'shard:';
const { shards: COUNT, shardLeaseMs, renewShardsEveryMs } = policy.triggers;

/** `shard:3/8`; with another count the parts are others. */
const nameOf = (shard: number): string => `${PREFIX}${shard}/${COUNT}`;
const NAMES = Array.from({ length: COUNT }, (_, shard) => nameOf(shard));

/** One instance's share of all triggers: a watcher for each part whose lease it holds. */
class SharedWatch implements Watcher {
  private readonly held = new Map<string, Held>();
  private readonly ears = new Set<(payload: string | undefined) => void>();
  private readonly positions;
  private readonly balancing = new WakeQueue({ load: () => this.balance() });
  private endings: readonly (() => void)[] = [];
  private isStopped = false;
  private unheld: number = COUNT;
  /** When it was last found out who has what; `undefined`: something was lost since, or this instance has less than its share. */
  private balancedAtMs: number | undefined;
  private triggerCount = 0;
  private pausedSinceMs: number | null = null;
  /** By the reports of the others, as they were read last. */
  private othersProblem: string | undefined;

  constructor(private readonly options: ShareOptions) {
    this.positions = shareReader(options.positions);
  }

  async start(): Promise<void> {
    const { clock, storage } = this.options;
    await defineLeases(storage.db, NAMES);
    await this.balance();
    this.endings = [
      storage.listen(toChannel('triggers'), (payload) => {
        for (const hear of this.ears) hear(payload);
        // A setting: a pause is told also where nothing is watched.
        if (payload === '') this.balancing.ask();
      }),
      storage.listen(toChannel('leases'), () => this.balancing.ask()),
      repeat(clock, renewShardsEveryMs, () => this.balancing.ask()),
    ];
  }

  status(): WatcherStatus {
    const mine = this.listWatchers().map((watcher) => watcher.status());
    const own = this.report();
    const notShared = this.findProblem();
    return {
      // What others watch is asked of them: a lease that is held says nothing of what its holder sees.
      isArmed: notShared === undefined && own.isArmed && this.othersProblem === undefined,
      behind: Math.max(0, ...mine.map(({ behind }) => behind)),
      triggerCount: this.triggerCount,
      pausedSinceMs:
        mine.length > 0
          ? (mine.find((each) => each.pausedSinceMs !== null)?.pausedSinceMs ?? null)
          : this.pausedSinceMs,
      problem: notShared ?? own.problem ?? this.othersProblem,
    };
  }

  statesOf(triggerId: string): ReadonlyMap<string, MachineState> {
    return this.find(triggerId)?.statesOf(triggerId) ?? new Map();
  }

  describe(triggerIds: readonly string[]) {
    return triggerIds.flatMap((id) => this.find(id)?.describe([id]) ?? []);
  }

  async reload(triggerId?: string): Promise<void> {
    await Promise.all(this.listWatchers().map((watcher) => watcher.reload(triggerId)));
  }

  async flush(): Promise<void> {
    await this.balancing.settle();
    await Promise.all(this.listWatchers().map((watcher) => watcher.flush()));
  }

  async drain(): Promise<void> {
    this.end();
    await this.balancing.settle();
    const { db } = this.options.storage;
    await Promise.all([...this.held.values()].map((each) => this.leave(each)));
    await retireInstance(db, this.options.instance);
  }

  stop(): void {
    this.end();
    for (const watcher of this.listWatchers()) watcher.stop();
  }

  /** Ends without writing anything more, and gives back what it took where the database can still be told; else its leases run out. */
  async abandon(): Promise<void> {
    this.stop();
    const { db } = this.options.storage;
    const leases = [...this.held.values()].map(({ lease }) => releaseLease(db, lease));
    await Promise.allSettled([...leases, retireInstance(db, this.options.instance)]);
  }

  private end(): void {
    this.isStopped = true;
    for (const end of this.endings) end();
    this.endings = [];
  }

  private listWatchers(): readonly Watcher[] {
    return [...this.held.values()].map(({ watcher }) => watcher);
  }

  /** Of the parts that are watched here. */
  private report(): InstanceReport {
    const mine = this.listWatchers().map((watcher) => watcher.status());
    return {
      isArmed: mine.every(({ isArmed }) => isArmed),
      problem: mine.find((each) => each.problem !== undefined)?.problem ?? null,
    };
  }

  /** Why some triggers may be watched by nobody. */
  private findProblem(): string | undefined {
    if (this.balancing.problem !== undefined) return this.balancing.problem;
    const at = this.balancedAtMs;
    if (at === undefined || Math.abs(this.options.clock.now() - at) > shardLeaseMs) {
      return 'The triggers are being divided between the instances.';
    }
    return this.unheld > 0 ? `${this.unheld} of ${COUNT} parts of the triggers are watched by nobody now.` : undefined;
  }

  private find(triggerId: string): Watcher | undefined {
    return this.held.get(nameOf(shardOf(triggerId, COUNT)))?.watcher;
  }

  private get request() {
    return { owner: this.options.instance, nowMs: this.options.clock.now(), leaseMs: shardLeaseMs };
  }

  /** Says that it lives, holds what it has, gives what is more than its share and takes what is free. */
  private async balance(): Promise<void> {
    if (this.isStopped) return;
    const { storage, instance, clock } = this.options;
    const { db } = storage;
    const living = await announceInstance(db, this.request);
    for (const each of [...this.held.values()]) if (!(await renewLease(db, each.lease, this.request))) this.lose(each);
    const share = computeShare(COUNT, living, instance);
    const staying = [...this.held.values()].filter(({ isLeaving }) => !isLeaving);
    for (const each of staying.slice(share)) void this.leave(each).catch(() => {});
    const limit = share - this.held.size;
    if (limit > 0 && !this.isStopped) {
      const taken = await acquireLeases(db, { ...this.request, prefix: PREFIX, limit });
      await Promise.all(taken.map((lease) => this.take(lease)));
    }
    await saveInstanceReport(db, this.request, this.report());
    this.othersProblem = await findOthersProblem(db, living, this.request);
    this.unheld = COUNT - (await countHeldLeases(db, PREFIX, clock.now()));
    const isWhole = [...this.held.values()].filter(({ isLeaving }) => !isLeaving).length >= share;
    this.balancedAtMs = isWhole ? clock.now() : undefined;
    this.triggerCount = await countTriggers(db);
    this.pausedSinceMs = (await readPause(db))?.pausedAtMs ?? null;
  }

  private async take(lease: Lease): Promise<void> {
    const { storage, instance: _, ...options } = this.options;
    const { name } = lease;
    try {
      const watcher = await startWatcher({
        ...options,
        positions: this.positions,
        db: storage.db,
        listen: (_channel, onWake) => this.hear(onWake),
        shard: {
          name,
          owns: (triggerId) => nameOf(shardOf(triggerId, COUNT)) === name,
          lease,
          onLost: () => {
            this.forget(lease);
            this.balancedAtMs = undefined;
            this.balancing.ask();
          },
        },
      });
      if (this.isStopped) watcher.stop();
      this.held.set(name, { lease, watcher, isLeaving: false });
    } catch (cause) {
      await releaseLease(storage.db, lease);
      throw cause;
    }
  }

  /** Edits between the first look into the storage and now may have been missed. */
  private hear(onWake: (payload: string | undefined) => void): () => void {
    this.ears.add(onWake);
    onWake(undefined);
    return () => this.ears.delete(onWake);
  }

  /** Gives a part away once everything that was decided of it is recorded. */
  private async leave(each: Held): Promise<void> {
    each.isLeaving = true;
    await each.watcher.drain();
    this.forget(each.lease);
    await releaseLease(this.options.storage.db, each.lease);
  }

  private lose({ lease, watcher }: Held): void {
    watcher.stop();
    this.forget(lease);
  }

  private forget({ name, token }: Lease): void {
    if (this.held.get(name)?.lease.token === token) this.held.delete(name);
  }
}

/**
 * Watches all saved triggers together with the other instances on the same database: they are divided into `policy.triggers.shards` parts by their
 * ids, each part watched by the one instance that holds its lease. An instance that is gone is succeeded in each of its parts by another when the lease
 * has run out, which goes on from the last recorded block; what the former still writes is refused. On the embedded database, which is one
 * process's alone, everything is its own. Errors: those of the database, when nothing can be read at the start.
 */
export async function startSharedWatch(options: ShareOptions): Promise<Watcher> {
  const { storage, instance: _, ...rest } = options;
  if (storage.kind === 'embedded') return startWatcher({ ...rest, db: storage.db, listen: storage.listen });
  const watch = new SharedWatch(options);
  try {
    await watch.start();
  } catch (cause) {
    // What it holds already would go on watching, unheard, and others would wait for its word.
    await watch.abandon();
    throw cause;
  }
  return watch;
}
