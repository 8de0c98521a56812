import type { JobWorker } from './job-client';
import type { JobPort, JobReply, JobRequest, JobTable } from './job-protocol';

/** For tests: a worker's line without a worker; everything said goes through the browser's own copy, as between threads. */
export function createLineTo<Jobs extends JobTable<Jobs>>(serve: (port: JobPort<Jobs>) => void): JobWorker<Jobs> {
  const receivers: ((request: JobRequest<Jobs>) => void)[] = [];
  const worker: JobWorker<Jobs> = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    terminate: () => {},
    postMessage: (request) => {
      const copy = structuredClone(request);
      setTimeout(() => {
        for (const receive of receivers) receive(copy);
      });
    },
  };
  serve({
    listen: (receive) => receivers.push(receive),
    post: (reply) => {
      const data = structuredClone(reply);
      setTimeout(() => worker.onmessage?.({ data } as MessageEvent<JobReply<Jobs>>));
    },
  });
  return worker;
}
