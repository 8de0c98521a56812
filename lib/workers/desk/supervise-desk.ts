import { policy } from '@/lib/config/policy';
import { createDeskClient, type DeskClient, type DeskWorker } from './desk-client';

export type DeskState =
  | { readonly kind: 'starting' }
  /** A desk without a book: whoever shows one opens it in this client. */
  | { readonly kind: 'ready'; readonly client: DeskClient }
  /** It stopped again and again, or could not be started at all: nothing more is tried until it is asked for. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface SuperviseOptions {
  readonly createWorker: () => DeskWorker;
  /** Milliseconds of any clock that does not go back. */
  readonly nowMs: () => number;
  readonly onState: (state: DeskState) => void;
}

export interface DeskSupervisor {
  /** Starts a desk anew where it was lost. */
  retry(): void;
  close(): void;
}

const { workerRestarts, workerRestartWindowMs } = policy.desk;

class Supervisor implements DeskSupervisor {
  private client: DeskClient | undefined;
  /** Which start is the last one: what an earlier one brings is closed. */
  private start = 0;
  private isClosed = false;
  private losses: readonly number[] = [];

  constructor(private readonly options: SuperviseOptions) {
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
    const { createWorker, onState } = this.options;
    onState({ kind: 'starting' });
    const created = createDeskClient(createWorker, ({ message }) => this.lose(start, message));
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
 * Keeps a desk going: one whose worker stops is replaced by a new one, up to `policy.desk.workerRestarts` times within
 * `policy.desk.workerRestartWindowMs`, after which it is said to be lost. Every new desk is told as a state of its own, so that the book is
 * opened in it again.
 *
 * Example: three stops within a minute: starting, ready, starting, ready, starting, ready, lost.
 */
export const superviseDesk = (options: SuperviseOptions): DeskSupervisor => new Supervisor(options);
