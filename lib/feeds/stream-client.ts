import { policy } from '@/lib/config/policy';
import { encodeJson } from '@/lib/domain/codec';
import { mergeLatestWrites, readSentWrites, toSentWrites } from './latest-writes';
import { type StreamEnvironment, startSharedStream } from './shared-stream';
import type { StreamEvent } from './stream-protocol';
import { parseStreamEvent } from './stream-schema';

/** What the client tells: the live store, seen from here. */
export interface StreamSink {
  getState(): {
    applyEvent(event: StreamEvent): void;
    reportMalformed(): void;
  };
}

const URL_PATH = '/api/stream';
const EVENT_TYPES: readonly StreamEvent['type'][] = ['state', 'block', 'market', 'heartbeat'];

type State = Extract<StreamEvent, { type: 'state' }>;

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
 * Listens to the server's stream of chain and market for all tabs of this browser (`startSharedStream`).
 *
 * The answer ends everything.
 */
export function startStreamClient(sink: StreamSink, environment?: StreamEnvironment): () => void {
  let lastId = -1;
  let state: State | undefined;
  return startSharedStream(
    {
      name: 'ballast-stream',
      url: () => URL_PATH,
      eventTypes: EVENT_TYPES,
      lostAfterMs: policy.stream.lostAfterMs,
      followerPatienceMs: policy.stream.followerPatienceMs,
      deliver({ id: idText, data }) {
        const event = parseStreamEvent(data);
        if (!event) {
          sink.getState().reportMalformed();
          return false;
        }
        const id = Number(idText);
        // Two sources may overlap for a moment; a whole state starts the numbers anew.
        if (event.type !== 'state' && id <= lastId) return false;
        lastId = id;
        state = mergeState(state, event);
        sink.getState().applyEvent(event);
        return true;
      },
      summarise: () => state && { id: String(lastId), data: encodeJson(state) },
    },
    environment,
  );
}
