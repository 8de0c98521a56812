import { BallastError } from '@/lib/domain/errors';

/** A Solidity source did not compile, or the compiler is not where it should be. */
export class CompileError extends BallastError {}

/** The node that runs the local chain is missing, did not start, or does not answer. */
export class AnvilError extends BallastError {}

/** A transaction of the local chain's own set-up or operation did not do what it must. */
export class DevnetTransactionError extends BallastError {}
