import 'server-only';
import type { Clock } from '@/lib/feeds/clock';
import { TemporaryDeliveryError } from './delivery-error';

export interface Deadline {
  readonly timeoutMs: number;
  /** After the signal, how long the work may take to end by itself. */
  readonly graceMs: number;
}

/** The one error of a delivery that took too long. */
export const timedOut = (): TemporaryDeliveryError =>
  new TemporaryDeliveryError('TIMEOUT', 'No answer within the time limit.');

/**
 * Runs work under a time limit: at its end the signal aborts, and a little later the caller goes on, whether or not the work listened.
 * Errors: those of the work; `TemporaryDeliveryError` TIMEOUT.
 */
export function runWithDeadline<T>(
  clock: Clock,
  { timeoutMs, graceMs }: Deadline,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  return new Promise((resolve, reject) => {
    let cancel = clock.after(timeoutMs, () => {
      abort.abort();
      cancel = clock.after(graceMs, () => reject(timedOut()));
    });
    run(abort.signal)
      .finally(() => cancel())
      .then(resolve, reject);
  });
}
