import { createJobClient, createLocalClient, type JobClient, type JobWorker } from '../job-client';
import type { WorkerLostError } from '../worker-lost-error';
import type { DeskJobs } from './desk-protocol';

/** Does the desk's jobs, wherever they run. */
export type DeskClient = JobClient<DeskJobs>;
export type DeskWorker = JobWorker<DeskJobs>;

/** The desk on the thread it is asked on. Its code loads only where it is needed. */
export async function createLocalDesk(): Promise<DeskClient> {
  const { DeskSession } = await import('./desk-session');
  return createLocalClient(new DeskSession());
}

/** The desk in a worker, or on this thread (`createJobClient`). */
export const createDeskClient = (
  createWorker: () => DeskWorker,
  onLost?: (cause: WorkerLostError) => void,
): Promise<DeskClient & { readonly isLocal: boolean }> => createJobClient(createWorker, createLocalDesk, onLost);
