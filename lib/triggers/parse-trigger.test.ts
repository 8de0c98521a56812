import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { listNamedAssets, parseTrigger, type TriggerDirectory } from './parse-trigger';
import { prepareTrigger } from './prepare-trigger';
import type { TriggerFault } from './trigger-fault';

const ALICE = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
const CONDITION = { kind: 'health-factor', side: 'below', level: '1.25', rearm: '1.4' };
const TRIGGER = {
  name: 'Margin call',
  scope: { type: 'owner', owner: ALICE },
  combine: 'any',
  conditions: [CONDITION, { kind: 'price-level', side: 'below', level: '2500', params: { asset: 'ETH' } }],
  severity: 'critical',
  dwell: { seconds: 30, ticks: 3 },
  cooldownSeconds: 600,
  quietHours: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' },
  expiresAt: '2026-12-31T00:00:00Z',
  channels: ['push', 'mail'],
  escalation: { afterMinutes: 5 },
};

function faultsOf(input: unknown, directory?: TriggerDirectory): readonly TriggerFault[] {
  try {
    parseTrigger(input, directory);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const { field, faults } = error.detail.inputs as { field: string; faults: readonly TriggerFault[] };
    expect(error.code).toBe('TRIGGER');
    expect(faults[0]?.field).toBe(field);
    expect(error.message).toContain(field);
    for (const { message } of faults) expect(message).not.toMatch(/^Invalid|undefined/);
    return faults;
  }
}
const fieldsOf = (...args: Parameters<typeof faultsOf>) => faultsOf(...args).map(({ field }) => field);
const withCondition = (changes: object) => ({ ...TRIGGER, conditions: [{ ...CONDITION, ...changes }] });

describe('a good trigger', () => {
  test('is taken as it is, with what its kinds fill in, and reads the same again', () => {
    const trigger = parseTrigger(TRIGGER);
    expect(trigger).toEqual({
      ...TRIGGER,
      conditions: [
        { ...CONDITION, params: {} },
        { ...TRIGGER.conditions[1], params: { asset: 'ETH', source: 'oracle' } },
      ],
    });
    expect(parseTrigger(JSON.parse(JSON.stringify(trigger)))).toEqual(trigger);
    expect(prepareTrigger(trigger).conditions.map(({ kind }) => kind.id)).toEqual(['health-factor', 'price-level']);
  });

  test('needs only what has no usual value', () => {
    const { name, scope, severity } = TRIGGER;
    expect(parseTrigger({ name, scope, severity, channels: [], conditions: [CONDITION] })).toMatchObject({
      combine: 'all',
      dwell: { seconds: 0, ticks: 1 },
      cooldownSeconds: 0,
    });
  });

  test('an owner on the chain is an address in lower case, one of a book what the book calls it', () => {
    const upper = `0x${ALICE.slice(2).toUpperCase()}`;
    expect(parseTrigger({ ...TRIGGER, scope: { type: 'owner', owner: upper } }).scope).toEqual(TRIGGER.scope);
    const scope = { type: 'owner', owner: 'Alice', book: 'desk' };
    expect(parseTrigger({ ...TRIGGER, scope }).scope).toEqual(scope);
  });

  test('in the scope of an asset, an asset left out is that one; another may be named', () => {
    const move = { kind: 'price-move', side: 'below', level: '-0.1', params: { windowSeconds: 3_600 } };
    const stale = { kind: 'oracle-stale', side: 'above', level: '1.1', params: { asset: 'BTC' } };
    const trigger = parseTrigger({ ...TRIGGER, scope: { type: 'asset', asset: 'ETH' }, conditions: [move, stale] });
    expect(trigger.conditions.map(({ params }) => params.asset)).toEqual(['ETH', 'BTC']);
    expect(listNamedAssets(trigger)).toEqual(['ETH', 'BTC']);
  });
});

