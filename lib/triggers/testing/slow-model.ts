import type { MachineRule, Observation } from '../machine';

/** What happens to a trigger: it is looked at, or a person snoozes it (null: wakes it). */
export type MachineEvent =
  | { readonly type: 'observation'; readonly observation: Observation }
  | { readonly type: 'snooze'; readonly untilMs: number | null };

/** An observation that was taken, with the snooze that stood when it came, by its place among the events. */
interface Taken extends Observation {
  readonly snooze: { readonly place: number; readonly untilMs: number } | undefined;
}

/** The observations that count: each with a sequence above all before it. */
function listTaken(events: readonly MachineEvent[]): readonly Taken[] {
  const taken: Taken[] = [];
  let snooze: Taken['snooze'];
  events.forEach((event, place) => {
    if (event.type === 'snooze') snooze = event.untilMs === null ? undefined : { place, untilMs: event.untilMs };
    else if (event.observation.sequence > (taken.at(-1)?.sequence ?? Number.NEGATIVE_INFINITY)) {
      taken.push({ ...event.observation, snooze });
    }
  });
  return taken;
}

/** The ticks that saw it true, each name of a tick once in a row. */
function listTicks(run: readonly Taken[]): readonly Taken[] {
  const ticks = run.filter(({ met, isTick }) => met === 'true' && isTick);
  return ticks.filter(({ tickOf }, index) => {
    const named = ticks.slice(0, index).findLast((before) => before.tickOf !== undefined);
    return tickOf === undefined || tickOf !== named?.tickOf;
  });
}

/** Seen true for long and often enough since it was last false. */
function hasDwelled(seen: readonly Taken[], rule: MachineRule): boolean {
  const run = seen.slice(seen.findLastIndex(({ met }) => met === 'false') + 1);
  const ticks = listTicks(run).length;
  const gaps = run.map((one, index) => {
    const before = run[index - 1];
    if (before?.met !== 'true' || one.met !== 'true') return 0;
    return Math.min(Math.max(one.atMs - before.atMs, 0), rule.longestGapMs);
  });
  return ticks >= rule.dwellTicks && gaps.reduce((sum, gap) => sum + gap, 0) >= rule.dwellMs;
}

/** No observation since the firing that saw anything has been a whole cooldown after the earliest before it. */
function isCooling(sinceFiring: readonly Taken[], { cooldownMs }: MachineRule): boolean {
  if (cooldownMs === 0) return false;
  const saw = sinceFiring.filter(({ met }) => met !== 'unknown');
  return saw.every(({ atMs }, index) => {
    const before = saw.slice(0, index).map((one) => one.atMs);
    return before.length === 0 || atMs < Math.min(...before) + cooldownMs;
  });
}

/**
 * The slow, obvious model of a trigger's machine: it keeps every event and decides each observation anew from the whole of what came before.
 * Returns the sequences of the observations at which it fires. For tests: firings must equal the machine's.
 */
export function listSlowFirings(events: readonly MachineEvent[], rule: MachineRule): readonly number[] {
  const taken = listTaken(events);
  const fired: number[] = [];
  taken.forEach((now, index) => {
    const seen = taken.slice(0, index + 1);
    const lastFired = fired.at(-1);
    const sinceFiring = lastFired === undefined ? [] : taken.slice(lastFired, index + 1);
    const isLatched = sinceFiring.length > 0 && !sinceFiring.slice(1).some(({ still }) => still === 'false');
    // A snooze that ended is used up by the first look from then on that fires or sees nothing to fire for.
    const { snooze } = now;
    const isUsedUp = taken
      .slice(0, index)
      .some(
        (one, place) =>
          snooze !== undefined &&
          one.snooze?.place === snooze.place &&
          one.atMs >= snooze.untilMs &&
          (one.met === 'false' || fired.includes(place)),
      );
    const standing = isUsedUp ? undefined : snooze;
    const isSnoozed = standing !== undefined && now.atMs < standing.untilMs;
    const isReminder = standing !== undefined && !isSnoozed;
    const isExpired = rule.expiresAtMs !== null && now.atMs >= rule.expiresAtMs;
    const mayFire =
      !isSnoozed && now.isPaused !== true && !isExpired && !(sinceFiring.length > 0 && isCooling(sinceFiring, rule));
    if (now.met === 'true' && hasDwelled(seen, rule) && mayFire && (!isLatched || isReminder)) fired.push(index);
  });
  return fired.flatMap((index) => taken[index]?.sequence ?? []);
}
