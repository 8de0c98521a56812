'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Tag } from '@/components/ui/tag';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { formatNumber } from '@/lib/format/format-number';
import type { AlertState } from '@/lib/stores/alert-store';
import { OpenAlert } from './open-alert';
import { SoundLine } from './sound-line';
import { useAcknowledge } from './use-acknowledge';
import { useAlerts } from './use-alerts';
import { useWatchWords } from './use-watch-words';

const MOST_SHOWN = 20;

const openOf = ({ open }: AlertState): readonly LoggedFiring[] => open;
const countOf = ({ unacknowledged }: AlertState): number => unacknowledged;

/** What the bell opens: whether anything is watched, the newest open alerts, and the sound. */
export function BellPanel({ onClose }: { readonly onClose: () => void }) {
  const open = useAlerts(openOf);
  const unacknowledged = useAlerts(countOf);
  const { tone, word, meaning } = useWatchWords();
  const { acknowledge, isBusy, problem } = useAcknowledge();
  const shown = open.slice(0, MOST_SHOWN);
  return (
    <div className="w-[min(420px,calc(100vw-40px))] text-[13px]">
      <h2 className="flex items-center justify-between font-semibold">
        Alerts <Tag tone={tone}>{word}</Tag>
      </h2>
      <p className="mt-0.5 text-muted">{meaning}</p>
      {shown.length > 0 ? (
        <ul className="mt-1">
          {shown.map((alert) => (
            <OpenAlert
              key={alert.id}
              isBusy={isBusy}
              onAcknowledge={(id) => void acknowledge([id])}
              onOpen={onClose}
              {...{ alert }}
            />
          ))}
        </ul>
      ) : (
        <p className="py-4 text-center text-faint">No open alert.</p>
      )}
      {unacknowledged > shown.length && shown.length > 0 && (
        <p className="py-1 text-faint">{formatNumber(unacknowledged - shown.length, 0)} more in the log.</p>
      )}
      {problem && (
        <p role="alert" className="py-1 text-liquidatable">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t py-2">
        <Link href="/triggers/log" prefetch={false} className="text-accent hover:underline" onClick={onClose}>
          Open the log
        </Link>
        {shown.length > 1 && (
          <Button disabled={isBusy} onClick={() => void acknowledge(shown.map(({ id }) => id))}>
            Acknowledge these {shown.length}
          </Button>
        )}
      </div>
      <div className="border-line border-t pt-2">
        <SoundLine />
        <Link href="/settings#channels" prefetch={false} className="text-accent hover:underline" onClick={onClose}>
          Channels and sound
        </Link>
      </div>
    </div>
  );
}
