import { policy } from '@/lib/config/policy';
import { InvalidInputError } from '@/lib/domain/errors';
import type { JobReply, JobRequest, JobSession, JobTable } from './job-protocol';
import { type JobProgress, pauseForTask, runSteps } from './run-steps';
import { WorkerLostError } from './worker-lost-error';

export interface JobOptions {
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Does jobs, wherever they run. */
export interface JobClient<Jobs extends JobTable<Jobs>> {
  /**
   * Errors: what the job throws, `InvalidInputError` with its code; `WorkerLostError` where the worker stops before it answers, and from then
   * on at once; the signal's reason once it is aborted.
   */
  run<Name extends keyof Jobs & string>(
    name: Name,
    input: Jobs[Name]['input'],
    options?: JobOptions,
  ): Promise<Jobs[Name]['output']>;
  close(): void;
}

/** On the main thread a slice leaves the frame room for everything else. */
const LOCAL_SLICE_MS = 8;

/** Jobs on the thread they are asked on: slower for whoever looks, the same figures. */
export function createLocalClient<Jobs extends JobTable<Jobs>>(session: JobSession<Jobs>): JobClient<Jobs> {
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
export interface JobWorker<Jobs extends JobTable<Jobs>> {
  postMessage(request: JobRequest<Jobs>): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<JobReply<Jobs>>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

interface Waiting {
  readonly resolve: (output: never) => void;
  readonly reject: (cause: unknown) => void;
  readonly onProgress: JobOptions['onProgress'];
}

class RemoteClient<Jobs extends JobTable<Jobs>> implements JobClient<Jobs> {
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;
  private lost: WorkerLostError | undefined;

  constructor(
    private readonly worker: JobWorker<Jobs>,
    private readonly onReady: () => void,
    private readonly onLost: (cause: WorkerLostError) => void,
  ) {
    worker.onmessage = ({ data }) => this.take(data);
    worker.onerror = ({ message }) => this.lose(message || 'The worker stopped.');
    // An answer that cannot be read does not say whose it is.
    worker.onmessageerror = () => this.lose('The worker sent an answer that cannot be read.');
  }

  run: JobClient<Jobs>['run'] = (name, input, { onProgress, signal } = {}) => {
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
    this.end(new WorkerLostError('WORKER_CLOSED', 'The worker was closed.'));
  }

  /** What was asked fails, and so does what is asked from now on: no worker is left to answer. */
  lose(message: string): void {
    if (this.lost) return;
    const cause = new WorkerLostError('WORKER_LOST', message);
    this.end(cause);
    this.onLost(cause);
  }

  private end(cause: WorkerLostError): void {
    this.lost ??= cause;
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(cause);
    this.waiting.clear();
  }

  private take(reply: JobReply<Jobs>): void {
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

/** Resolves once the worker says that it is ready. Errors: `WorkerLostError` where it stops before, or does not say so in time. */
function startRemote<Jobs extends JobTable<Jobs>>(
  worker: JobWorker<Jobs>,
  onLost: (cause: WorkerLostError) => void,
): Promise<RemoteClient<Jobs>> {
  return new Promise((resolve, reject) => {
    let tellLost: (cause: WorkerLostError) => void = reject;
    const settle = (): void => clearTimeout(limit);
    const remote: RemoteClient<Jobs> = new RemoteClient<Jobs>(
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
 * Jobs in a worker; on this thread (`createLocal`) where no worker can be made or the one that was made never starts. `isLocal` says which it
 * became. `onLost` is called once, where a worker that had started stops: this client answers nothing more.
 */
export async function createJobClient<Jobs extends JobTable<Jobs>>(
  createWorker: () => JobWorker<Jobs>,
  createLocal: () => Promise<JobClient<Jobs>>,
  onLost: (cause: WorkerLostError) => void = () => {},
): Promise<JobClient<Jobs> & { readonly isLocal: boolean }> {
  try {
    const remote = await startRemote(createWorker(), onLost);
    return { run: remote.run, close: () => remote.close(), isLocal: false };
  } catch {
    return { ...(await createLocal()), isLocal: true };
  }
}
