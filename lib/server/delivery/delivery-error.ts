import 'server-only';
import { BallastError } from '@/lib/domain/errors';

/**
 * A delivery that did not succeed. Its message is written for people and shown on screen: never a secret in it, nothing the other side
 * answered, no address a secret may be part of; for the same reason it carries no cause.
 */
export abstract class DeliveryError extends BallastError {}

/** What may pass: no connection, no answer in time, the other side is overloaded. To be tried again. */
export class TemporaryDeliveryError extends DeliveryError {
  constructor(
    code: string,
    message: string,
    /** How long the other side asked to be left alone, milliseconds. */
    readonly retryAfterMs?: number,
  ) {
    super(code, message);
  }
}

/** What does not get better by itself: a wrong address, a refused sign-in, a subscription that is gone. Not tried again. */
export class PermanentDeliveryError extends DeliveryError {
  constructor(code: string, message: string, nextStep?: string) {
    super(code, message, nextStep === undefined ? {} : { nextStep });
  }
}
