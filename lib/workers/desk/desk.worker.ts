import { type DeskRequest, serveDesk } from './serve-desk';

/** The worker's shell: everything it does is `serveDesk`'s. */
serveDesk({
  post: (reply) => self.postMessage(reply),
  listen: (receive) => self.addEventListener('message', (event: MessageEvent<DeskRequest>) => receive(event.data)),
});
