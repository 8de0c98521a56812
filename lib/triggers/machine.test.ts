import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import {
  advance,
  computeNextDeadline,
  computeStatus,
  INITIAL_STATE,
  type MachineRule,
  type MachineState,
  type Observation,
  snooze,
} from './machine';
import { parseMachineState } from './parse-machine-state';
import { toMachineRule } from './to-machine-rule';
import type { Truth } from './truth';

const RULE: MachineRule = { dwellMs: 0, dwellTicks: 0, cooldownMs: 0, expiresAtMs: null, longestGapMs: 60 };

/** `T` true, `h` between the levels (not met, still), `f` false, `?` unknown, `r` false but perhaps still; the number is the time. */
const SEEN: Readonly<Record<string, readonly [Truth, Truth]>> = {
  T: ['true', 'true'],
  h: ['false', 'true'],
  f: ['false', 'false'],
  '?': ['unknown', 'unknown'],
  r: ['false', 'unknown'],
};

const observe = (text: string, sequence: number, isTick = true): Observation => {
  const [met, still] = SEEN[text[0] ?? ''] ?? ['unknown', 'unknown'];
  return { sequence, atMs: Number(text.slice(1)), met, still, isTick };
};

/** Runs "T0 f5 T9" and gives the times at which it fired; "s30" snoozes until 30. */
function run(script: string, changes: Partial<MachineRule> = {}): { fired: readonly number[]; state: MachineState } {
  const rule = { ...RULE, ...changes };
  let state = INITIAL_STATE;
  const fired: number[] = [];
  script.split(' ').forEach((text, index) => {
    if (text.startsWith('s')) {
      state = snooze(state, text === 's' ? null : Number(text.slice(1)));
      return;
    }
    const step = advance(state, observe(text, index), rule);
    state = step.state;
    if (step.firing) fired.push(Number(text.slice(1)));
  });
  return { fired, state };
}

const firedOf = (script: string, changes?: Partial<MachineRule>) => run(script, changes).fired;

describe('dwell', () => {
  test('without one the first look that is true fires, once', () => {
    expect(firedOf('f0 T1 T2 T3')).toEqual([1]);
  });

  test('fires once true for so long and so often', () => {
    expect(firedOf('T0 T6 T12 T18', { dwellMs: 10, dwellTicks: 2 })).toEqual([12]);
    // 10 ms are over at 12, the fourth tick comes at 13.
    expect(firedOf('T0 T6 T12 T13', { dwellMs: 10, dwellTicks: 4 })).toEqual([13]);
  });

  test('false starts over, unknown neither adds nor takes away', () => {
    expect(firedOf('T0 f6 T12 T18', { dwellMs: 10 })).toEqual([]);
    // 6 to the unknown's eve; nothing from 6 to 20; 4 more by 24.
    expect(firedOf('T0 T6 ?13 T20 T23 T24', { dwellMs: 10 })).toEqual([24]);
    expect(firedOf('T0 ?1 T2', { dwellTicks: 2 })).toEqual([2]);
  });

  test('a silence, or a clock that jumps ahead, counts as the longest gap and no more', () => {
    expect(firedOf('T0 T1000 T1060', { dwellMs: 100 })).toEqual([1060]);
    expect(firedOf('T0 T1000 T1039', { dwellMs: 100 })).toEqual([]);
  });

  test('a clock that goes back counts as no time, and stops nothing', () => {
    expect(firedOf('T1000 T0 T9', { dwellMs: 10 })).toEqual([]);
    expect(firedOf('T1000 T0 T10', { dwellMs: 10 })).toEqual([10]);
  });

  test('one tick seen twice, as after a restart, is one; and the first that is true of it counts', () => {
    const step = (state: MachineState, text: string, sequence: number, tickOf: string) =>
      advance(state, { ...observe(text, sequence), tickOf }, { ...RULE, dwellTicks: 2 });
    const first = step(step(INITIAL_STATE, 'f0', 0, 'a').state, 'T1', 1, 'a');
    expect(first.state).toMatchObject({ heldTicks: 1, tickOf: 'a' });
    const again = step(first.state, 'T2', 2, 'a');
    expect([again.firing, again.state.heldTicks]).toEqual([false, 1]);
    expect(step(again.state, 'T3', 3, 'b').firing).toBe(true);
  });

  test('a look because of a deadline counts as time, not as a tick', () => {
    const rule = { ...RULE, dwellMs: 10, dwellTicks: 2 };
    const first = advance(INITIAL_STATE, observe('T0', 1), rule).state;
    const look = advance(first, observe('T10', 2, false), rule);
    expect(look.firing).toBe(false);
    expect(advance(look.state, observe('T11', 3), rule).firing).toBe(true);
  });
});

