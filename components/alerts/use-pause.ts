'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { pauseAlerts } from '@/lib/queries/firings-query';
import { alertSettings } from '@/lib/stores/alert-settings';
import { alertStore } from '@/lib/stores/alert-store';

export interface Pausing {
  readonly setPaused: (paused: boolean) => Promise<void>;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
}

/** Pauses every alert, or resumes them, by the name set for this browser. What the server made of it is shown by its status. */
export function usePause(): Pausing {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const queryClient = useQueryClient();
  const setPaused = async (paused: boolean) => {
    setIsBusy(true);
    setProblem(undefined);
    try {
      await pauseAlerts(paused, alertSettings.getState().value.name);
      const { status } = alertStore.getState();
      const pausedSinceMs = paused ? Date.now() + alertStore.getState().clockOffsetMs : null;
      if (status) alertStore.setState({ status: { ...status, pausedSinceMs } });
      void queryClient.invalidateQueries({ queryKey: ['triggers'] });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : 'Ballast does not answer.';
      setProblem(`${paused ? 'Not paused' : 'Still paused'}: ${why}`);
    }
    setIsBusy(false);
  };
  return { setPaused, isBusy, problem };
}
