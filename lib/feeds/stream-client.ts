import { policy } from '@/lib/config/policy';
import { encodeJson } from '@/lib/domain/codec';
import { type Clock, repeat, systemClock } from './clock';
import { mergeLatestWrites, readSentWrites, toSentWrites } from './latest-writes';
import type { StreamEvent } from './stream-protocol';
import { parseStreamEvent } from './stream-schema';

/** What the client tells: the live store, seen from here. */
export interface StreamSink {
  getState(): {
    applyEvent(event: StreamEvent): void;
    reportMalformed(): void;
  };
}

type Channel = Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;
type Source = Pick<EventSource, 'addEventListener' | 'close' | 'onerror'>;
type Locks = { request(name: string, options: { signal: AbortSignal }, hold: () => Promise<void>): Promise<unknown> };

/** What the client needs of a browser; `undefined` where it lacks it. */
export interface StreamEnvironment {
  readonly clock: Clock;
  readonly openSource: (url: string) => Source;
  readonly openChannel: (() => Channel) | undefined;
  readonly locks: Locks | undefined;
}

/** Between tabs: a new one asks, the leader tells. */
type Relayed = { readonly kind: 'hello' } | { readonly kind: 'event'; readonly id: number; readonly data: string };

const URL_PATH = '/api/stream';
const SHARED_NAME = 'ballast-stream';
const EVENT_TYPES: readonly StreamEvent['type'][] = ['state', 'block', 'market', 'heartbeat'];
const CHECK_EVERY_MS = 500;

type State = Extract<StreamEvent, { type: 'state' }>;

const browserEnvironment = (): StreamEnvironment => ({
  clock: systemClock,
  openSource: (url) => new EventSource(url),
  openChannel: typeof BroadcastChannel === 'undefined' ? undefined : () => new BroadcastChannel(SHARED_NAME),
  // Only in secure contexts; loopback counts as one.
  locks: navigator.locks as Locks | undefined,
});

/** The whole state after an event, for tabs that come later. Pure. */
function mergeState(state: State | undefined, event: StreamEvent): State | undefined {
  if (event.type === 'state') return event;
  if (!state) return undefined;
  const { serverTimeMs } = event;
  if (event.type === 'block' || event.type === 'heartbeat') {
    const { chain } = event;
    const writes = event.type === 'block' ? event.writes : [];
    const sent = toSentWrites(mergeLatestWrites(readSentWrites(state), chain, writes));
    const market = event.type === 'heartbeat' ? event.market : state.market;
    return { ...state, ...sent, serverTimeMs, chain, market };
  }
  const prices = new Map([...state.prices, ...event.prices].map((price) => [price.assetId, price]));
  const rejected = [...event.rejected, ...state.rejected].slice(0, policy.market.keptRejections);
  return { ...state, serverTimeMs, market: event.market, prices: [...prices.values()], rejected };
}

/**
 * Listens to the server's stream for all tabs of this browser: one tab holds a lock, listens and tells the others, since a browser allows
 * few connections to one origin. When it goes, the next takes over. A tab that hears nothing, and a browser without locks or channels,
 * listens for itself. A stream that breaks off or falls silent is opened again, waiting longer each time.
 *
 * The answer ends everything.
 */
export function startStreamClient(sink: StreamSink, environment: StreamEnvironment = browserEnvironment()): () => void {
  const { clock, locks } = environment;
  const channel = locks && environment.openChannel?.();
  const ending = new AbortController();
  let isLeader = false;
  let own: Source | undefined;
  let heardAtMs = clock.now();
  let waitMs: number = policy.stream.reconnectFromMs;
  let cancelRetry: (() => void) | undefined;
  let lastId = -1;
  let state: State | undefined;

  const post = (message: Relayed) => channel?.postMessage(message);

  const deliver = (id: number, data: string): boolean => {
    const event = parseStreamEvent(data);
    if (!event) {
      sink.getState().reportMalformed();
      return false;
    }
    heardAtMs = clock.now();
    // Two sources may overlap for a moment; a whole state starts the numbers anew.
    if (event.type !== 'state' && id <= lastId) return false;
    lastId = id;
    state = mergeState(state, event);
    sink.getState().applyEvent(event);
    return true;
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
    const source = environment.openSource(URL_PATH);
    own = source;
    for (const type of EVENT_TYPES) {
      source.addEventListener(type, (message) => {
        if (own !== source) return;
        const { lastEventId, data } = message as MessageEvent<string>;
        const id = Number(lastEventId);
        if (!deliver(id, data)) return;
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
    if (own && silentMs > policy.stream.lostAfterMs) retry();
    else if (!own && !cancelRetry && silentMs > policy.stream.followerPatienceMs) open();
  });

  if (channel && locks) {
    channel.onmessage = ({ data: message }: MessageEvent<Relayed>) => {
      if (message.kind === 'hello') {
        if (isLeader && state) post({ kind: 'event', id: lastId, data: encodeJson(state) });
      } else if (!isLeader && deliver(message.id, message.data)) {
        closeOwn();
      }
    };
    post({ kind: 'hello' });
    locks
      .request(SHARED_NAME, { signal: ending.signal }, () => {
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
