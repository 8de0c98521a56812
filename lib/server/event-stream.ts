import 'server-only';
import { policy } from '@/lib/config/policy';
import { encodeJson } from '@/lib/domain/codec';
import type { StreamEvent } from '@/lib/feeds/stream-protocol';
import type { LiveHub } from './live-hub';

/** Heartbeats a reader may miss before its stream is given up: it is there no more, or cannot follow. */
const MAX_MISSED_HEARTBEATS = 15;

const encodeEvent = (id: number, event: StreamEvent): string =>
  `id: ${id}\nevent: ${event.type}\ndata: ${encodeJson(event)}\n\n`;

/**
 * A browser's stream of server-sent events: the whole state first, then every event with its number. A reader that falls behind loses the
 * events in between and gets the whole state again as soon as it can take it, so nothing piles up on the server.
 */
export function openEventStream(
  hub: Pick<LiveHub, 'state' | 'lastId' | 'subscribe'>,
  signal: AbortSignal,
  onClose: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isBehind = true;
  let missed = 0;
  let unsubscribe = () => {};
  let isClosed = false;
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    unsubscribe();
    onClose();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = () => {
          if (isClosed) return;
          close();
          controller.close();
        };
        unsubscribe = hub.subscribe((id, event) => {
          if (!isBehind && (controller.desiredSize ?? 0) > 0) {
            controller.enqueue(encoder.encode(encodeEvent(id, event)));
            return;
          }
          isBehind = true;
          if (event.type === 'heartbeat' && ++missed >= MAX_MISSED_HEARTBEATS) end();
        });
        signal.addEventListener('abort', end, { once: true });
        if (signal.aborted) end();
      },
      pull(controller) {
        if (!isBehind || isClosed) return;
        isBehind = false;
        missed = 0;
        controller.enqueue(encoder.encode(encodeEvent(hub.lastId(), hub.state())));
      },
      cancel: close,
    },
    { highWaterMark: policy.stream.queuedEvents },
  );
}
