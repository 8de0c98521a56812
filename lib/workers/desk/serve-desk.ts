import { BallastError } from '@/lib/domain/errors';
import { type JobProgress, pauseForTask, runSteps } from '../run-steps';
import type { DeskJobName, DeskJobs } from './desk-protocol';
import { DeskSession } from './desk-session';

/** What is asked of the worker. */
export type DeskRequest =
  | { readonly id: number; readonly name: DeskJobName; readonly input: DeskJobs[DeskJobName]['input'] }
  | { readonly id: number; readonly cancel: true };

/** What it says. `ready` comes first, so that a worker that never starts is noticed. */
export type DeskReply =
  | { readonly ready: true }
  | { readonly id: number; readonly progress: JobProgress }
  | { readonly id: number; readonly output: DeskJobs[DeskJobName]['output'] }
  | { readonly id: number; readonly error: { readonly code: string | undefined; readonly message: string } }
  | { readonly id: number; readonly cancelled: true };

/** The two ends of a worker's line, as far as the desk needs them. */
export interface DeskPort {
  post(reply: DeskReply): void;
  listen(receive: (request: DeskRequest) => void): void;
}

/** How long a job runs before messages, a cancel among them, are looked at. */
const SLICE_MS = 50;

/** Does the jobs that come in over a port, with one session behind them. */
export function serveDesk(port: DeskPort): void {
  const session = new DeskSession();
  const running = new Map<number, AbortController>();
  port.listen(async (request) => {
    const { id } = request;
    if ('cancel' in request) {
      running.get(id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const output = await runSteps(session.start(request.name, request.input), {
        onProgress: (progress) => port.post({ id, progress }),
        signal: controller.signal,
        pause: pauseForTask,
        nowMs: () => performance.now(),
        sliceMs: SLICE_MS,
      });
      port.post({ id, output });
    } catch (cause) {
      if (controller.signal.aborted) port.post({ id, cancelled: true });
      else {
        const code = cause instanceof BallastError ? cause.code : undefined;
        port.post({ id, error: { code, message: cause instanceof Error ? cause.message : String(cause) } });
      }
    } finally {
      running.delete(id);
    }
  });
  port.post({ ready: true });
}
