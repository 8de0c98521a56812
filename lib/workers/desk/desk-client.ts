import { InvalidInputError } from '@/lib/domain/errors';
import { type JobProgress, pauseForTask, runSteps } from '../run-steps';
import type { DeskJobName, DeskJobs } from './desk-protocol';
import type { DeskReply, DeskRequest } from './serve-desk';

export interface JobOptions {
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Does the desk's jobs, wherever they run. */
export interface DeskClient {
  /** Errors: what the job throws, `InvalidInputError` with its code; the signal's reason once it is aborted. */
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
}

interface Waiting {
  readonly resolve: (output: never) => void;
  readonly reject: (cause: unknown) => void;
  readonly onProgress: JobOptions['onProgress'];
}

class RemoteDesk implements DeskClient {
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;

  constructor(
    private readonly worker: DeskWorker,
    private readonly onReady: () => void,
    private readonly onFailure: (message: string) => void,
  ) {
    worker.onmessage = ({ data }) => this.take(data);
    worker.onerror = (event) => {
      this.fail(event.message || 'The worker stopped.');
    };
  }

  run: DeskClient['run'] = (name, input, { onProgress, signal } = {}) => {
    if (signal?.aborted) return Promise.reject(signal.reason);
    this.count += 1;
    const id = this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, onProgress });
      signal?.addEventListener('abort', () => {
        if (!this.waiting.delete(id)) return;
        this.worker.postMessage({ id, cancel: true });
        reject(signal.reason);
      });
      this.worker.postMessage({ id, name, input });
    });
  };

  close(): void {
    this.worker.terminate();
    this.fail('The desk was closed.');
  }

  private fail(message: string): void {
    for (const { reject } of this.waiting.values()) reject(new Error(message));
    this.waiting.clear();
    this.onFailure(message);
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

/**
 * The desk in a worker; on this thread where no worker can be made or the one that was made never starts. `isLocal` says which it became.
 */
export async function createDeskClient(
  createWorker: () => DeskWorker,
): Promise<DeskClient & { readonly isLocal: boolean }> {
  try {
    const worker = createWorker();
    const desk = await new Promise<RemoteDesk>((resolve, reject) => {
      const remote: RemoteDesk = new RemoteDesk(
        worker,
        () => resolve(remote),
        (message) => reject(new Error(message)),
      );
    });
    return { run: desk.run, close: () => desk.close(), isLocal: false };
  } catch {
    return { ...(await createLocalDesk()), isLocal: true };
  }
}
