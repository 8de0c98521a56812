import { BallastError } from '@/lib/domain/errors';
import type { JobPort, JobSession, JobTable } from './job-protocol';
import { pauseForTask, runSteps } from './run-steps';

/** How long a job runs before messages, a cancel among them, are looked at. */
const SLICE_MS = 50;

/** Does the jobs that come in over a port, with one session behind them. */
export function serveJobs<Jobs extends JobTable<Jobs>>(port: JobPort<Jobs>, session: JobSession<Jobs>): void {
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
