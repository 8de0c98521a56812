'use client';

import { useState } from 'react';
import { SeverityTag } from '@/components/triggers/severity-tag';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { LocalTime } from './local-time';
import { LogDetail } from './log-detail';

export interface LogRowProps {
  readonly alert: LoggedFiring;
  readonly isOpenAtFirst: boolean;
  readonly isBusy: boolean;
  readonly onAcknowledge: (id: number, note: string | null) => void;
}

/** One firing: what happened; opened, everything that is recorded of it. */
export function LogRow({ alert, isOpenAtFirst, isBusy, onAcknowledge }: LogRowProps) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const { id, firing, triggerName, acknowledged, deliveries } = alert;
  const dead = deliveries.filter(({ state }) => state === 'dead').length;
  return (
    <li id={`firing-${id}`} data-firing={id} className="scroll-mt-28 border-line border-b">
      <div className="flex items-start gap-2 px-2 py-1.5 max-sm:flex-col">
        <button
          type="button"
          data-row=""
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          className="grid min-w-0 flex-1 grid-cols-[16px_170px_84px_minmax(0,1fr)] items-baseline gap-x-2 rounded text-left max-md:grid-cols-[16px_84px_minmax(0,1fr)]"
        >
          <span className="self-center text-faint">
            <Icon name={isOpen ? 'up' : 'down'} size={12} />
          </span>
          <LocalTime atMs={Date.parse(firing.at)} className="text-muted text-xs tabular-nums max-md:order-3" />
          <span>
            <SeverityTag severity={firing.severity} />
          </span>
          <span className="min-w-0 max-md:order-4 max-md:col-span-3">
            <span className={acknowledged ? '' : 'font-semibold'}>{triggerName}</span>
            <span className="text-faint"> · {firing.subjectName}</span>
            <span className="block text-[13px] text-muted">{firing.sentence}</span>
          </span>
        </button>
        <span className="flex shrink-0 items-center gap-2 max-sm:self-end">
          {dead > 0 && <Tag tone="liquidatable">{dead} given up</Tag>}
          {acknowledged ? (
            <Tag tone="neutral" title={acknowledged.note ?? undefined}>
              seen by {acknowledged.by}
            </Tag>
          ) : (
            <Button disabled={isBusy} aria-label={`Acknowledge ${triggerName}`} onClick={() => onAcknowledge(id, null)}>
              Acknowledge
            </Button>
          )}
        </span>
      </div>
      {isOpen && <LogDetail onAcknowledge={(note) => onAcknowledge(id, note)} {...{ alert, isBusy }} />}
    </li>
  );
}
