import 'server-only';
import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import { ChainUnavailableError } from '@/lib/domain/errors';
import type { Clock } from '@/lib/feeds/clock';

export interface ChainSocket {
  /** Errors: `ChainUnavailableError` TIMEOUT, CLOSED, RPC (the node refused). */
  request(method: string, params: readonly unknown[]): Promise<unknown>;
  /** Ends the connection at once; `onClose` follows. */
  close(): void;
}

export interface ChainSocketOptions {
  readonly url: string;
  readonly timeoutMs: number;
  readonly maxMessageBytes: number;
  readonly clock: Clock;
  readonly onOpen: (socket: ChainSocket) => void;
  /** Called once, also when the connection could not be made. */
  readonly onClose: () => void;
  /** A subscription's news: its id and what it brought. */
  readonly onNotification: (subscription: string, result: unknown) => void;
}

const message = z.object({
  id: z.optional(z.nullable(z.number())),
  result: z.optional(z.unknown()),
  error: z.optional(z.unknown()),
  params: z.optional(z.object({ subscription: z.string(), result: z.unknown() })),
});

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: ChainUnavailableError) => void;
  readonly cancel: () => void;
}

function parse(text: string): z.infer<typeof message> | undefined {
  try {
    return message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Opens the one WebSocket to the node. It does not reconnect: the caller decides when to open another. */
export function openChainSocket(options: ChainSocketOptions): ChainSocket {
  const { clock, timeoutMs } = options;
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let closed = false;
  const socket = new WebSocket(options.url, {
    maxPayload: options.maxMessageBytes,
    followRedirects: false,
    perMessageDeflate: false,
  });

  const finish = () => {
    if (closed) return;
    closed = true;
    cancelOpening();
    for (const { reject, cancel } of pending.values()) {
      cancel();
      reject(new ChainUnavailableError('CLOSED', 'The connection to the node was lost.'));
    }
    pending.clear();
    socket.terminate();
    options.onClose();
  };
  const cancelOpening = clock.after(timeoutMs, finish);

  const self: ChainSocket = {
    close: finish,
    request: (method, params) =>
      new Promise((resolve, reject) => {
        if (closed || socket.readyState !== WebSocket.OPEN) {
          reject(new ChainUnavailableError('CLOSED', 'The connection to the node was lost.'));
          return;
        }
        const id = nextId++;
        const cancel = clock.after(timeoutMs, () => {
          pending.delete(id);
          reject(new ChainUnavailableError('TIMEOUT', 'The node did not answer in time.'));
        });
        pending.set(id, { resolve, reject, cancel });
        socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      }),
  };

  socket.on('open', () => {
    cancelOpening();
    if (!closed) options.onOpen(self);
  });
  socket.on('message', (data) => {
    const parsed = parse(data.toString());
    if (closed || !parsed) return;
    if (parsed.params) {
      options.onNotification(parsed.params.subscription, parsed.params.result);
      return;
    }
    const waiting = typeof parsed.id === 'number' ? pending.get(parsed.id) : undefined;
    if (!waiting || typeof parsed.id !== 'number') return;
    pending.delete(parsed.id);
    waiting.cancel();
    if (parsed.error === undefined) waiting.resolve(parsed.result);
    else waiting.reject(new ChainUnavailableError('RPC', 'The node refused the request.'));
  });
  socket.on('close', finish);
  // An error is always followed by 'close'; without a listener it would end the process.
  socket.on('error', finish);
  return self;
}
