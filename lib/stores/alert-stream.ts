import { type AlertEvent, alertEvent } from '@/lib/alerts/alert-event';
import { ALERT_PATHS } from '@/lib/alerts/alert-paths';
import { policy } from '@/lib/config/policy';
import { repeat, systemClock } from '@/lib/feeds/clock';
import { type StreamEnvironment, startSharedStream } from '@/lib/feeds/shared-stream';
import { type AlertStore, newestIdOf } from './alert-store';

const EVENT_TYPES: readonly AlertEvent['type'][] = ['ready', 'firing', 'changed', 'status'];
const CHECK_EVERY_MS = 500;

function parseEvent(data: string): AlertEvent | undefined {
  try {
    return alertEvent.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}

type Ready = Extract<AlertEvent, { type: 'ready' }>;

/**
 * Listens to the server's stream of alerts for all tabs of this browser (`startSharedStream`) and tells the store, also that nothing is heard any
 * more. It goes on after the newest firing known, so that what fired while it was broken comes first. A malformed event counts as not heard: a
 * page that cannot understand its server must not look as if all were well.
 *
 * The answer ends everything.
 */
export function startAlertStream(store: AlertStore, environment?: StreamEnvironment): () => void {
  const clock = environment?.clock ?? systemClock;
  let heardAtMs = clock.now();
  let newestId = newestIdOf(store.getState().open);
  let ready: Ready | undefined;

  const summaryOf = (event: AlertEvent): Ready | undefined => {
    const { serverTimeMs, unacknowledged } = event;
    if ('status' in event) return { type: 'ready', serverTimeMs, unacknowledged, status: event.status };
    return ready && { ...ready, serverTimeMs, unacknowledged };
  };

  const endStream = startSharedStream(
    {
      name: 'ballast-alerts',
      url: () => (newestId > 0 ? `${ALERT_PATHS.stream}?after=${newestId}` : ALERT_PATHS.stream),
      eventTypes: EVENT_TYPES,
      lostAfterMs: policy.ringing.lostAfterMs,
      followerPatienceMs: policy.ringing.followerPatienceMs,
      deliver({ data }) {
        const event = parseEvent(data);
        if (!event) return false;
        heardAtMs = clock.now();
        if (event.type === 'firing') newestId = Math.max(newestId, event.firing.id);
        ready = summaryOf(event);
        store.getState().applyEvent(event, clock.now());
        return true;
      },
      summarise: () => ready && { id: '', data: JSON.stringify(ready) },
    },
    environment,
  );
  const endCheck = repeat(clock, CHECK_EVERY_MS, () => {
    if (clock.now() - heardAtMs > policy.ringing.lostAfterMs) store.getState().setConnection('lost');
  });
  return () => {
    endStream();
    endCheck();
  };
}
