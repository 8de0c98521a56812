import { Tag } from '@/components/ui/tag';
import type { ListedTrigger } from '@/lib/alerts/listed-trigger';
import { formatLocalTime } from '@/lib/format/format-time';
import { triggerStatusWords } from './status-words';

/** Further off than anyone waits: for good. */
const FOREVER_MS = 4_000_000_000_000;

const untilText = (untilMs: number): string =>
  untilMs >= FOREVER_MS ? 'until you unmute it' : `until ${formatLocalTime(untilMs)}`;

/** Where a trigger stands, in a word and a shape, and whether its messages are held back. */
export function StatusTags(props: {
  readonly trigger: ListedTrigger;
  readonly isWatched: boolean;
  readonly nowMs: number;
}) {
  const { trigger, isWatched, nowMs } = props;
  const { tone, word, meaning } = triggerStatusWords(trigger, isWatched);
  const { mutedUntilMs, snoozedUntilMs, ended } = trigger;
  const until = trigger.status === 'snoozed' && snoozedUntilMs !== null ? ` ${untilText(snoozedUntilMs)}` : '';
  const isMuted = ended === null && mutedUntilMs !== null && mutedUntilMs > nowMs;
  return (
    <span className="flex flex-wrap items-center gap-1">
      <Tag tone={tone} title={`${meaning}${until && ` Snoozed${until}.`}`}>
        {word}
        <span className="sr-only">
          : {meaning}
          {until}
        </span>
      </Tag>
      {isMuted && (
        <Tag tone="paused" title={`It fires into the log alone, ${untilText(mutedUntilMs)}.`}>
          Muted
        </Tag>
      )}
    </span>
  );
}
