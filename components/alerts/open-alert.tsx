'use client';

import Link from 'next/link';
import { SeverityTag } from '@/components/triggers/severity-tag';
import { Button } from '@/components/ui/button';
import { ClockTime } from '@/components/ui/clock-time';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { logPathOf } from './firing-links';

export interface OpenAlertProps {
  readonly alert: LoggedFiring;
  readonly isBusy: boolean;
  readonly onAcknowledge: (id: number) => void;
  readonly onOpen?: () => void;
}

/** One alert that nobody has acknowledged, in the list at the bell. */
export function OpenAlert({ alert, isBusy, onAcknowledge, onOpen }: OpenAlertProps) {
  const { id, triggerName, firing } = alert;
  return (
    <li className="border-line border-b py-2 last:border-0">
      <p className="flex items-center gap-2">
        <SeverityTag severity={firing.severity} />
        <Link
          href={logPathOf(id)}
          prefetch={false}
          className="min-w-0 flex-1 truncate font-medium hover:underline"
          {...(onOpen && { onClick: onOpen })}
        >
          {triggerName}
        </Link>
        <ClockTime atMs={Date.parse(firing.at)} className="text-faint text-xs" />
      </p>
      <p className="mt-0.5 flex items-end justify-between gap-2">
        <span className="text-muted">{firing.sentence}</span>
        <Button
          kind="quiet"
          disabled={isBusy}
          aria-label={`Acknowledge ${triggerName}`}
          onClick={() => onAcknowledge(id)}
        >
          Acknowledge
        </Button>
      </p>
    </li>
  );
}
