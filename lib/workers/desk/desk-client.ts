import { policy } from '@/lib/config/policy';
import { InvalidInputError } from '@/lib/domain/errors';
import { type JobProgress, pauseForTask, runSteps } from '../run-steps';
import { DeskLostError } from './desk-lost-error';
import type { DeskJobName, DeskJobs } from './desk-protocol';
import type { DeskReply, DeskRequest } from './serve-desk';

export interface JobOptions {
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Does the desk's jobs, wherever they run. */
export interface DeskClient {
  /**
   * Errors: what the job throws, `InvalidInputError` with its code; `DeskLostError` where the desk stops before it answers, and from then on
   * at once; the signal's reason once it is aborted.
   */
  run<Name extends DeskJobName>(
    name: Name,
    input: DeskJobs[Name]['input'],
    options?: JobOptions,
  ): Promise<DeskJobs[Name]['output']>;
  close(): void;
}

/** On the main thread a slice leaves the frame room for everything else. */
const LOCAL_SLICE_MS = 8;

/** The desk on the thread it is asked on: slower for whoever looks, the same figures. Its code loads only where it is needed. */
export async function createLocalDesk(): Promise<DeskClient> {
  const { DeskSession } = await import('./desk-session');
  const session = new DeskSession();
  return {
    run: (name, input, options) =>
      runSteps(session.start(name, input), {
        ...options,
        pause: pauseForTask,
        nowMs: () => performance.now(),
        sliceMs: LOCAL_SLICE_MS,
      }),
    close: () => {},
  };
}

/** What the client needs of a `Worker`. */
export interface DeskWorker {
  postMessage(request: DeskRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<DeskReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

interface Waiting {
  readonly resolve: (output: never) => void;
  readonly reject: (cause: unknown) => void;
  readonly onProgress: JobOptions['onProgress'];
}

class RemoteDesk implements DeskClient {
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;
  private lost: DeskLostError | undefined;

  constructor(
    private readonly worker: DeskWorker,
    private readonly onReady: () => void,
    private readonly onLost: (cause: DeskLostError) => void,
  ) {
    worker.onmessage = ({ data }) => this.take(data);
    worker.onerror = ({ message }) => this.lose(message || 'The worker stopped.');
    // An answer that cannot be read does not say whose it is.
    worker.onmessageerror = () => this.lose('The worker sent an answer that cannot be read.');
  }

  run: DeskClient['run'] = (name, input, { onProgress, signal } = {}) => {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.lost) return Promise.reject(this.lost);
    this.count += 1;
    const id = this.count;
    return new Promise((resolve, reject) => {
      this.worker.postMessage({ id, name, input });
      this.waiting.set(id, { resolve, reject, onProgress });
      signal?.addEventListener('abort', () => {
        if (!this.waiting.delete(id)) return;
        this.worker.postMessage({ id, cancel: true });
        reject(signal.reason);
      });
    });
  };

  close(): void {
    this.end(new DeskLostError('DESK_CLOSED', 'The desk was closed.'));
  }

  /** What was asked fails, and so does what is asked from now on: no worker is left to answer. */
  lose(message: string): void {
    if (this.lost) return;
    const cause = new DeskLostError('DESK_LOST', message);
    this.end(cause);
    this.onLost(cause);
  }

  private end(cause: DeskLostError): void {
    this.lost ??= cause;
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(cause);
    this.waiting.clear();
  }

  private take(reply: DeskReply): void {
    if ('ready' in reply) {
      this.onReady();
      return;
    }
    const waiting = this.waiting.get(reply.id);
    if (!waiting) return;
    if ('progress' in reply) {
      waiting.onProgress?.(reply.progress);
      return;
    }
    this.waiting.delete(reply.id);
    if ('output' in reply) waiting.resolve(reply.output as never);
    else if ('error' in reply) {
      const { code, message } = reply.error;
      waiting.reject(code === undefined ? new Error(message) : new InvalidInputError(code, message));
    }
  }
}

/** Resolves once the worker says that it is ready. Errors: `DeskLostError` where it stops before, or does not say so in time. */
function startRemote(worker: DeskWorker, onLost: (cause: DeskLostError) => void): Promise<RemoteDesk> {
  return new Promise((resolve, reject) => {
    let tellLost: (cause: DeskLostError) => void = reject;
    const settle = (): void => clearTimeout(limit);
    const remote: RemoteDesk = new RemoteDesk(
      worker,
      () => {
        settle();
        tellLost = onLost;
        resolve(remote);
      },
      (cause) => {
        settle();
        tellLost(cause);
      },
    );
    const limit = setTimeout(() => remote.lose('The worker did not start in time.'), policy.desk.workerStartMs);
  });
}

/**
 * The desk in a worker; on this thread where no worker can be made or the one that was made never starts. `isLocal` says which it became.
 * `onLost` is called once, where a worker that had started stops: this desk answers nothing more.
 */
export async function createDeskClient(
  createWorker: () => DeskWorker,
  onLost: (cause: DeskLostError) => void = () => {},
): Promise<DeskClient & { readonly isLocal: boolean }> {
  try {
    const desk = await startRemote(createWorker(), onLost);
    return { run: desk.run, close: () => desk.close(), isLocal: false };
  } catch {
    return { ...(await createLocalDesk()), isLocal: true };
  }
}
