import { INITIAL_STATE, type MachineState, snooze } from './machine';
import type { Trigger } from './trigger';

/** What people did to a trigger that its states have to follow. `trigger` undefined: what was saved then is none of this version's. */
export type TriggerChange =
  | { readonly type: 'save'; readonly trigger: Trigger | undefined }
  | { readonly type: 'snooze'; readonly untilMs: number | null };

/** One text for one value, whatever order its keys were written in. */
function toText(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** What is asked of the world, as opposed to what is done with the answer. */
const questionOf = ({ scope, combine, conditions, dwell }: Trigger): string =>
  toText({ scope, combine, conditions, dwell });

/** What was seen was seen of another question; episodes go on, so that no firing has the key of an earlier one, and so does what keeps it quiet. */
const beginAnew = ({ sequence, episode, firedAtMs, cooldownUntilMs, snoozedUntilMs }: MachineState): MachineState => ({
  ...INITIAL_STATE,
  sequence,
  episode,
  firedAtMs,
  cooldownUntilMs,
  snoozedUntilMs,
});

/**
 * A state after edits of its trigger, in their order; `before` is the trigger that it was reached by. Where scope, conditions, combination or dwell
 * changed it begins anew: not latched, nothing seen yet; episodes, a running cooldown and a snooze stay. Where anything else changed it stays,
 * but for an expiry, which the next look judges by what is saved now. A snooze is set or ended.
 *
 * Example: fired at "below 1.1", edited to "below 1.2": at 1.15 it fires again, as episode 2; renamed only: not until it was over.
 */
export function carryState(
  state: MachineState,
  before: Trigger | undefined,
  changes: readonly TriggerChange[],
): MachineState {
  let [carried, last] = [state, before];
  for (const change of changes) {
    if (change.type === 'snooze') {
      carried = snooze(carried, change.untilMs);
      continue;
    }
    const { trigger } = change;
    const isSame = last !== undefined && trigger !== undefined && questionOf(last) === questionOf(trigger);
    carried = isSame ? { ...carried, isExpired: false } : beginAnew(carried);
    last = trigger;
  }
  return carried;
}
