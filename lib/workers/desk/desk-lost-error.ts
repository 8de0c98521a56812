import { BallastError } from '@/lib/domain/errors';

/**
 * The desk that was asked is gone: its worker stopped, or it was closed. Nothing it was asked is answered any more, and the book that it
 * held is to be opened anew in another one.
 */
export class DeskLostError extends BallastError {}