describe('hysteresis and cooldown', () => {
  test('re-arms only when it is false for certain by the second level', () => {
    expect(firedOf('T0 h1 T2 f3 T4')).toEqual([0, 4]);
    expect(firedOf('T0 ?1 T2')).toEqual([0]);
    expect(firedOf('T0 r1 T2')).toEqual([0]);
  });

  test('within the cooldown nothing fires; what is true at its end fires then', () => {
    expect(firedOf('T0 f1 T2 T9 T10 T11', { cooldownMs: 10 })).toEqual([0, 10]);
    expect(firedOf('T0 f1 T2 f5 T10', { cooldownMs: 10 })).toEqual([0, 10]);
    expect(firedOf('T0 f1 T2 f9 f10', { cooldownMs: 10 })).toEqual([0]);
    expect(firedOf('T0 T10 T30', { cooldownMs: 10 })).toEqual([0]);
  });

  test('dwells within the cooldown, and fires with its end', () => {
    expect(firedOf('T0 T5 f6 T7 T12 T15', { cooldownMs: 10, dwellMs: 5 })).toEqual([5, 15]);
  });

  test('unknown at the end of the cooldown: fires when it is seen true again', () => {
    expect(firedOf('T0 f1 T2 ?10 T12', { cooldownMs: 10 })).toEqual([0, 12]);
  });

  test('a look that saw nothing does not end it: blocks that went by meanwhile are looked at yet', () => {
    // Until 11. At 5 and 8 of the chain it is still within, though somebody looked in vain at 20.
    expect(firedOf('T1 f2 ?20 T5 f6 T8 T12', { cooldownMs: 10 })).toEqual([1, 12]);
  });

  test('a clock that was ahead at a firing does not silence for longer than the cooldown', () => {
    expect(firedOf('T5000 f0 T9 T10', { cooldownMs: 10 })).toEqual([5000, 10]);
  });
});

describe('snooze and expiry', () => {
  test('while snoozed nothing fires; what is true at its end fires then', () => {
    expect(firedOf('s10 T0 T9 T10 T11')).toEqual([10]);
    expect(firedOf('s10 T0 f9 f10')).toEqual([]);
  });

  test('what had fired fires again after the snooze if it is still true, once', () => {
    expect(firedOf('T0 s10 T5 T10 T11')).toEqual([0, 10]);
    expect(firedOf('T0 s10 T5 ?10 T11 T12')).toEqual([0, 11]);
    // Between the levels at its end: no longer true, and not yet armed again.
    expect(firedOf('T0 s10 h10 T11')).toEqual([0]);
  });

  test('woken early it is as if it had not been snoozed', () => {
    expect(firedOf('T0 s10 T5 s T6 T11')).toEqual([0]);
    expect(firedOf('f0 s10 T5 s T6')).toEqual([6]);
  });

  test('expired, nothing fires', () => {
    expect(firedOf('f0 T10 T11', { expiresAtMs: 10 })).toEqual([]);
    expect(run('f0 T10', { expiresAtMs: 10 }).state.isExpired).toBe(true);
  });
});

