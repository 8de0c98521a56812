'use client';

import Link from 'next/link';
import { DetailList } from '@/components/frame/detail-list';
import { Button, buttonClass } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Tag } from '@/components/ui/tag';
import type { ListedSubject, ListedTrigger } from '@/lib/alerts/listed-trigger';
import { formatNumber } from '@/lib/format/format-number';
import { formatLocalTime, formatUtcTime } from '@/lib/format/format-time';
import { SeverityTag } from './severity-tag';
import { StandingText } from './standing-text';
import { StatusTags } from './status-tags';
import { statusWords } from './status-words';
import type { Asked } from './trigger-menu';
import { useLink } from './use-link';

const Moment = ({ atMs }: { readonly atMs: number }) => (
  <time title={formatUtcTime(atMs)}>{formatLocalTime(atMs)}</time>
);

function SubjectLine({ subject, isWatched }: { readonly subject: ListedSubject; readonly isWatched: boolean }) {
  const { tone, word, meaning } = statusWords(subject.status, isWatched);
  const { standing, episode } = subject;
  const reason = standing.find((one) => one.reason !== undefined)?.reason;
  return (
    <li className="border-line border-b py-2 last:border-0">
      <span className="flex flex-wrap items-baseline justify-between gap-2">
        <span className="min-w-0 break-words font-medium">{subject.name}</span>
        <Tag tone={tone} title={meaning}>
          {word}
        </Tag>
      </span>
      {standing.map((one) => (
        <StandingText key={`${one.title} ${one.limit}`} standing={one} withTitle />
      ))}
      {reason && <span className="block text-muted text-xs">{reason}</span>}
      {episode > 0 && (
        <span className="block text-faint text-xs">
          fired {episode === 1 ? 'once' : `${formatNumber(episode, 0)} times`}
          {subject.firedAtMs !== null && (
            <>
              , last <Moment atMs={subject.firedAtMs} />
            </>
          )}
        </span>
      )}
    </li>
  );
}

/** One trigger opened: where it stands on each of its subjects, and what can be done with it. */
export function TriggerDialog(props: {
  readonly trigger: ListedTrigger;
  readonly isWatched: boolean;
  readonly nowMs: number;
  readonly channels: string;
  readonly onAsk: (what: Asked) => void;
  readonly onClose: () => void;
}) {
  const { trigger, isWatched, nowMs, channels, onAsk, onClose } = props;
  const { subjects, subjectCount, ended } = trigger;
  const link = useLink();
  return (
    <Dialog title={trigger.name} onClose={onClose}>
      <div className="grid gap-3 px-4 py-3 text-[13px]">
        <div className="flex flex-wrap gap-1.5">
          <StatusTags {...{ trigger, isWatched, nowMs }} />
          <SeverityTag severity={trigger.severity} />
        </div>
        <p>{trigger.problem ?? trigger.sentence}</p>
        {subjects.length > 0 && (
          <ul aria-label="Where it stands">
            {subjects.map((subject) => (
              <SubjectLine key={subject.id} {...{ subject, isWatched }} />
            ))}
          </ul>
        )}
        {subjectCount > subjects.length && (
          <p className="text-muted text-xs">and {formatNumber(subjectCount - subjects.length, 0)} more, less urgent</p>
        )}
        <DetailList
          rows={[
            ['Channels', channels],
            ['Last fired', trigger.lastFiredAtMs === null ? 'never' : <Moment key="f" atMs={trigger.lastFiredAtMs} />],
            ['Made', <Moment key="m" atMs={trigger.createdAtMs} />],
            ['Changed', <Moment key="c" atMs={trigger.updatedAtMs} />],
            ['Ended', ended ? <Moment key="e" atMs={ended.atMs} /> : undefined],
          ]}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Link href={link('/triggers/log', { trigger: trigger.id })} prefetch={false} className={buttonClass()}>
            Log and acknowledge
          </Link>
          <Link href={link('/triggers/new', { copy: trigger.id })} prefetch={false} className={buttonClass()}>
            Duplicate
          </Link>
          {ended === null && (
            <>
              <Button onClick={() => onAsk('snooze')}>Snooze…</Button>
              <Button onClick={() => onAsk('delete')}>Delete…</Button>
              <Link
                href={link(`/triggers/${encodeURIComponent(trigger.id)}`)}
                prefetch={false}
                className={buttonClass('primary')}
              >
                Edit
              </Link>
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}
