import 'server-only';
import { policy } from '@/lib/config/policy';
import type { Clock } from '@/lib/feeds/clock';
import type { WatchProgress } from '../storage/progress';
import type { RecordedFiring, Transition } from '../storage/record-firings';
import { StorageConflictError } from '../storage/storage-error';

export interface FiringWriterOptions {
  readonly clock: Clock;
  /** All of it in one transaction; may be repeated. `progress`: up to which block everything is recorded then. */
  readonly record: (
    transitions: readonly Transition[],
    progress: WatchProgress | undefined,
  ) => Promise<readonly RecordedFiring[]>;
  readonly onRecorded: (firings: readonly RecordedFiring[]) => void;
  /** Another instance has taken this work over: nothing more is written. */
  readonly onLost?: () => void;
  /** One plain sentence; `undefined`: all is well again. */
  readonly onProblem: (text: string | undefined) => void;
}

/** What is to be written of one trigger on one subject. Putting it together may take a moment, and is left until it is written. */
export interface Decision extends Pick<Transition, 'triggerId' | 'subject'> {
  readonly isFiring: boolean;
  readonly toTransition: () => Transition;
}

/** What goes into one transaction; it names each trigger and subject once. */
interface Batch {
  readonly decisions: Map<string, Decision>;
  progress?: WatchProgress;
}

const tell = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
const isLost = (cause: unknown): boolean => cause instanceof StorageConflictError && cause.code === 'LEASE';
const keyOf = ({ triggerId, subject }: Decision): string => `${triggerId} ${subject}`;

/**
 * Writes what the watch decided, in its order, and goes on trying as long as the database is away: what fired is kept until it is recorded. What
 * the database refuses (a trigger that was deleted meanwhile) is told, from then on, and let go; where only a message is refused, the firing is
 * recorded without any.
 */
export class FiringWriter {
  private batches: Batch[] = [];
  /** Sent already, so that nothing more goes into it. */
  private writing: Batch | undefined;
  private work: Promise<void> | undefined;
  /** The last thing that was let go. */
  private refusal: string | undefined;
  private isStopped = false;
  private endWait = () => {};

  constructor(private readonly options: FiringWriterOptions) {}

  add(decision: Decision): void {
    const key = keyOf(decision);
    const open = this.findOpen();
    const hasRoom = open !== undefined && open.decisions.size < policy.triggers.mostWritten;
    if (hasRoom && !open.decisions.get(key)?.isFiring) open.decisions.set(key, decision);
    else this.batches.push({ decisions: new Map([[key, decision]]) });
    this.start();
  }

  /** Says that everything up to a block has been added; recorded with the last of it, never before. */
  setProgress(progress: WatchProgress): void {
    const open = this.findOpen();
    if (open) open.progress = progress;
    else this.batches.push({ decisions: new Map(), progress });
    this.start();
  }

  private findOpen(): Batch | undefined {
    const last = this.batches.at(-1);
    return last === this.writing ? undefined : last;
  }

  private start(): void {
    this.work ??= this.run().finally(() => {
      this.work = undefined;
    });
  }

  /** Resolves when all that was added by now is recorded or refused; at once when stopped. */
  async flush(): Promise<void> {
    while (this.work && !this.isStopped) await this.work;
  }

  /** What is not recorded yet stays unrecorded: whoever watches next finds it again. */
  stop(): void {
    this.isStopped = true;
    this.endWait();
  }

  private async run(): Promise<void> {
    // What is decided at the same moment is written together.
    await Promise.resolve();
    while (this.batches.length > 0 && !this.isStopped) {
      const [batch] = this.batches as [Batch];
      this.writing = batch;
      await this.writeUntilDone(await this.prepare([...batch.decisions.values()]), batch.progress);
      this.batches.shift();
    }
  }

  private async writeUntilDone(transitions: readonly Transition[], progress: WatchProgress | undefined): Promise<void> {
    const { onProblem } = this.options;
    let waitMs: number = policy.triggers.writeRetryFromMs;
    while (!this.isStopped) {
      try {
        await this.write(transitions, progress);
        onProblem(this.refusal);
        return;
      } catch (cause) {
        if (isLost(cause)) return this.giveUp();
        onProblem(tell(cause));
        await this.wait(waitMs);
        waitMs = Math.min(waitMs * 2, policy.triggers.writeRetryToMs);
      }
    }
  }

  /** Puts transitions together one at a time, so that a burst holds nothing else up. */
  private async prepare(decisions: readonly Decision[]): Promise<readonly Transition[]> {
    const transitions: Transition[] = [];
    for (const { triggerId, isFiring, toTransition } of decisions) {
      try {
        transitions.push(toTransition());
      } catch (cause) {
        this.refusal = `${triggerId}: ${tell(cause)}`;
      }
      if (isFiring) await new Promise((resolve) => setImmediate(resolve));
    }
    return transitions;
  }

  private async write(transitions: readonly Transition[], progress: WatchProgress | undefined): Promise<void> {
    const { record, onRecorded } = this.options;
    try {
      onRecorded(await record(transitions, progress));
    } catch (cause) {
      if (!(cause instanceof StorageConflictError) || isLost(cause)) throw cause;
      if (transitions.length === 1) await this.writeWithout(transitions[0] as Transition, cause);
      // One of them is refused: the others are not to blame.
      else for (const each of transitions) await this.write([each], undefined);
      if (progress) await this.write([], progress);
    }
  }

  private giveUp(): void {
    this.stop();
    this.options.onLost?.();
  }

  /** A firing that cannot be told to its channels is in the log all the same. */
  private async writeWithout(transition: Transition, { code, message }: StorageConflictError): Promise<void> {
    this.refusal = `${transition.triggerId}: ${message}`;
    const { firing } = transition;
    if (code !== 'REFERENCE' || !firing || firing.deliveries.length === 0) return;
    await this.write([{ ...transition, firing: { ...firing, deliveries: [] } }], undefined);
  }

  private wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.options.clock.after(delayMs, resolve);
      this.endWait = () => {
        cancel();
        resolve();
      };
    });
  }
}
