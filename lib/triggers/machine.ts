import type { Truth } from './truth';

/** When a trigger may fire: its own times, and the policy's. Milliseconds. */
export interface MachineRule {
  readonly dwellMs: number;
  readonly dwellTicks: number;
  readonly cooldownMs: number;
  readonly expiresAtMs: number | null;
  /** Between two looks something is taken to have held for no longer than this. */
  readonly longestGapMs: number;
}

/** What was seen of a trigger's subject at one moment. */
export interface Observation {
  /** Grows from one observation to the next; one that is not above the last was seen already, or comes too late. */
  readonly sequence: number;
  readonly atMs: number;
  readonly met: Truth;
  /** By the second levels; true wherever `met` is. */
  readonly still: Truth;
  /** false: a look because a deadline came, which counts as time but not as a tick. */
  readonly isTick: boolean;
  /** What ticked, where that has a name (a block's hash): seen again, as after a restart, it is no other tick. */
  readonly tickOf?: string | undefined;
  /** All triggers are paused: what is seen counts, and nothing fires. */
  readonly isPaused?: boolean;
}

/** All that is remembered of one trigger on one subject. JSON-safe; kept with every firing, so that a restart goes on where it was. */
export interface MachineState {
  /** Of the last observation taken; null before the first. */
  readonly sequence: number | null;
  readonly atMs: number | null;
  readonly met: Truth;
  /** How long it has been seen true, the time between two looks that both saw it; and in how many ticks. */
  readonly heldMs: number;
  readonly heldTicks: number;
  /** The last of those ticks that has a name; null: none has. */
  readonly tickOf: string | null;
  /** Fired, and not re-armed since. */
  readonly isLatched: boolean;
  /** How often it has fired. */
  readonly episode: number;
  readonly firedAtMs: number | null;
  readonly cooldownUntilMs: number | null;
  /** Set while snoozed, and beyond until what is true at the end has fired or is no longer true. */
  readonly snoozedUntilMs: number | null;
  /** It cannot be told whether it would fire: never to be shown as armed. */
  readonly isBlind: boolean;
  readonly isExpired: boolean;
}

/** A trigger that has seen nothing yet: blind. */
export const INITIAL_STATE: MachineState = {
  sequence: null,
  atMs: null,
  met: 'unknown',
  heldMs: 0,
  heldTicks: 0,
  tickOf: null,
  isLatched: false,
  episode: 0,
  firedAtMs: null,
  cooldownUntilMs: null,
  snoozedUntilMs: null,
  isBlind: true,
  isExpired: false,
};

type Held = Pick<MachineState, 'heldMs' | 'heldTicks' | 'tickOf'>;

/** False starts over; unknown adds nothing and takes nothing away; true adds the time since the last look, if that saw it true too. */
function computeHeld(state: MachineState, observation: Observation, { longestGapMs }: MachineRule): Held {
  const { met, atMs, isTick, tickOf } = observation;
  if (met === 'false') return { heldMs: 0, heldTicks: 0, tickOf: null };
  const { heldMs, heldTicks } = state;
  if (met === 'unknown') return { heldMs, heldTicks, tickOf: state.tickOf };
  const passed = state.met === 'true' && state.atMs !== null ? Math.max(0, atMs - state.atMs) : 0;
  const isAnother = isTick && (tickOf === undefined || tickOf !== state.tickOf);
  return {
    heldMs: heldMs + Math.min(passed, longestGapMs),
    heldTicks: heldTicks + (isAnother ? 1 : 0),
    tickOf: (isTick ? tickOf : undefined) ?? state.tickOf,
  };
}

const hasDwelled = ({ heldMs, heldTicks }: Held, { dwellMs, dwellTicks }: MachineRule): boolean =>
  heldMs >= dwellMs && heldTicks >= dwellTicks;

/**
 * A cooldown never lasts longer from now than it does from a firing: a clock that was ahead then does not silence for longer. A look that saw
 * nothing ends none: blocks that went by meanwhile may still be looked at, each at its own time.
 */
function computeCooldown(untilMs: number | null, { met, atMs }: Observation, { cooldownMs }: MachineRule) {
  if (untilMs === null || met === 'unknown') return untilMs;
  return atMs >= untilMs ? null : Math.min(untilMs, atMs + cooldownMs);
}

