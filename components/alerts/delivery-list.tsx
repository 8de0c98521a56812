import { Tag, type Tone } from '@/components/ui/tag';
import type { LoggedDelivery } from '@/lib/alerts/logged-firing';
import { LocalTime } from './local-time';

const STATES: Readonly<Record<LoggedDelivery['state'], { readonly tone: Tone; readonly word: string }>> = {
  pending: { tone: 'watch', word: 'waiting' },
  leased: { tone: 'watch', word: 'being sent' },
  delivered: { tone: 'safe', word: 'delivered' },
  dead: { tone: 'liquidatable', word: 'given up' },
  cancelled: { tone: 'neutral', word: 'called off' },
};

/** Kinds that send nothing: an open page shows the firing, and whether one was open is not known here. */
const LEFT_FOR_PAGES: ReadonlySet<string> = new Set(['in-app', 'browser']);

function describeState({ state, channelKind }: LoggedDelivery): (typeof STATES)[LoggedDelivery['state']] {
  if (state !== 'delivered' || !LEFT_FOR_PAGES.has(channelKind)) return STATES[state];
  return { tone: 'neutral', word: 'left for open pages' };
}

function When({ delivery: { state, settledAtMs, notBeforeMs } }: { readonly delivery: LoggedDelivery }) {
  if (settledAtMs !== null) return <LocalTime atMs={settledAtMs} className="text-faint" />;
  if (state !== 'pending') return null;
  return (
    <span className="text-faint">
      not before <LocalTime atMs={notBeforeMs} />
    </span>
  );
}

/** What became of an alert's messages, one a channel. */
export function DeliveryList({ deliveries }: { readonly deliveries: readonly LoggedDelivery[] }) {
  if (deliveries.length === 0) {
    return <p className="text-muted">Sent to no channel: its trigger names none, or was muted.</p>;
  }
  return (
    <ul className="grid gap-1">
      {deliveries.map((delivery) => {
        const { id, channelName, step, state, attempts, lastDetail } = delivery;
        return (
          <li key={id} className="flex flex-wrap items-center gap-x-2">
            <Tag tone={describeState(delivery).tone}>{describeState(delivery).word}</Tag>
            <span>{channelName}</span>
            {step > 0 && <span className="text-faint">escalation {step}</span>}
            <When delivery={delivery} />
            {attempts > 1 && <span className="text-faint">{attempts} attempts</span>}
            {lastDetail && state !== 'delivered' && <span className="text-muted">{lastDetail}</span>}
          </li>
        );
      })}
    </ul>
  );
}
