import { createLocalClient, type JobClient, type JobWorker } from '../job-client';
import { type SuperviseOptions, superviseWorker, type WorkerState, type WorkerSupervisor } from '../supervise-worker';
import type { PreviewJobs } from './preview-protocol';

export type PreviewClient = JobClient<PreviewJobs>;
export type PreviewState = WorkerState<PreviewJobs>;

/** Previews on the thread they are asked on. The code loads only where it is needed. */
async function createLocalPreview(): Promise<PreviewClient> {
  const { PreviewSession } = await import('./preview-session');
  return createLocalClient(new PreviewSession());
}

/** The browser's worker. Throws where it knows none. */
const createPreviewWorker = (): JobWorker<PreviewJobs> =>
  new Worker(new URL('./preview.worker.ts', import.meta.url), { type: 'module' });

/** Keeps a worker for previews going (`superviseWorker`); what was asked of one that stopped is asked again of the next. */
export const supervisePreview = ({
  createWorker = createPreviewWorker,
  ...options
}: Pick<SuperviseOptions<PreviewJobs>, 'nowMs' | 'onState'> &
  Partial<Pick<SuperviseOptions<PreviewJobs>, 'createWorker'>>): WorkerSupervisor =>
  superviseWorker({ ...options, createWorker, createLocal: createLocalPreview });
