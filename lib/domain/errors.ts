/**
 * The base of every error this project throws on purpose: a stable code, a message that names the place, the inputs that led to it and
 * what to do next. Tests assert the class and the code, never the text.
 */
export abstract class BallastError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly detail: {
      readonly inputs?: Readonly<Record<string, unknown>>;
      readonly nextStep?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = new.target.name;
  }
}

/** Text or data from outside (URL, file, feed, RPC, environment) that does not have the shape it must have. */
export class InvalidInputError extends BallastError {}

/** The chain could not be asked, or did not answer in time, or answered with an error. */
export class ChainUnavailableError extends BallastError {}

/** A venue's contracts answered, but with something its reader cannot take as a position. */
export class VenueReadError extends BallastError {}
