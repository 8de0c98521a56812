import { evaluateTrigger } from '../evaluate-trigger';
import { advance, INITIAL_STATE } from '../machine';
import { prepareTrigger } from '../prepare-trigger';
import type { Subject } from '../subject';
import { toMachineRule } from '../to-machine-rule';
import type { Trigger } from '../trigger';

/** A subject at one moment of a record or of a simulated path, in order of time. */
export interface BacktestSample {
  readonly atMs: number;
  readonly subject: Subject;
}

/** A moment at which the subject turned liquidatable, and the warning that stood when it did. */
export interface BacktestLiquidation {
  readonly atMs: number;
  /** When the trigger had fired, not re-armed since, before this moment; null: it was missed. */
  readonly warnedAtMs: number | null;
}

export interface BacktestReport {
  readonly firings: readonly number[];
  readonly liquidations: readonly BacktestLiquidation[];
  /** Liquidations without a warning before them; one that comes with them is none. */
  readonly missedCount: number;
  /** Firings after which the trigger re-armed without a liquidation. One that is open at the end is neither. */
  readonly falseAlarmCount: number;
  /** The shortest time from a warning to its liquidation; null where none was warned of. */
  readonly shortestLeadMs: number | null;
  /** Samples at which it could not be told whether the trigger held. */
  readonly blindCount: number;
}

/** Any position of the subject can be liquidated, by what is known. */
export const isSubjectLiquidatable = ({ positions }: Subject): boolean =>
  positions.some(({ atOracle: { liquidatable } }) => liquidatable.known && liquidatable.value);

/** The samples are the record: what held at one is taken to have held until the next, however far apart they are. */
const toRule = (trigger: Trigger) => ({
  ...toMachineRule({ ...trigger, expiresAt: undefined }),
  longestGapMs: Number.MAX_SAFE_INTEGER,
});

/**
 * What a trigger would have done over a series: when it would have fired, which liquidations it would have warned of and how long before, and
 * how often for nothing. Its expiry is left out, since the series is of another time. Each sample is one tick. A warning belongs to a
 * liquidation if the trigger had fired before it and not re-armed since.
 *
 * Example, health factor below 1.2 over 1.3, 1.1, 1.3, 1.1, 0.9: fires twice, the first a false alarm, the second a sample before the end.
 */
export function runBacktest(trigger: Trigger, samples: readonly BacktestSample[]): BacktestReport {
  const steps = stepBacktest(trigger, samples);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** `runBacktest` in steps, so that a long series can be interrupted: yields how many samples are behind it. */
export function* stepBacktest(trigger: Trigger, samples: readonly BacktestSample[]): Generator<number, BacktestReport> {
  const [prepared, rule] = [prepareTrigger(trigger), toRule(trigger)];
  let state = INITIAL_STATE;
  let [wasLiquidatable, isAnswered, falseAlarmCount, blindCount] = [false, true, 0, 0];
  const firings: number[] = [];
  const liquidations: BacktestLiquidation[] = [];
  for (const [sequence, { atMs, subject }] of samples.entries()) {
    const { met, still } = evaluateTrigger(prepared, subject);
    const before = state;
    const step = advance(before, { sequence, atMs, met, still, isTick: true }, rule);
    state = step.state;
    if (met === 'unknown') blindCount += 1;
    const isNow = isSubjectLiquidatable(subject);
    if (isNow && !wasLiquidatable) {
      const { firedAtMs, isLatched } = before;
      const isWarned = isLatched && firedAtMs !== null && firedAtMs < atMs;
      liquidations.push({ atMs, warnedAtMs: isWarned ? firedAtMs : null });
    }
    if (isNow) isAnswered = true;
    wasLiquidatable = isNow;
    if (before.isLatched && !state.isLatched && !isAnswered) falseAlarmCount += 1;
    if (step.firing) {
      firings.push(atMs);
      isAnswered = isNow;
    }
    yield sequence + 1;
  }
  const leads = liquidations.flatMap(({ atMs, warnedAtMs }) => (warnedAtMs === null ? [] : [atMs - warnedAtMs]));
  return {
    firings,
    liquidations,
    missedCount: liquidations.length - leads.length,
    falseAlarmCount,
    shortestLeadMs: leads.length > 0 ? Math.min(...leads) : null,
    blindCount,
  };
}
