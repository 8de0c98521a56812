import { type DeskRequest, serveDesk } from './serve-desk';

/** The worker's shell: everything it does is `serveDesk`'s. */
serveDesk({
  post: (reply) => self.postMessage(reply),
  listen: (receive) => self.addEventListener('message', (event: MessageEvent<DeskRequest>) => receive(event.data)),
});

// A request that cannot be read does not say which it is: thrown, it reaches whoever asked, and nothing waits for its answer.
self.addEventListener('messageerror', () => {
  throw new Error('The worker was sent a request that cannot be read.');
});
