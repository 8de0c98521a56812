/** How far a job is: `done` of `total` of what `phase` names. `total` 0: not known. */
export interface JobProgress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}

export interface RunOptions {
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Lets the thread do something else: messages, painting. */
  readonly pause: () => Promise<void>;
  /** Milliseconds of any clock. */
  readonly nowMs: () => number;
  /** How long it may go on without a pause. */
  readonly sliceMs: number;
}

/**
 * Runs a job that yields its progress, in slices, so that the thread it runs on stays free and the job can be given up.
 *
 * Errors: what the job throws; the signal's reason once it is aborted, at the next pause.
 */
export async function runSteps<Result>(
  steps: Generator<JobProgress, Result>,
  { onProgress, signal, pause, nowMs, sliceMs }: RunOptions,
): Promise<Result> {
  let sinceMs = nowMs();
  for (;;) {
    signal?.throwIfAborted();
    const step = steps.next();
    if (step.done) return step.value;
    if (nowMs() - sinceMs < sliceMs) continue;
    onProgress?.(step.value);
    await pause();
    sinceMs = nowMs();
  }
}

/** Tells of each step how far the phase is: what a generator of counts yields, in the words of a job. */
export function* withPhase<Result>(
  phase: string,
  total: number,
  counts: Generator<number, Result>,
): Generator<JobProgress, Result> {
  for (;;) {
    const step = counts.next();
    if (step.done) return step.value;
    yield { phase, done: step.value, total };
  }
}

/** A pause that lets messages and painting in: a task of its own. */
export const pauseForTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
