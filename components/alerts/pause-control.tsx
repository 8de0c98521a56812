'use client';

import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Popover } from '@/components/ui/popover';
import type { AlertState } from '@/lib/stores/alert-store';
import { useAlerts } from './use-alerts';
import { usePause } from './use-pause';

const isPausedOf = ({ status }: AlertState): boolean => (status?.pausedSinceMs ?? null) !== null;

/** Pauses all alerts after a second word, and resumes them at once. */
export function PauseControl() {
  const isPaused = useAlerts(isPausedOf);
  const { setPaused, isBusy, problem } = usePause();
  const told = problem && (
    <span role="alert" className="text-[13px] text-liquidatable">
      {problem}
    </span>
  );
  if (isPaused) {
    return (
      <>
        <Button kind="primary" disabled={isBusy} onClick={() => void setPaused(false)}>
          <Icon name="play" size={14} /> Resume alerts
        </Button>
        {told}
      </>
    );
  }
  return (
    <>
      <Popover
        trigger={
          <>
            <Icon name="pause" size={14} /> Pause all
          </>
        }
      >
        {(close) => (
          <div className="max-w-72 text-[13px]">
            <p>
              Nothing warns you until somebody resumes: no trigger fires, on no channel. Every screen says so meanwhile.
            </p>
            <Button
              kind="primary"
              className="mt-2"
              disabled={isBusy}
              onClick={() => {
                close();
                void setPaused(true);
              }}
            >
              Pause all alerts
            </Button>
          </div>
        )}
      </Popover>
      {told}
    </>
  );
}
