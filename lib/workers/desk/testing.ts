import type { DeskWorker } from './desk-client';
import { type DeskReply, type DeskRequest, serveDesk } from './serve-desk';

/** For tests: a worker's line without a worker; everything said goes through the browser's own copy, as between threads. */
export function createLine(): DeskWorker {
  const receivers: ((request: DeskRequest) => void)[] = [];
  const worker: DeskWorker = {
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
  serveDesk({
    listen: (receive) => receivers.push(receive),
    post: (reply: DeskReply) => {
      const data = structuredClone(reply);
      setTimeout(() => worker.onmessage?.({ data } as MessageEvent<DeskReply>));
    },
  });
  return worker;
}
