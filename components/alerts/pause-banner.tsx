'use client';

import { ClockTime } from '@/components/ui/clock-time';
import { ToneMark } from '@/components/ui/tag';
import type { AlertState } from '@/lib/stores/alert-store';
import { useAlerts } from './use-alerts';
import { usePause } from './use-pause';

const pausedSinceOf = ({ status }: AlertState): number | null => status?.pausedSinceMs ?? null;

/** Across every screen while all alerts are paused: nobody takes the quiet for safety. */
export function PauseBanner() {
  const sinceMs = useAlerts(pausedSinceOf);
  const { setPaused, isBusy, problem } = usePause();
  if (sinceMs === null) return null;
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-3 bg-warning-bg px-4 py-[5px] text-text text-xs leading-4"
    >
      <span>
        <span className="mr-1.5 inline-block">
          <ToneMark tone="paused" />
        </span>
        <strong className="font-semibold">
          Alerts are paused since <ClockTime atMs={sinceMs} />:
        </strong>{' '}
        nothing will warn you. {problem}
      </span>
      <button type="button" disabled={isBusy} className="shrink-0 underline" onClick={() => void setPaused(false)}>
        Resume
      </button>
    </div>
  );
}
