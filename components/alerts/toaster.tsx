'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { formatNumber } from '@/lib/format/format-number';
import { type AlertState, alertStore } from '@/lib/stores/alert-store';
import { SEVERITIES } from '@/lib/triggers/trigger';
import { severityWord } from './severity-word';
import { Toast } from './toast';
import { useAcknowledge } from './use-acknowledge';
import { useAlerts } from './use-alerts';

const MOST_SHOWN = 3;

const openOf = ({ open }: AlertState): readonly LoggedFiring[] => open;
const freshOf = ({ fresh }: AlertState): readonly number[] => fresh;

const rank = ({ firing, id }: LoggedFiring) => [SEVERITIES.indexOf(firing.severity), id] as const;
/** The loudest first, of those the newest. */
const byLoudness = (a: LoggedFiring, b: LoggedFiring) => {
  const [severityA, idA] = rank(a);
  const [severityB, idB] = rank(b);
  return severityB - severityA || idB - idA;
};

const say = (alerts: readonly LoggedFiring[]): string => {
  const [first] = alerts;
  if (!first) return '';
  const more = alerts.length > 1 ? ` And ${alerts.length - 1} more.` : '';
  return `${severityWord(first.firing.severity)}: ${first.triggerName}. ${first.firing.sentence}${more}`;
};

/** New alerts above every page, and said to those who do not see them. Focus stays where it is; the key `n` goes there. */
export function Toaster() {
  const open = useAlerts(openOf);
  const freshIds = useAlerts(freshOf);
  const { acknowledge, isBusy, problem } = useAcknowledge();
  const fresh = useMemo(() => {
    const ids = new Set(freshIds);
    return open.filter(({ id }) => ids.has(id)).sort(byLoudness);
  }, [open, freshIds]);
  const isCritical = ({ firing }: LoggedFiring) => firing.severity === 'critical';
  const putAway = useMemo(() => {
    const made = new Map<number, () => void>();
    // The same function for the same alert, so that the time it stays does not begin anew.
    return (id: number) => {
      const known = made.get(id) ?? (() => alertStore.getState().putAway([id]));
      made.set(id, known);
      return known;
    };
  }, []);
  const shown = fresh.slice(0, MOST_SHOWN);
  return (
    <>
      <p role="alert" className="sr-only">
        {say(fresh.filter(isCritical))}
      </p>
      <p role="status" className="sr-only">
        {say(fresh.filter((alert) => !isCritical(alert)))}
      </p>
      {shown.length > 0 && (
        <section
          aria-label="New alerts"
          data-new-alerts=""
          className="fixed right-4 bottom-4 z-30 w-[min(400px,calc(100vw-24px))] max-md:right-3 max-md:bottom-[68px]"
        >
          <ul className="grid gap-2">
            {shown.map((alert) => (
              <Toast
                key={alert.id}
                onAcknowledge={() => void acknowledge([alert.id])}
                onPutAway={putAway(alert.id)}
                {...{ alert, isBusy }}
              />
            ))}
          </ul>
          {problem && (
            <p role="alert" className="mt-2 rounded-md bg-panel p-2 text-[13px] text-liquidatable shadow-float">
              {problem}
            </p>
          )}
          {fresh.length > shown.length && (
            <p className="mt-2 flex items-center justify-between rounded-md bg-panel px-3 py-1.5 text-[13px] shadow-float">
              <Link href="/triggers/log" prefetch={false} className="text-accent underline">
                {formatNumber(fresh.length - shown.length, 0)} more in the log
              </Link>
              <Button kind="quiet" onClick={() => alertStore.getState().putAway(fresh.map(({ id }) => id))}>
                Put all away
              </Button>
            </p>
          )}
        </section>
      )}
    </>
  );
}
