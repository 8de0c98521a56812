'use client';

import { useEffect, useMemo, useState } from 'react';
import { keepDraft, readKeptDraft } from '@/lib/stores/kept-draft';
import type { TriggerDraft } from '@/lib/triggers/form/trigger-draft';

const isSame = (a: TriggerDraft, b: TriggerDraft): boolean => JSON.stringify(a) === JSON.stringify(b);

export interface DraftState {
  readonly draft: TriggerDraft;
  readonly set: (change: Partial<TriggerDraft>) => void;
  readonly isChanged: boolean;
  /** It was typed before this page was opened, and put back. */
  readonly isRestored: boolean;
  /** What the form began with is no longer what is saved. */
  readonly isOvertaken: boolean;
  /** Goes on from what is saved now, with what was typed. */
  readonly keepMine: () => void;
  /** Lets go of what was typed. */
  readonly startOver: () => void;
  /** It is saved: there is nothing to put back any more. */
  readonly forget: () => void;
}

/** What is typed into a form, kept until it is saved: closed by accident, the form goes on where it was. `saved` is what is saved now. */
export function useDraft(form: string, saved: TriggerDraft): DraftState {
  const [kept] = useState(() => readKeptDraft(sessionStorage, form));
  const [base, setBase] = useState(kept?.base ?? saved);
  const [draft, setDraft] = useState(kept?.draft ?? saved);
  const [isRestored, setIsRestored] = useState(kept !== undefined && !isSame(kept.base, kept.draft));
  const isChanged = useMemo(() => !isSame(base, draft), [base, draft]);
  useEffect(() => {
    keepDraft(sessionStorage, form, isChanged ? { base, draft } : undefined);
  }, [form, base, draft, isChanged]);
  return {
    draft,
    isChanged,
    isRestored,
    isOvertaken: useMemo(() => !isSame(base, saved), [base, saved]),
    set: (change) => setDraft((before) => ({ ...before, ...change })),
    keepMine: () => setBase(saved),
    startOver: () => {
      setBase(saved);
      setDraft(saved);
      setIsRestored(false);
    },
    forget: () => keepDraft(sessionStorage, form),
  };
}
