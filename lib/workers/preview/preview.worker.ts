import type { JobRequest } from '../job-protocol';
import { serveJobs } from '../serve-jobs';
import type { PreviewJobs } from './preview-protocol';
import { PreviewSession } from './preview-session';

/** The worker's shell: everything it does is the session's. */
serveJobs<PreviewJobs>(
  {
    post: (reply) => self.postMessage(reply),
    listen: (receive) =>
      self.addEventListener('message', (event: MessageEvent<JobRequest<PreviewJobs>>) => receive(event.data)),
  },
  new PreviewSession(),
);

// A request that cannot be read does not say which it is: thrown, it reaches whoever asked, and nothing waits for its answer.
self.addEventListener('messageerror', () => {
  throw new Error('The worker was sent a request that cannot be read.');
});
