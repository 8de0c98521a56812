'use client';

import { useCallback, useState } from 'react';
import { acknowledgeFiring } from '@/lib/queries/firings-query';
import { alertSettings } from '@/lib/stores/alert-settings';
import { alertStore } from '@/lib/stores/alert-store';

/** So many acknowledgements are under way at once. */
const AT_ONCE = 6;

export interface Acknowledging {
  readonly acknowledge: (ids: readonly number[], note?: string | null) => Promise<void>;
  readonly isBusy: boolean;
  /** What could not be written into the log, and why. */
  readonly problem: string | undefined;
}

/** Acknowledges alerts in the log, by the name set for this browser. One that cannot be written stays open, and is said. */
export function useAcknowledge(): Acknowledging {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const acknowledge = useCallback(async (ids: readonly number[], note: string | null = null) => {
    setIsBusy(true);
    setProblem(undefined);
    const waiting = [...ids];
    const work = async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        try {
          await acknowledgeFiring(id, alertSettings.getState().value.name, note);
          alertStore.getState().acknowledged(id);
        } catch (cause) {
          setProblem(`Not acknowledged: ${cause instanceof Error ? cause.message : 'Ballast does not answer.'}`);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    setIsBusy(false);
  }, []);
  return { acknowledge, isBusy, problem };
}
