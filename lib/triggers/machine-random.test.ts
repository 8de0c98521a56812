import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance, computeStatus, INITIAL_STATE, snooze } from './machine';
import { parseMachineState } from './parse-machine-state';
import { listSlowFirings, type MachineEvent } from './testing/slow-model';
import type { Truth } from './truth';

/** Mostly true, so that dwells are over and firings are many: met, and still by the second levels. */
const seen = fc.constantFrom<readonly [Truth, Truth]>(
  ...Array.from({ length: 5 }, () => ['true', 'true'] as const),
  ['false', 'true'],
  ['false', 'false'],
  ['false', 'false'],
  ['unknown', 'true'],
  ['unknown', 'unknown'],
  ['false', 'unknown'],
);
const weighted = <T>(...pairs: readonly (readonly [number, fc.Arbitrary<T>])[]) =>
  fc.oneof(...pairs.map(([weight, arbitrary]) => ({ weight, arbitrary })));
/** Mostly onward; now and then the clock jumps, stands or goes back, and an observation comes twice or late. */
const happening = weighted<{
  type: 'look' | 'snooze';
  step: number;
  order: number;
  seen: readonly [Truth, Truth];
  isTick: boolean;
  tickOf: string | undefined;
  isPaused: boolean;
}>(
  [
    9,
    fc.record({
      type: fc.constant('look' as const),
      step: weighted(
        [8, fc.integer({ min: 0, max: 12 })],
        [1, fc.integer({ min: 50, max: 300 })],
        [1, fc.integer({ min: -200, max: 0 })],
      ),
      order: weighted([8, fc.constant(1)], [1, fc.constant(0)], [1, fc.integer({ min: -3, max: 4 })]),
      seen,
      isTick: weighted([4, fc.constant(true)], [1, fc.constant(false)]),
      tickOf: weighted([2, fc.constant(undefined)], [1, fc.constantFrom('a', 'b')]),
      isPaused: weighted([6, fc.constant(false)], [1, fc.constant(true)]),
    }),
  ],
  [
    1,
    fc.record({
      type: fc.constant('snooze' as const),
      step: fc.integer({ min: -5, max: 60 }),
      order: fc.integer({ min: 0, max: 3 }),
      seen,
      isTick: fc.boolean(),
      tickOf: fc.constant(undefined),
      isPaused: fc.constant(false),
    }),
  ],
);
const rules = fc.record({
  dwellMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 15 })),
  dwellTicks: fc.integer({ min: 0, max: 2 }),
  cooldownMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 })),
  expiresAtMs: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, fc.integer({ min: 150, max: 600 })),
  longestGapMs: fc.integer({ min: 1, max: 20 }),
});

const toEvents = (
  happenings: readonly (typeof happening extends fc.Arbitrary<infer T> ? T : never)[],
): readonly MachineEvent[] => {
  let [atMs, sequence] = [100, 0];
  return happenings.map(({ type, step, order, seen: [met, still], isTick, tickOf, isPaused }): MachineEvent => {
    // One snooze in four is a waking.
    if (type === 'snooze') return { type, untilMs: order === 0 ? null : atMs + step };
    atMs += step;
    sequence += order;
    return { type: 'observation', observation: { sequence, atMs, met, still, isTick, tickOf, isPaused } };
  });
};

test('on random sequences it fires where the slow, obvious model does', () => {
  const counts = { firings: 0, repeats: 0 };
  fc.assert(
    fc.property(rules, fc.array(happening, { maxLength: 60, size: 'max' }), (rule, happenings) => {
      const events = toEvents(happenings);
      const fired: number[] = [];
      let state = INITIAL_STATE;
      for (const event of events) {
        if (event.type === 'snooze') {
          state = snooze(state, event.untilMs);
          continue;
        }
        const before = state;
        const step = advance(state, event.observation, rule);
        // As a restart would find it.
        state = parseMachineState(JSON.parse(JSON.stringify(step.state)));
        expect(state).toEqual(step.state);
        if (before.sequence !== null && event.observation.sequence <= before.sequence) expect(step.state).toBe(before);
        if (step.firing) fired.push(event.observation.sequence);
        if (state.met === 'unknown')
          expect(['blind', 'expired']).toContain(computeStatus(state, event.observation.atMs));
      }
      expect(fired).toEqual(listSlowFirings(events, rule));
      expect(state.episode).toBe(fired.length);
      counts.firings += fired.length;
      counts.repeats += fired.length > 1 ? 1 : 0;
    }),
    { seed: 20_261_122, numRuns: 3_000 },
  );
  // The sequences do reach what they are meant to try.
  expect(counts.firings).toBeGreaterThan(3_000);
  expect(counts.repeats).toBeGreaterThan(800);
});
