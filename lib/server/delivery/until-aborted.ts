import 'server-only';
import { timedOut } from './run-with-deadline';

/** Ends with the signal although the work does not listen to it: asking for a name cannot be called off. Errors: TIMEOUT. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(timedOut());
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
