import { policy } from '@/lib/config/policy';
import { createJobClient, type JobClient, type JobWorker } from './job-client';
import type { JobTable } from './job-protocol';

export type WorkerState<Jobs extends JobTable<Jobs>> =
  | { readonly kind: 'starting' }
  /** A worker that holds nothing: whoever needs something in it gives it to this client. */
  | { readonly kind: 'ready'; readonly client: JobClient<Jobs> }
  /** It stopped again and again, or could not be started at all: nothing more is tried until it is asked for. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface SuperviseOptions<Jobs extends JobTable<Jobs>> {
  readonly createWorker: () => JobWorker<Jobs>;
  /** In its place where no worker can be made. */
  readonly createLocal: () => Promise<JobClient<Jobs>>;
  /** Milliseconds of any clock that does not go back. */
  readonly nowMs: () => number;
  readonly onState: (state: WorkerState<Jobs>) => void;
}

export interface WorkerSupervisor {
  /** Starts a worker anew where it was lost. */
  retry(): void;
  close(): void;
}

const { workerRestarts, workerRestartWindowMs } = policy.desk;

class Supervisor<Jobs extends JobTable<Jobs>> implements WorkerSupervisor {
  private client: JobClient<Jobs> | undefined;
  /** Which start is the last one: what an earlier one brings is closed. */
  private start = 0;
  private isClosed = false;
  private losses: readonly number[] = [];

  constructor(private readonly options: SuperviseOptions<Jobs>) {
    this.begin();
  }

  retry(): void {
    this.losses = [];
    this.begin();
  }

  close(): void {
    this.isClosed = true;
    this.client?.close();
  }

  private begin(): void {
    this.start += 1;
    const start = this.start;
    const { createWorker, createLocal, onState } = this.options;
    onState({ kind: 'starting' });
    const created = createJobClient(createWorker, createLocal, ({ message }) => this.lose(start, message));
    created.then(
      (client) => {
        if (this.isClosed || start !== this.start) {
          client.close();
          return;
        }
        this.client = client;
        onState({ kind: 'ready', client });
      },
      (cause) => this.giveUp(start, cause instanceof Error ? cause.message : String(cause)),
    );
  }

  private lose(start: number, reason: string): void {
    if (this.isClosed || start !== this.start) return;
    const nowMs = this.options.nowMs();
    this.losses = [...this.losses.filter((atMs) => nowMs - atMs < workerRestartWindowMs), nowMs];
    if (this.losses.length > workerRestarts) this.giveUp(start, reason);
    else this.begin();
  }

  private giveUp(start: number, reason: string): void {
    if (this.isClosed || start !== this.start) return;
    this.start += 1;
    this.client = undefined;
    this.options.onState({ kind: 'lost', reason });
  }
}

/**
 * Keeps a worker going: one that stops is replaced by a new one, up to `policy.desk.workerRestarts` times within
 * `policy.desk.workerRestartWindowMs`, after which it is said to be lost. Every new one is told as a state of its own, so that it is given
 * what it needs again.
 *
 * Example: three stops within a minute: starting, ready, starting, ready, starting, ready, lost.
 */
export const superviseWorker = <Jobs extends JobTable<Jobs>>(options: SuperviseOptions<Jobs>): WorkerSupervisor =>
  new Supervisor(options);
