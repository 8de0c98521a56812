import { policy } from '@/lib/config/policy';
import { type Clock, repeat, systemClock } from './clock';

type Channel = Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;
type Source = Pick<EventSource, 'addEventListener' | 'close' | 'onerror'>;
type Locks = { request(name: string, options: { signal: AbortSignal }, hold: () => Promise<void>): Promise<unknown> };

/** What a shared stream needs of a browser; `undefined` where it lacks it. */
export interface StreamEnvironment {
  readonly clock: Clock;
  readonly openSource: (url: string) => Source;
  readonly openChannel: ((name: string) => Channel) | undefined;
  readonly locks: Locks | undefined;
}

/** An event as the server sent it: its id and its text. */
export interface SentEvent {
  readonly id: string;
  readonly data: string;
}

/** One stream of the server, for all tabs. */
export interface SharedStream {
  /** Of the lock and the channel between tabs. */
  readonly name: string;
  /** Asked at each opening, so that it can say where to go on. */
  readonly url: () => string;
  readonly eventTypes: readonly string[];
  /** A stream that says nothing for so long is opened again. */
  readonly lostAfterMs: number;
  /** A tab that hears nothing from the tab that listens for all opens a stream of its own after so long. */
  readonly followerPatienceMs: number;
  /** Takes an event in. False: it was not understood, or known already. */
  deliver(event: SentEvent): boolean;
  /** One event that tells a tab that comes later all that went before; `undefined`: nothing was heard yet. */
  summarise(): SentEvent | undefined;
}

/** Between tabs: a new one asks, the leader tells. */
type Relayed = { readonly kind: 'hello' } | ({ readonly kind: 'event' } & SentEvent);

const CHECK_EVERY_MS = 500;

const browserEnvironment = (): StreamEnvironment => ({
  clock: systemClock,
  openSource: (url) => new EventSource(url),
  openChannel: typeof BroadcastChannel === 'undefined' ? undefined : (name) => new BroadcastChannel(name),
  // Only in secure contexts; loopback counts as one.
  locks: navigator.locks as Locks | undefined,
});

/**
 * Listens to one of the server's streams for all tabs of this browser: one tab holds a lock, listens and tells the others, since a browser
 * allows few connections to one origin. When it goes, the next takes over. A tab that hears nothing, and a browser without locks or channels,
 * listens for itself. A stream that breaks off or falls silent is opened again, waiting longer each time.
 *
 * The answer ends everything.
 */
export function startSharedStream(
  { name, url, eventTypes, lostAfterMs, followerPatienceMs, deliver, summarise }: SharedStream,
  environment: StreamEnvironment = browserEnvironment(),
): () => void {
  const { clock, locks } = environment;
  const channel = locks && environment.openChannel?.(name);
  const ending = new AbortController();
  let isLeader = false;
  let own: Source | undefined;
  let heardAtMs = clock.now();
  let waitMs: number = policy.stream.reconnectFromMs;
  let cancelRetry: (() => void) | undefined;

  const post = (message: Relayed) => channel?.postMessage(message);
  const take = (event: SentEvent): boolean => {
    const isTaken = deliver(event);
    if (isTaken) heardAtMs = clock.now();
    return isTaken;
  };

  const closeOwn = () => {
    cancelRetry?.();
    cancelRetry = undefined;
    own?.close();
    own = undefined;
  };
  const open = () => {
    closeOwn();
    heardAtMs = clock.now();
    const source = environment.openSource(url());
    own = source;
    for (const type of eventTypes) {
      source.addEventListener(type, (message) => {
        if (own !== source) return;
        const { lastEventId: id, data } = message as MessageEvent<string>;
        if (!take({ id, data })) return;
        waitMs = policy.stream.reconnectFromMs;
        if (isLeader) post({ kind: 'event', id, data });
      });
    }
    source.onerror = () => {
      if (own === source) retry();
    };
  };
  const retry = () => {
    closeOwn();
    cancelRetry = clock.after(waitMs, open);
    waitMs = Math.min(waitMs * 2, policy.stream.reconnectToMs);
  };

  const endCheck = repeat(clock, CHECK_EVERY_MS, () => {
    const silentMs = clock.now() - heardAtMs;
    if (own && silentMs > lostAfterMs) retry();
    else if (!own && !cancelRetry && silentMs > followerPatienceMs) open();
  });

  if (channel && locks) {
    channel.onmessage = ({ data: message }: MessageEvent<Relayed>) => {
      if (message.kind === 'hello') {
        const summary = isLeader ? summarise() : undefined;
        if (summary) post({ kind: 'event', ...summary });
      } else if (!isLeader && take(message)) {
        closeOwn();
      }
    };
    post({ kind: 'hello' });
    locks
      .request(name, { signal: ending.signal }, () => {
        isLeader = true;
        if (!own) open();
        return new Promise((resolve) => ending.signal.addEventListener('abort', () => resolve(), { once: true }));
      })
      // Ended while waiting in line.
      .catch(() => undefined);
  } else {
    open();
  }

  return () => {
    ending.abort();
    endCheck();
    closeOwn();
    channel?.close();
  };
}
