import 'server-only';
import { policy } from '@/lib/config/policy';
import type { Clock } from '@/lib/feeds/clock';
import type { RecordedFiring, Transition } from '../storage/record-firings';
import { StorageConflictError } from '../storage/storage-error';

export interface FiringWriterOptions {
  readonly clock: Clock;
  /** All of it in one transaction; may be repeated. */
  readonly record: (transitions: readonly Transition[]) => Promise<readonly RecordedFiring[]>;
  readonly onRecorded: (firings: readonly RecordedFiring[]) => void;
  /** One plain sentence; `undefined`: all is well again. */
  readonly onProblem: (text: string | undefined) => void;
}

const keyOf = ({ triggerId, subject }: Transition): string => `${triggerId} ${subject}`;

/**
 * Writes what the watch decided, in its order, and goes on trying as long as the database is away: what fired is kept until it is recorded. What
 * the database refuses (a trigger that was deleted meanwhile) is told and let go.
 */
export class FiringWriter {
  /** A batch names each trigger and subject once. */
  private batches: Map<string, Transition>[] = [];
  /** Sent already, so that nothing more goes into it. */
  private writing: ReadonlyMap<string, Transition> | undefined;
  private work: Promise<void> | undefined;
  private isStopped = false;
  private endWait = () => {};

  constructor(private readonly options: FiringWriterOptions) {}

  add(transition: Transition): void {
    const key = keyOf(transition);
    const last = this.batches.at(-1);
    const before = last?.get(key);
    if (last && last !== this.writing && !before?.firing) last.set(key, transition);
    else this.batches.push(new Map([[key, transition]]));
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
    let waitMs: number = policy.triggers.writeRetryFromMs;
    while (this.batches.length > 0 && !this.isStopped) {
      const [batch] = this.batches as [Map<string, Transition>];
      this.writing = batch;
      try {
        await this.write([...batch.values()]);
        this.batches.shift();
        this.options.onProblem(undefined);
        waitMs = policy.triggers.writeRetryFromMs;
      } catch (cause) {
        this.options.onProblem(cause instanceof Error ? cause.message : String(cause));
        await this.wait(waitMs);
        waitMs = Math.min(waitMs * 2, policy.triggers.writeRetryToMs);
      }
    }
  }

  private async write(transitions: readonly Transition[]): Promise<void> {
    const { record, onRecorded, onProblem } = this.options;
    try {
      onRecorded(await record(transitions));
    } catch (cause) {
      if (!(cause instanceof StorageConflictError)) throw cause;
      const [first, ...rest] = transitions;
      if (rest.length === 0) {
        onProblem(`${first?.triggerId ?? 'A trigger'}: ${cause.message}`);
        return;
      }
      // One of them is refused: the others are not to blame.
      for (const each of transitions) await this.write([each]);
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