/**
 * One step of a trigger on one subject. Pure.
 *
 * It fires when it is true, has been seen so for the whole dwell (`dwellMs` and `dwellTicks`), and has not fired since it was last armed. It
 * re-arms only once it is false for certain by the second levels. Within the cooldown after a firing, while snoozed, and while all are paused,
 * nothing fires; what is true when they end fires with the first observation from then on: delayed, not lost. After a snooze that goes for what
 * had fired already too.
 * An observation that is not above the last one's sequence changes nothing; a clock that goes back counts as no time.
 *
 * Example, dwell 10 s and 2 ticks: true at 0 s, 6 s and 12 s fires at 12 s; false at 6 s, it would begin again.
 */
export function advance(
  state: MachineState,
  observation: Observation,
  rule: MachineRule,
): { readonly state: MachineState; readonly firing: boolean } {
  const { sequence, atMs, met, still, isPaused = false } = observation;
  if (state.sequence !== null && sequence <= state.sequence) return { state, firing: false };
  const held = computeHeld(state, observation, rule);
  const isExpired = rule.expiresAtMs !== null && atMs >= rule.expiresAtMs;
  const isLatched = state.isLatched && still !== 'false';
  const cooldownUntilMs = computeCooldown(state.cooldownUntilMs, observation, rule);
  const isSnoozed = state.snoozedUntilMs !== null && atMs < state.snoozedUntilMs;
  const isReminderDue = state.snoozedUntilMs !== null && !isSnoozed;
  const firing =
    met === 'true' &&
    hasDwelled(held, rule) &&
    (!isLatched || isReminderDue) &&
    cooldownUntilMs === null &&
    !isSnoozed &&
    !isPaused &&
    !isExpired;
  const isSnoozeOver = isReminderDue && (firing || met === 'false');
  return {
    firing,
    state: {
      sequence,
      atMs,
      met,
      ...held,
      isLatched: isLatched || firing,
      episode: state.episode + (firing ? 1 : 0),
      firedAtMs: firing ? atMs : state.firedAtMs,
      cooldownUntilMs: firing && rule.cooldownMs > 0 ? atMs + rule.cooldownMs : cooldownUntilMs,
      snoozedUntilMs: isSnoozeOver ? null : state.snoozedUntilMs,
      isBlind: met === 'unknown' || (isLatched && still === 'unknown'),
      isExpired,
    },
  };
}

/** Nothing fires until then; what is true at its end fires, also what had fired before. null wakes it at once, and fires nothing by itself. */
export const snooze = (state: MachineState, untilMs: number | null): MachineState => ({
  ...state,
  snoozedUntilMs: untilMs,
});

/**
 * When a trigger must be looked at again though nothing ticks: a dwell that goes on (never later than the longest gap, since time that nobody
 * saw does not count), the end of a cooldown or a snooze, its expiry. `undefined`: not until something ticks.
 */
export function computeNextDeadline(state: MachineState, rule: MachineRule): number | undefined {
  const { atMs, met, heldMs, cooldownUntilMs, snoozedUntilMs, isExpired } = state;
  if (atMs === null || isExpired) return undefined;
  const isDwelling = met === 'true' && heldMs < rule.dwellMs;
  const dwellsAt = isDwelling ? atMs + Math.min(rule.dwellMs - heldMs, rule.longestGapMs) : null;
  const times = [dwellsAt, cooldownUntilMs, snoozedUntilMs, rule.expiresAtMs];
  const ahead = times.filter((time) => time !== null && time > atMs) as number[];
  return ahead.length > 0 ? Math.min(...ahead) : undefined;
}

export type MachineStatus = 'expired' | 'blind' | 'snoozed' | 'cooldown' | 'fired' | 'dwelling' | 'armed';

/**
 * The one word that a list shows. Blind comes before everything that would look as if it watched; a snooze that is over shows what is beneath.
 * `fired`: and not re-armed; `cooldown`: re-armed, but nothing fires yet.
 */
export function computeStatus(state: MachineState, nowMs: number): MachineStatus {
  if (state.isExpired) return 'expired';
  if (state.isBlind) return 'blind';
  if (state.snoozedUntilMs !== null && nowMs < state.snoozedUntilMs) return 'snoozed';
  if (state.isLatched) return 'fired';
  if (state.cooldownUntilMs !== null && nowMs < state.cooldownUntilMs) return 'cooldown';
  return state.met === 'true' ? 'dwelling' : 'armed';
}
