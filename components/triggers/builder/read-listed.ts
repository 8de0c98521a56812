import type { ListedTrigger } from '@/lib/alerts/listed-trigger';
import { InvalidInputError } from '@/lib/domain/errors';
import { toDraft } from '@/lib/triggers/form/to-draft';
import type { TriggerDraft } from '@/lib/triggers/form/trigger-draft';
import { parseTrigger } from '@/lib/triggers/parse-trigger';

/** A listed trigger as its form shows it; `undefined` where this version cannot read it. */
export function readListed({ definition }: ListedTrigger, timeZone: string): TriggerDraft | undefined {
  try {
    return toDraft(parseTrigger(definition), timeZone);
  } catch (cause) {
    if (cause instanceof InvalidInputError) return undefined;
    throw cause;
  }
}
