import * as z from 'zod/mini';
import { type TriggerDraft, triggerDraft } from '@/lib/triggers/form/trigger-draft';

/** A form that was not saved yet. */
export interface KeptDraft {
  /** What it began with. */
  readonly base: TriggerDraft;
  readonly draft: TriggerDraft;
}

const kept = z.object({ version: z.literal(1), base: triggerDraft, draft: triggerDraft });

const keyOf = (form: string): string => `ballast.trigger-draft.${form}`;

/** The draft that was kept for a form (a trigger's id, or what a new one was opened with); `undefined` where none is, or none this version reads. */
export function readKeptDraft(storage: Pick<Storage, 'getItem'>, form: string): KeptDraft | undefined {
  try {
    const read = kept.safeParse(JSON.parse(storage.getItem(keyOf(form)) ?? 'null'));
    return read.success ? { base: read.data.base, draft: read.data.draft } : undefined;
  } catch {
    // Storage that is refused, or text that is no JSON: there is nothing to go on with.
    return undefined;
  }
}

/** Keeps a draft until the tab is closed; `undefined` lets it go. A browser that refuses keeps nothing, and the form goes on without. */
export function keepDraft(storage: Pick<Storage, 'setItem' | 'removeItem'>, form: string, draft?: KeptDraft): void {
  try {
    if (draft) storage.setItem(keyOf(form), JSON.stringify({ version: 1, ...draft }));
    else storage.removeItem(keyOf(form));
  } catch {
    // Full, or refused.
  }
}