describe('a fault is named by its field', () => {
  test.each<readonly [string, unknown, string]>([
    ['no object', 'text', 'trigger'],
    ['no name', { ...TRIGGER, name: '' }, 'name'],
    ['a name too long', { ...TRIGGER, name: 'x'.repeat(201) }, 'name'],
    ['a field that there is not', { ...TRIGGER, note: 'x' }, 'note'],
    ['a scope that there is not', { ...TRIGGER, scope: { type: 'venue', venue: 'x' } }, 'scope.type'],
    ['a scope without its value', { ...TRIGGER, scope: { type: 'tag' } }, 'scope.tag'],
    ['no address', { ...TRIGGER, scope: { type: 'owner', owner: '0x1' } }, 'scope.owner'],
    ['no conditions', { ...TRIGGER, conditions: [] }, 'conditions'],
    ['too many', { ...TRIGGER, conditions: Array.from({ length: 9 }, () => CONDITION) }, 'conditions'],
    ['a kind that there is not', withCondition({ kind: 'moon' }), 'conditions[0].kind'],
    ['an inherited name as a kind', withCondition({ kind: 'constructor' }), 'conditions[0].kind'],
    ['a field that a condition has not', withCondition({ levl: '1' }), 'conditions[0].levl'],
    ['a side that there is not', withCondition({ side: 'at' }), 'conditions[0].side'],
    ['a level as a float', withCondition({ level: 1.25 }), 'conditions[0].level'],
    ['a level in another notation', withCondition({ level: '1e3' }), 'conditions[0].level'],
    ['not a number', withCondition({ level: 'NaN' }), 'conditions[0].level'],
    ['a level out of bounds', withCondition({ level: '0', rearm: undefined }), 'conditions[0].level'],
    ['a second level on the wrong side', withCondition({ rearm: '1.2' }), 'conditions[0].rearm'],
    ['a second level on the wrong side, above', withCondition({ side: 'above', rearm: '1.3' }), 'conditions[0].rearm'],
    ['a second level out of bounds', withCondition({ rearm: '1001' }), 'conditions[0].rearm'],
    ['a param that the kind has not', withCondition({ params: { asset: 'ETH' } }), 'conditions[0].params.asset'],
    ['a severity that there is not', { ...TRIGGER, severity: 'loud' }, 'severity'],
    ['a dwell below 0', { ...TRIGGER, dwell: { seconds: -1, ticks: 1 } }, 'dwell.seconds'],
    ['a part of a tick', { ...TRIGGER, dwell: { seconds: 0, ticks: 1.5 } }, 'dwell.ticks'],
    ['an endless cooldown', { ...TRIGGER, cooldownSeconds: 1e9 }, 'cooldownSeconds'],
    ['no time of day', { ...TRIGGER, quietHours: { ...TRIGGER.quietHours, from: '24:00' } }, 'quietHours.from'],
    ['quiet hours of no length', { ...TRIGGER, quietHours: { ...TRIGGER.quietHours, to: '22:00' } }, 'quietHours.to'],
    ['no time zone', { ...TRIGGER, quietHours: { ...TRIGGER.quietHours, timeZone: 'Mars' } }, 'quietHours.timeZone'],
    ['no time', { ...TRIGGER, expiresAt: 'tomorrow' }, 'expiresAt'],
    ['a channel twice', { ...TRIGGER, channels: ['a', 'a'] }, 'channels'],
    ['a channel without an id', { ...TRIGGER, channels: ['a', ''] }, 'channels[1]'],
    ['nowhere to escalate to', { ...TRIGGER, channels: ['a'] }, 'escalation'],
  ])('%s', (_what, input, field) => {
    expect(fieldsOf(input)).toEqual([field]);
  });

  test('of a second condition too; all of them at once', () => {
    const conditions = [CONDITION, { ...CONDITION, level: '0', rearm: '0' }, { ...CONDITION, kind: 'x' }];
    expect(fieldsOf({ ...TRIGGER, conditions })).toEqual([
      'conditions[1].level',
      'conditions[1].rearm',
      'conditions[2].kind',
    ]);
  });

  test('what a kind does not allow', () => {
    const distance = { kind: 'distance', side: 'above', level: '0.1' };
    expect(fieldsOf({ ...TRIGGER, conditions: [distance] })).toEqual(['conditions[0].side']);
    expect(fieldsOf({ ...TRIGGER, scope: { type: 'asset', asset: 'ETH' } })).toEqual(['scope.type']);
    const price = { kind: 'price-level', side: 'below', level: '1' };
    expect(fieldsOf({ ...TRIGGER, conditions: [price] })).toEqual(['conditions[0].params.asset']);
    // A fall is below 0.
    const move = { kind: 'price-move', side: 'below', level: '0.1', params: { windowSeconds: 60 } };
    expect(fieldsOf({ ...TRIGGER, conditions: [move] })).toEqual(['conditions[0].level']);
    const window = { ...move, level: '-0.1', params: { windowSeconds: 59 } };
    expect(fieldsOf({ ...TRIGGER, conditions: [window] })).toEqual(['conditions[0].params.windowSeconds']);
    const time = { kind: 'time-to-liquidation', side: 'below', level: '86400.5' };
    expect(fieldsOf({ ...TRIGGER, conditions: [time] })).toEqual(['conditions[0].level']);
  });
});

describe('what is not there', () => {
  const directory: TriggerDirectory = {
    hasPosition: (id) => id === 'p1',
    hasAsset: (asset) => asset === 'ETH',
    hasBook: (book) => book === 'desk',
    hasChannel: (id) => id === 'push',
    nowMs: Date.parse('2026-12-30T00:00:00Z'),
  };
  const known = { ...TRIGGER, channels: ['push'], escalation: undefined };

  test.each<readonly [object, string]>([
    [{ scope: { type: 'position', id: 'p2' } }, 'scope.id'],
    [{ scope: { type: 'book', book: 'other' } }, 'scope.book'],
    [{ scope: { type: 'tag', tag: 'x', book: 'other' } }, 'scope.book'],
    [{ channels: ['push', 'fax'] }, 'channels[1]'],
    [{ expiresAt: '2026-12-30T00:00:00Z' }, 'expiresAt'],
    [
      { conditions: [{ kind: 'distance', side: 'below', level: '0.1', params: { asset: 'XYZ' } }] },
      'conditions[0].params.asset',
    ],
    [
      { scope: { type: 'asset', asset: 'XYZ' }, conditions: [{ kind: 'utilisation', side: 'above', level: '0.9' }] },
      'scope.asset',
    ],
  ])('%o', (changes, field) => {
    expect(fieldsOf({ ...known, ...changes }, directory)[0]).toBe(field);
  });

  test('what is there is taken', () => {
    expect(fieldsOf(known, directory)).toEqual([]);
    expect(fieldsOf({ ...known, scope: { type: 'position', id: 'p1', book: 'desk' } }, directory)).toEqual([]);
  });
});

test('a kept condition of a kind that is gone is an error, never skipped', () => {
  const trigger = parseTrigger(TRIGGER);
  const [first] = trigger.conditions;
  if (!first) throw new Error('No condition.');
  for (const kept of [
    { ...first, kind: 'gone' },
    { ...first, params: { more: 1 } },
  ]) {
    expect(() => prepareTrigger({ ...trigger, conditions: [kept] })).toThrow(InvalidInputError);
  }
});
