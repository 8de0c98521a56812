import { type SuperviseOptions, superviseWorker, type WorkerState, type WorkerSupervisor } from '../supervise-worker';
import { createLocalDesk } from './desk-client';
import type { DeskJobs } from './desk-protocol';

export type DeskState = WorkerState<DeskJobs>;

/** Keeps a desk going (`superviseWorker`). Every new one has no book open. */
export const superviseDesk = (options: Omit<SuperviseOptions<DeskJobs>, 'createLocal'>): WorkerSupervisor =>
  superviseWorker({ ...options, createLocal: createLocalDesk });
