import { type ConditionStanding, describeStanding } from '@/lib/triggers/describe-standing';
import { computeStatus, type MachineRule, type MachineState, type MachineStatus } from '@/lib/triggers/machine';
import type { PreparedTrigger } from '@/lib/triggers/prepare-trigger';
import type { PlannedSubject } from './planned-subject';
import { readSubject } from './read-subject';

/** Where a trigger stands on one subject, now. */
export interface SubjectStanding {
  readonly subjectId: string;
  readonly subjectName: string;
  readonly status: MachineStatus;
  readonly standing: readonly ConditionStanding[];
  readonly state: MachineState;
}

/** A state as it would be shown by what is seen now: blind and expired are not left to the next look. */
function toShown(
  state: MachineState,
  { met, still, nowMs }: { readonly met: string; readonly still: string; readonly nowMs: number },
  { expiresAtMs }: MachineRule,
): MachineState {
  const isBlind = state.isBlind || met === 'unknown' || (state.isLatched && still === 'unknown');
  return { ...state, isBlind, isExpired: state.isExpired || (expiresAtMs !== null && nowMs >= expiresAtMs) };
}

/** A trigger on one subject as a list shows it, with the figures of the subject's world. It looks without taking a step. */
export function describeSubject(
  prepared: PreparedTrigger,
  rule: MachineRule,
  subject: PlannedSubject,
  state: MachineState,
): SubjectStanding {
  const reading = readSubject(prepared, subject);
  const { nowMs } = subject.world;
  return {
    subjectId: subject.id,
    subjectName: subject.name,
    status: computeStatus(toShown(state, { ...reading, nowMs }, rule), nowMs),
    standing: describeStanding(prepared, reading),
    state,
  };
}
