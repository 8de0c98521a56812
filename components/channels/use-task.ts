'use client';

import { useState } from 'react';

export interface Task {
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly isBusy: boolean;
  /** Why the last one failed. */
  readonly problem: string | undefined;
}

/** One thing at a time that may fail, and why it did. `run` tells whether it succeeded. */
export function useTask(): Task {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setIsBusy(true);
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : 'Ballast does not answer.');
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  return { run, isBusy, problem };
}
