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

const keyOf = ({ triggerId, subject }: Decision): string => `${triggerId} ${subject}`;

/** Puts transitions together a few at a time, so that a burst holds nothing else up. */
async function prepare(decisions: readonly Decision[]): Promise<readonly Transition[]> {
  const transitions: Transition[] = [];
  for (const { isFiring, toTransition } of decisions) {
    transitions.push(toTransition());
    if (isFiring) await new Promise((resolve) => setImmediate(resolve));
  }
  return transitions;
}

/**
 * Writes what the watch decided, in its order, and goes on trying as long as the database is away: what fired is kept until it is recorded. What
 * the database refuses (a trigger that was deleted meanwhile) is told and let go.
 */
export class FiringWriter {
  private batches: Batch[] = [];
  /** Sent already, so that nothing more goes into it. */
  private writing: Batch | undefined;
  private work: Promise<void> | undefined;
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
      await this.writeUntilDone(await prepare([...batch.decisions.values()]), batch.progress);
      this.batches.shift();
    }
  }

  private async writeUntilDone(transitions: readonly Transition[], progress: WatchProgress | undefined): Promise<void> {
    const { onProblem } = this.options;
    let waitMs: number = policy.triggers.writeRetryFromMs;
    while (!this.isStopped) {
      try {
        await this.write(transitions, progress);
        onProblem(undefined);
        return;
      } catch (cause) {
        onProblem(cause instanceof Error ? cause.message : String(cause));
        await this.wait(waitMs);
        waitMs = Math.min(waitMs * 2, policy.triggers.writeRetryToMs);
      }
    }
  }

  private async write(transitions: readonly Transition[], progress: WatchProgress | undefined): Promise<void> {
    const { record, onRecorded, onProblem } = this.options;
    try {
      onRecorded(await record(transitions, progress));
    } catch (cause) {
      if (!(cause instanceof StorageConflictError)) throw cause;
      const [first, ...rest] = transitions;
      if (rest.length === 0) {
        onProblem(`${first?.triggerId ?? 'A trigger'}: ${cause.message}`);
        return;
      }
      // One of them is refused: the others are not to blame.
      for (const each of transitions) await this.write([each], undefined);
      if (progress) await this.write([], progress);
    }
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
