import { expect, test } from 'vitest';
import { carryState } from './carry-state';
import { INITIAL_STATE, type MachineState } from './machine';
import { parseTrigger } from './parse-trigger';
import type { Trigger } from './trigger';

const toTrigger = (changes: object = {}): Trigger =>
  parseTrigger({
    name: 'Low',
    scope: { type: 'position', id: 'p' },
    combine: 'all',
    conditions: [{ kind: 'health-factor', side: 'below', level: '1.1' }],
    severity: 'warning',
    dwell: { seconds: 10, ticks: 1 },
    channels: ['a'],
    ...changes,
  });

/** Fired twice, within its cooldown, snoozed. */
const FIRED: MachineState = {
  sequence: 40,
  atMs: 1_000,
  met: 'true',
  heldMs: 20_000,
  heldTicks: 5,
  tickOf: 'a',
  isLatched: true,
  episode: 2,
  firedAtMs: 900,
  cooldownUntilMs: 5_000,
  snoozedUntilMs: 7_000,
  isBlind: false,
  isExpired: false,
};
const ANEW: MachineState = {
  ...INITIAL_STATE,
  sequence: 40,
  episode: 2,
  firedAtMs: 900,
  cooldownUntilMs: 5_000,
  snoozedUntilMs: 7_000,
};
const saved = (changes: object) => ({ type: 'save', trigger: toTrigger(changes) }) as const;

test.each([
  ['level', { conditions: [{ kind: 'health-factor', side: 'below', level: '1.2' }] }],
  ['second level', { conditions: [{ kind: 'health-factor', side: 'below', level: '1.1', rearm: '1.2' }] }],
  ['combination', { combine: 'any' }],
  ['scope', { scope: { type: 'position', id: 'q' } }],
  ['dwell', { dwell: { seconds: 11, ticks: 1 } }],
])('another %s is another question: it begins anew, its episodes and what keeps it quiet go on', (_, changes) => {
  expect(carryState(FIRED, toTrigger(), [saved(changes)])).toEqual(ANEW);
});

test.each([
  ['name', { name: 'Lower' }],
  ['channels', { channels: ['b'] }],
  ['severity', { severity: 'critical' }],
  ['quiet hours', { quietHours: { from: '22:00', to: '06:00', timeZone: 'UTC' } }],
  ['escalation', { channels: ['a', 'b'], escalation: { afterMinutes: 5 } }],
  ['expiry', { expiresAt: '2030-01-01T00:00:00Z' }],
  ['cooldown', { cooldownSeconds: 60 }],
])('another %s leaves it where it was', (_, changes) => {
  expect(carryState(FIRED, toTrigger(), [saved(changes)])).toEqual(FIRED);
});

test('what expired and was given more time goes on', () => {
  const expired = { ...FIRED, isExpired: true };
  expect(carryState(expired, toTrigger(), [saved({ expiresAt: '2030-01-01T00:00:00Z' })])).toEqual(FIRED);
});

test('there and back again is anew; the order in which keys were written is no change', () => {
  const other = saved({ combine: 'any' });
  expect(carryState(FIRED, toTrigger(), [other, saved({})])).toEqual(ANEW);
  const { scope, ...rest } = toTrigger();
  expect(carryState(FIRED, { ...rest, scope: { ...scope } }, [saved({})])).toEqual(FIRED);
});

test('a trigger that cannot be read any more asked something else', () => {
  expect(carryState(FIRED, undefined, [saved({})])).toEqual(ANEW);
  expect(carryState(FIRED, toTrigger(), [{ type: 'save', trigger: undefined }, saved({})])).toEqual(ANEW);
});

test('a snooze and a waking are followed in their order, and nothing else changes', () => {
  const until = (untilMs: number | null) => ({ type: 'snooze', untilMs }) as const;
  expect(carryState(FIRED, toTrigger(), [until(null)])).toEqual({ ...FIRED, snoozedUntilMs: null });
  expect(carryState(FIRED, toTrigger(), [until(null), until(9_000)])).toEqual({ ...FIRED, snoozedUntilMs: 9_000 });
  expect(carryState(FIRED, toTrigger(), [])).toBe(FIRED);
});
