import { BallastError } from '@/lib/domain/errors';

/** The worker that was asked is gone: it stopped, or it was closed. Nothing it was asked is answered any more, and what it held is lost. */
export class WorkerLostError extends BallastError {}
