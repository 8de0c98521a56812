import { evaluateTrigger, type TriggerReading } from '@/lib/triggers/evaluate-trigger';
import type { PreparedTrigger } from '@/lib/triggers/prepare-trigger';
import type { PlannedSubject } from './planned-subject';

/** What a trigger says of a subject. Where that cannot be worked out it is unknown: one trigger never keeps others from being looked at. */
export function readSubject(prepared: PreparedTrigger, subject: PlannedSubject): TriggerReading {
  try {
    return evaluateTrigger(prepared, subject);
  } catch (cause) {
    const text = `It could not be worked out: ${cause instanceof Error ? cause.message : String(cause)}`;
    return { met: 'unknown', still: 'unknown', conditions: [], reason: { code: 'read-failed', text } };
  }
}
