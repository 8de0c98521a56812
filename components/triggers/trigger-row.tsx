'use client';

import { openFromRow } from '@/components/risk/row-opener';
import { Age } from '@/components/ui/age';
import { Cell } from '@/components/ui/table';
import type { ListedTrigger } from '@/lib/alerts/listed-trigger';
import { firstSubject } from './arrange-triggers';
import { SeverityTag } from './severity-tag';
import { StandingText } from './standing-text';
import { StatusTags } from './status-tags';
import { TriggerMenu, type TriggerMenuProps } from './trigger-menu';

export interface TriggerItemProps extends TriggerMenuProps {
  readonly isWatched: boolean;
  /** Names of its channels, in order. */
  readonly channels: string;
  readonly onOpen: () => void;
}

const SECOND_MS = 1_000;

/** When it last fired; a dash where it never has. */
export function LastFired({ trigger, nowMs }: { readonly trigger: ListedTrigger; readonly nowMs: number }) {
  const { lastFiredAtMs } = trigger;
  if (lastFiredAtMs === null) return <span className="text-faint">never</span>;
  return (
    <>
      <Age seconds={(nowMs - lastFiredAtMs) / SECOND_MS} atMs={lastFiredAtMs} /> ago
    </>
  );
}

/** Where it stands on the subject that is nearest, and how many more there are. */
export function NowText({ trigger }: { readonly trigger: ListedTrigger }) {
  const subject = firstSubject(trigger);
  if (!subject) return <span className="text-faint">—</span>;
  const { standing } = subject;
  const more = trigger.subjectCount - 1;
  return (
    <>
      {standing.map((one) => (
        <StandingText key={`${one.title} ${one.limit}`} standing={one} withTitle={standing.length > 1} />
      ))}
      {more > 0 && (
        <span className="block truncate text-faint text-xs">
          {subject.name}, and {more} more
        </span>
      )}
    </>
  );
}

/** A trigger in the table; Enter or a click opens it. */
export function TriggerRow(props: TriggerItemProps & { readonly isTabbable: boolean; readonly onFocus: () => void }) {
  const { trigger, isWatched, nowMs, channels, onOpen, isTabbable, onFocus } = props;
  return (
    <tr
      data-trigger={trigger.id}
      onClick={openFromRow}
      className="cursor-pointer hover:bg-sunken has-[[data-row]:focus]:bg-accent-weak"
    >
      <Cell className="py-1.5 align-top">
        <StatusTags {...{ trigger, isWatched, nowMs }} />
      </Cell>
      <Cell className="!whitespace-normal break-words py-1.5 align-top">
        <button
          type="button"
          data-row=""
          aria-haspopup="dialog"
          tabIndex={isTabbable ? 0 : -1}
          onFocus={onFocus}
          onClick={onOpen}
          className="text-left font-medium"
        >
          {trigger.name}
        </button>
        <span className="block text-faint text-xs">{trigger.problem ?? trigger.sentence}</span>
      </Cell>
      <Cell className="py-1.5 align-top">
        <SeverityTag severity={trigger.severity} />
      </Cell>
      <Cell className="!whitespace-normal break-words py-1.5 align-top">
        <NowText trigger={trigger} />
      </Cell>
      <Cell className="py-1.5 align-top text-muted">
        <LastFired {...{ trigger, nowMs }} />
      </Cell>
      <Cell className="truncate py-1.5 align-top text-muted" title={channels}>
        {channels}
      </Cell>
      <Cell className="py-1 text-right align-top">
        <TriggerMenu {...props} />
      </Cell>
    </tr>
  );
}