describe('what may be shown', () => {
  const status = (script: string, nowMs: number, changes?: Partial<MachineRule>) =>
    computeStatus(run(script, changes).state, nowMs);

  test('one word for each', () => {
    expect(computeStatus(INITIAL_STATE, 0)).toBe('blind');
    expect(status('f0', 0)).toBe('armed');
    expect(status('T0', 0, { dwellMs: 5 })).toBe('dwelling');
    expect(status('T0', 0)).toBe('fired');
    expect(status('T0 h1', 1)).toBe('fired');
    expect(status('T0 f1', 1, { cooldownMs: 10 })).toBe('cooldown');
    expect(status('T0 f1', 10, { cooldownMs: 10 })).toBe('armed');
    expect(status('f0 s10', 9)).toBe('snoozed');
    expect(status('f0 s10', 10)).toBe('armed');
    expect(status('f0 f10', 10, { expiresAtMs: 10 })).toBe('expired');
  });

  test('blind whenever it cannot be told whether it would fire', () => {
    for (const script of ['?0', 'f0 ?1', 'T0 ?1', 'T0 r1', 'f0 s10 ?1']) expect(status(script, 1)).toBe('blind');
    // Armed, it need not be known how far it is from the second level.
    expect(status('r0', 0)).toBe('armed');
  });
});

describe('deadlines', () => {
  const deadline = (script: string, changes: Partial<MachineRule> = {}) =>
    computeNextDeadline(run(script, changes).state, { ...RULE, ...changes });

  test('of a dwell, a cooldown, a snooze, an expiry; the soonest', () => {
    expect(computeNextDeadline(INITIAL_STATE, RULE)).toBeUndefined();
    expect(deadline('f0')).toBeUndefined();
    expect(deadline('T0 T4', { dwellMs: 10 })).toBe(10);
    // Time that nobody sees does not count beyond the longest gap, 60.
    expect(deadline('T0', { dwellMs: 100 })).toBe(60);
    expect(deadline('T0 f1', { cooldownMs: 10 })).toBe(10);
    expect(deadline('f0 s30')).toBe(30);
    expect(deadline('f0 s30', { expiresAtMs: 20 })).toBe(20);
    expect(deadline('f20', { expiresAtMs: 20 })).toBeUndefined();
  });

  test('with nothing but looks at its deadlines, what stays true fires when its time has come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 90 }), (dwellMs, longestGapMs) => {
        const rule = { ...RULE, dwellMs, longestGapMs };
        let step = advance(INITIAL_STATE, observe('T0', 0), rule);
        let atMs: number | undefined = 0;
        for (let sequence = 1; !step.firing; sequence += 1) {
          atMs = computeNextDeadline(step.state, rule);
          if (atMs === undefined) throw new Error('Neither fired nor to be looked at again.');
          step = advance(step.state, observe(`T${atMs}`, sequence, false), rule);
        }
        expect(atMs).toBe(dwellMs);
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });
});

test('a trigger’s times, with the policy’s longest gap', () => {
  const times = { dwell: { seconds: 10, ticks: 2 }, cooldownSeconds: 60, expiresAt: '1970-01-01T00:01:00Z' };
  expect(toMachineRule(times)).toEqual({
    dwellMs: 10_000,
    dwellTicks: 2,
    cooldownMs: 60_000,
    expiresAtMs: 60_000,
    longestGapMs: 60_000,
  });
});

test('a state that is none is refused', () => {
  for (const broken of [
    {},
    { ...INITIAL_STATE, met: 'maybe' },
    { ...INITIAL_STATE, heldMs: -1 },
    { ...INITIAL_STATE, atMs: '5' },
    null,
  ]) {
    expect(() => parseMachineState(broken)).toThrow(InvalidInputError);
  }
});

describe('paused', () => {
  /** "p" before a look: all are paused then. */
  function runPaused(script: string): readonly number[] {
    let state = INITIAL_STATE;
    const fired: number[] = [];
    script.split(' ').forEach((text, index) => {
      const isPaused = text.startsWith('p');
      const look = { ...observe(isPaused ? text.slice(1) : text, index), isPaused };
      const step = advance(state, look, RULE);
      state = step.state;
      if (step.firing) fired.push(look.atMs);
    });
    return fired;
  }

  test('nothing fires; what is true afterwards does, what was over does not', () => {
    expect(runPaused('f0 pT1 pT2 T3')).toEqual([3]);
    expect(runPaused('f0 pT1 pf2 f3')).toEqual([]);
  });

  test('what had fired fires again only if it was over meanwhile', () => {
    expect(runPaused('T0 pT1 T2')).toEqual([0]);
    expect(runPaused('T0 pf1 pT2 T3')).toEqual([0, 3]);
  });
});
