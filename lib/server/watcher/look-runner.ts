import 'server-only';
import { policy } from '@/lib/config/policy';
import type { AssetId } from '@/lib/domain/asset';
import type { Change, Look, Round, TriggerWatch } from '@/lib/watch/trigger-watch';
import type { World } from '@/lib/watch/world';

export interface LookRunnerOptions {
  readonly watch: TriggerWatch;
  /** The world of this moment. */
  readonly now: () => World;
  readonly onLooks: (looks: readonly Look[]) => void;
  /** Resolves once everything else that waits had its turn. */
  readonly takeTurns?: () => Promise<void>;
}

/** A round to be looked at when those before it are done. */
export interface RoundRequest {
  readonly change: Change;
  /** Takes in what has changed, when its turn has come. */
  readonly begin?: () => void;
  /** The world of this moment, where that is not now: ticks that come meanwhile are looked at afterwards. */
  readonly passed?: () => World;
}

/**
 * Looks at everything that changes touch without holding the thread: rounds one after the other, each in slices between which everything else gets its
 * turn, each slice in the world of its own moment. A tick of the market goes before: what is left of the round that runs and stands on the tick's assets
 * is looked at with the prices before it, then everything that stands on them with its own. So each subject sees what it would see if rounds took
 * no time, in the same order, and never older prices after newer ones.
 */
export class LookRunner {
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;
  private round: Round | undefined;
  private isPassed = false;
  private held = new Set<AssetId>();
  private isStopped = false;

  constructor(private readonly options: LookRunnerOptions) {}

  /** Whether a round runs, or waits to. */
  get isBusy(): boolean {
    return this.waiting > 0;
  }

  /** Resolves when it has been looked at, or this was stopped. Errors: those of `begin` and `onLooks`. */
  run(request: RoundRequest): Promise<void> {
    this.waiting += 1;
    const done = this.last.then(() => this.work(request));
    this.last = done
      .catch(() => {})
      .finally(() => {
        this.waiting -= 1;
      });
    return done;
  }

  /** Looks at a tick of these assets at once; `apply` takes its prices in. */
  tick(assets: ReadonlySet<AssetId>, apply: () => void): void {
    if (this.isStopped) return;
    if (this.isPassed) {
      apply();
      for (const asset of assets) this.held.add(asset);
      return;
    }
    const { watch, now, onLooks } = this.options;
    if (this.round) onLooks(watch.stepTouched(this.round, now(), assets));
    apply();
    onLooks(watch.look(now(), { kind: 'market', assets }));
  }

  /** Resolves when every round that was asked for by now is done. */
  async settle(): Promise<void> {
    await this.last;
  }

  stop(): void {
    this.isStopped = true;
  }

  private async work({ change, begin, passed }: RoundRequest): Promise<void> {
    if (this.isStopped) return;
    const { watch, now, onLooks, takeTurns = nextTurn } = this.options;
    const world = passed ?? now;
    begin?.();
    const round = watch.begin(world(), change);
    this.round = round;
    this.isPassed = passed !== undefined;
    try {
      while (!round.isDone && !this.isStopped) {
        onLooks(watch.step(round, world(), policy.triggers.looksPerSlice));
        if (!round.isDone) await takeTurns();
      }
    } finally {
      this.round = undefined;
      this.isPassed = false;
      this.lookAtHeld();
    }
  }

  private lookAtHeld(): void {
    if (this.held.size === 0 || this.isStopped) return;
    const assets = this.held;
    this.held = new Set();
    this.options.onLooks(this.options.watch.look(this.options.now(), { kind: 'market', assets }));
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
