'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { SeverityTag } from '@/components/triggers/severity-tag';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { ClockTime } from '@/components/ui/clock-time';
import { Icon } from '@/components/ui/icon';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { policy } from '@/lib/config/policy';
import { logPathOf, positionPathOf } from './firing-links';
import { EnableSoundButton, StopSoundButton } from './sound-line';

export interface ToastProps {
  readonly alert: LoggedFiring;
  readonly isBusy: boolean;
  readonly onAcknowledge: () => void;
  readonly onPutAway: () => void;
}

const EDGES = { info: 'border-watch', warning: 'border-warning', critical: 'border-liquidatable' } as const;

/** A new alert above the page. A critical one stays until it is put away, others until nobody has looked at them for a while. */
export function Toast({ alert, isBusy, onAcknowledge, onPutAway }: ToastProps) {
  const { id, triggerName, firing } = alert;
  const [isHeld, setIsHeld] = useState(false);
  const isCritical = firing.severity === 'critical';
  useEffect(() => {
    if (isCritical || isHeld) return;
    const timer = setTimeout(onPutAway, policy.ringing.toastMs);
    return () => clearTimeout(timer);
  }, [isCritical, isHeld, onPutAway]);
  const position = positionPathOf(alert);
  return (
    <li
      className={classNames('rounded-lg border-l-[3px] bg-panel p-3 text-[13px] shadow-float', EDGES[firing.severity])}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <div className="flex items-center gap-2">
        <SeverityTag severity={firing.severity} />
        <Link href={logPathOf(id)} prefetch={false} className="min-w-0 flex-1 truncate font-semibold hover:underline">
          {triggerName}
        </Link>
        <ClockTime atMs={Date.parse(firing.at)} className="text-faint text-xs" />
        <Button kind="quiet" aria-label={`Put away ${triggerName}`} className="!px-1" onClick={onPutAway}>
          <Icon name="close" size={14} />
        </Button>
      </div>
      <p className="mt-1">{firing.sentence}</p>
      {firing.remedy && (
        <p className="mt-1 text-muted">
          Cheapest remedy:{' '}
          {position ? (
            <Link href={position} className="text-accent underline">
              {firing.remedy}
            </Link>
          ) : (
            firing.remedy
          )}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button kind="accent" disabled={isBusy} onClick={onAcknowledge}>
          Acknowledge
        </Button>
        {isCritical && <StopSoundButton />}
        {isCritical && <EnableSoundButton />}
      </div>
    </li>
  );
}
