'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TriggerEdit } from '@/lib/alerts/trigger-edit';
import { BallastError } from '@/lib/domain/errors';
import { ApiError, type FieldFault } from '@/lib/queries/call-api';
import { saveTrigger } from '@/lib/queries/triggers-query';

export interface SaveProblem {
  readonly title: string;
  readonly text: string;
  readonly faults: readonly FieldFault[];
}

export interface Saving {
  readonly isSaving: boolean;
  readonly problem: SaveProblem | undefined;
  readonly clear: () => void;
  /** Whether it was saved. */
  readonly save: (id: string, edit: TriggerEdit) => Promise<boolean>;
}

const CONFLICT = 409;

function toProblem(cause: unknown): SaveProblem {
  if (!(cause instanceof BallastError)) throw cause;
  const text = [cause.message, cause.detail.nextStep].filter(Boolean).join(' ');
  const isApi = cause instanceof ApiError;
  const isConflict = isApi && cause.status === CONFLICT;
  return {
    title: isConflict ? 'It was changed elsewhere meanwhile' : 'It was not saved',
    text: `${text} What you typed is still here.`,
    faults: isApi ? cause.faults : [],
  };
}

/** Saves a trigger and says what the server had against it. */
export function useSave(): Saving {
  const client = useQueryClient();
  const [isSaving, setIsSaving] = useState(false);
  const [problem, setProblem] = useState<SaveProblem>();
  return {
    isSaving,
    problem,
    clear: () => setProblem(undefined),
    async save(id, edit) {
      setIsSaving(true);
      setProblem(undefined);
      try {
        await saveTrigger(id, edit);
        return true;
      } catch (cause) {
        setProblem(toProblem(cause));
        return false;
      } finally {
        setIsSaving(false);
        await client.invalidateQueries({ queryKey: ['triggers'] });
      }
    },
  };
}
