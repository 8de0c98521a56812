import type { MachineRule, MachineState } from '@/lib/triggers/machine';
import { type PreparedTrigger, prepareTrigger } from '@/lib/triggers/prepare-trigger';
import { toMachineRule } from '@/lib/triggers/to-machine-rule';
import type { Trigger, TriggerScope } from '@/lib/triggers/trigger';
import type { Touch } from '@/lib/triggers/trigger-kind';
import { ownerOf } from './plan-subjects';

/** A trigger as it was saved. */
export interface SavedTrigger {
  readonly id: string;
  readonly version: number;
  readonly trigger: Trigger;
}

/** A trigger to be watched. */
export interface TriggerIntake {
  readonly saved: SavedTrigger;
  /** All that is to be remembered, by subject; left out: what is remembered already. */
  readonly states?: ReadonlyMap<string, MachineState>;
  /** Of the trigger as a whole: subjects that appear later rest until then too. */
  readonly snoozedUntilMs?: number | null;
  /** When it was saved as it is; left out: before anything that is looked at. */
  readonly savedAtMs?: number;
}

/** A trigger as it is looked at again and again. */
export interface WatchedTrigger {
  readonly saved: SavedTrigger;
  readonly prepared: PreparedTrigger;
  readonly rule: MachineRule;
  readonly touches: readonly Touch[];
  readonly snoozedUntilMs: number | null;
  readonly savedAtMs: number;
  /** On whose positions its subjects hang, lower case; `undefined`: on everybody's. */
  readonly owner: string | undefined;
  /** Also of subjects that are not there now. */
  readonly memories: Map<string, { state: MachineState }>;
}

function findOwner(scope: TriggerScope): string | undefined {
  if (scope.book !== undefined) return undefined;
  if (scope.type === 'position') return ownerOf(scope.id);
  return scope.type === 'owner' ? scope.owner.toLowerCase() : undefined;
}

/** Looks up what every look needs. Errors: those of `prepareTrigger`. */
export function toWatchedTrigger(
  { saved, states, snoozedUntilMs = null, savedAtMs = 0 }: TriggerIntake,
  before: WatchedTrigger | undefined,
): WatchedTrigger {
  const prepared = prepareTrigger(saved.trigger);
  return {
    saved,
    prepared,
    rule: toMachineRule(saved.trigger),
    touches: [...new Set(prepared.conditions.flatMap(({ kind }) => kind.touchedBy))],
    snoozedUntilMs,
    savedAtMs,
    owner: findOwner(saved.trigger.scope),
    memories: states
      ? new Map([...states].map(([subjectId, state]) => [subjectId, { state }]))
      : (before?.memories ?? new Map()),
  };
}
