import type { JobPort, JobRequest } from '../job-protocol';
import { serveJobs } from '../serve-jobs';
import type { DeskJobs } from './desk-protocol';
import { DeskSession } from './desk-session';

/** What is asked of the desk's worker. */
export type DeskRequest = JobRequest<DeskJobs>;

/** The desk at the worker's end of a line: one session, and so one open book. */
export const serveDesk = (port: JobPort<DeskJobs>): void => serveJobs(port, new DeskSession());
