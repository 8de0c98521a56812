'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListedTrigger } from '@/lib/alerts/listed-trigger';
import { BallastError } from '@/lib/domain/errors';
import { deleteTrigger, restTrigger } from '@/lib/queries/triggers-query';

export interface TriggerActions {
  /** Lets it rest until then; null wakes it. */
  readonly snooze: (trigger: ListedTrigger, untilMs: number | null) => void;
  readonly mute: (trigger: ListedTrigger, untilMs: number | null) => void;
  readonly remove: (trigger: ListedTrigger) => void;
  /** What could not be done, and why. */
  readonly problem: { readonly title: string; readonly text: string } | undefined;
  readonly dismiss: () => void;
}

/** What can be done with a trigger of the list. Each answer reads the list anew, also one that says it was changed meanwhile. */
export function useTriggerActions(): TriggerActions {
  const client = useQueryClient();
  const [problem, setProblem] = useState<TriggerActions['problem']>();

  const run = async (name: string, act: () => Promise<unknown>) => {
    setProblem(undefined);
    try {
      await act();
    } catch (cause) {
      if (!(cause instanceof BallastError)) throw cause;
      setProblem({
        title: `“${name}” is as it was`,
        text: [cause.message, cause.detail.nextStep].filter(Boolean).join(' '),
      });
    } finally {
      await client.invalidateQueries({ queryKey: ['triggers'] });
    }
  };
  return {
    problem,
    dismiss: () => setProblem(undefined),
    snooze: (trigger, untilMs) => void run(trigger.name, () => restTrigger(trigger, 'snooze', untilMs)),
    mute: (trigger, untilMs) => void run(trigger.name, () => restTrigger(trigger, 'mute', untilMs)),
    remove: (trigger) => void run(trigger.name, () => deleteTrigger(trigger)),
  };
}
