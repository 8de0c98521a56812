import type { JobProgress } from './run-steps';

/** Jobs by their names: what each is given, and what it gives. */
export type JobTable<Jobs> = { readonly [Name in keyof Jobs]: { readonly input: unknown; readonly output: unknown } };

/** What is asked of a worker. */
export type JobRequest<Jobs extends JobTable<Jobs>> =
  | { readonly id: number; readonly name: keyof Jobs & string; readonly input: Jobs[keyof Jobs]['input'] }
  | { readonly id: number; readonly cancel: true };

/** What it says. `ready` comes first, so that a worker that never starts is noticed. */
export type JobReply<Jobs extends JobTable<Jobs>> =
  | { readonly ready: true }
  | { readonly id: number; readonly progress: JobProgress }
  | { readonly id: number; readonly output: Jobs[keyof Jobs]['output'] }
  | { readonly id: number; readonly error: { readonly code: string | undefined; readonly message: string } }
  | { readonly id: number; readonly cancelled: true };

/** The pure core that a worker and the main thread run alike: each job as a generator that yields its progress. */
export interface JobSession<Jobs extends JobTable<Jobs>> {
  /** Errors: `InvalidInputError` JOB for a name that is none. */
  start<Name extends keyof Jobs & string>(
    name: Name,
    input: Jobs[Name]['input'],
  ): Generator<JobProgress, Jobs[Name]['output']>;
}

/** The two ends of a worker's line, as far as jobs need them. */
export interface JobPort<Jobs extends JobTable<Jobs>> {
  post(reply: JobReply<Jobs>): void;
  listen(receive: (request: JobRequest<Jobs>) => void): void;
}
