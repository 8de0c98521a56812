import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeTrigger, type TriggerNames } from '../describe-trigger';
import { formatSpan } from '../format-level';
import { parseTrigger } from '../parse-trigger';
import { prepareTrigger } from '../prepare-trigger';
import { findTriggerKind, type TriggerKindId, triggerKinds } from '../registry';
import { type ConditionSide, SCOPE_TYPES, type TriggerScope } from '../trigger';
import type { LevelUnit, ParamField } from '../trigger-kind';
import { parseLevelText } from './level-text';
import { readDraft } from './read-draft';
import { parseSpan } from './span-text';
import { suggestName } from './suggest-name';
import { applyTemplate, listTemplatesOf } from './templates';
import { toDraft } from './to-draft';
import {
  changeKind,
  changeSide,
  createCondition,
  createDraft,
  listKindsOf,
  nextKey,
  type TriggerDraft,
  triggerDraft,
  withFirstLevel,
} from './trigger-draft';

const ZONE = 'Europe/Berlin';
const OWNER = `0x${'ab'.repeat(20)}`;
const names: TriggerNames = {
  namePosition: (id) => id,
  nameOwner: (owner) => owner,
  nameBook: (book) => book,
  nameAsset: (asset) => asset,
};
const draftOf = (changes: Partial<TriggerDraft>): TriggerDraft => ({
  ...createDraft(ZONE),
  scope: { type: 'position', book: '', position: 'p1', owner: '', tag: '', asset: '' },
  ...changes,
});
const faultsOf = (draft: TriggerDraft) =>
  Object.fromEntries(readDraft(draft, names).faults.map(({ field, message }) => [field, message]));

test.each<[string, LevelUnit, ConditionSide, string | undefined]>([
  ['1.25', 'ratio', 'below', '1.25'],
  ['83.5 %', 'share', 'above', '0.835'],
  ['83.5\u00a0%', 'share', 'above', '0.835'],
  ['0', 'share', 'above', '0'],
  ['4% a year', 'rate', 'above', '0.04'],
  ['10', 'change', 'below', '-0.1'],
  ['10', 'change', 'above', '0.1'],
  // Typed with the minus that the side says already it would be a rise, which no fall's bounds allow.
  ['-10', 'change', 'below', '0.1'],
  ['$2,500.5', 'price', 'below', '2500.5'],
  ['\u2212$1,000', 'value', 'below', '-1000'],
  ['2,50', 'price', 'below', undefined],
  ['1,5', 'ratio', 'below', undefined],
  ['1e3', 'ratio', 'below', undefined],
  ['', 'ratio', 'below', undefined],
  ['ten', 'share', 'below', undefined],
  ['2 d', 'duration', 'below', '172800'],
  ['soon', 'duration', 'below', undefined],
  // 17 decimals of a percent are 19 of a fraction: more than a level has.
  ['0.00000000000000001', 'share', 'above', undefined],
])('a level typed as %j (%s, %s) is kept as %j', (text, unit, side, level) => {
  expect(parseLevelText(text, unit, side)).toBe(level);
});

test.each([
  ['1 d 2 h', 93_600],
  ['1\u00a0h 30\u00a0min', 5_400],
  ['90min', 5_400],
  ['30', 30],
  ['2 days', 172_800],
  ['0 s', 0],
  ['2 h 1 d', undefined],
  ['1 h 2 h', undefined],
  ['1 week', undefined],
  ['-5 min', undefined],
  ['1.5 h', undefined],
  ['', undefined],
])('the time %j is %j seconds', (text, seconds) => {
  expect(parseSpan(text)).toBe(seconds);
});

test('every length of time reads back as it was written', () => {
  fc.assert(fc.property(fc.nat({ max: 400 * 86_400 }), (seconds) => parseSpan(formatSpan(seconds)) === seconds));
});

const ids = Object.keys(triggerKinds) as TriggerKindId[];
/** Past this a whole number of seconds would not be one any more. */
const LONGEST_SECONDS = 300_000_000;

const paramOf = (field: ParamField): fc.Arbitrary<unknown> => {
  switch (field.input) {
    case 'asset':
      return field.isRequired ? fc.constant('ETH') : fc.constantFrom('ETH', undefined);
    case 'choice':
      return fc.constantFrom(...field.choices.map(({ value }) => value));
    case 'duration':
      return fc.integer({ min: 60, max: 86_400 });
  }
};

/** A level within a side's bounds, to the last decimal; none ends in a zero, which no text keeps. */
const levelOf = (unit: LevelUnit, { least, most }: { least: string; most: string }): fc.Arbitrary<string> => {
  if (unit === 'duration') return fc.integer({ min: Number(least), max: LONGEST_SECONDS }).map(String);
  const [low, high] = [least, most].map((bound) => Number(bound)) as [number, number];
  return fc
    .double({ min: low, max: Math.min(high, 1e6), noNaN: true })
    .map((value) => value.toFixed(15).replace(/\.?0+$/, ''))
    .filter((text) => Number(text) >= low && Number(text) <= high && text !== '-0');
};

const scopeOf = (type: (typeof SCOPE_TYPES)[number], book: string | undefined): TriggerScope => {
  const within = book === undefined ? {} : { book };
  switch (type) {
    case 'position':
      return { type, id: 'p1', ...within };
    case 'owner':
      return { type, owner: OWNER, ...within };
    case 'tag':
      return { type, tag: 'desk', book: 'b1' };
    case 'book':
      return { type, book: 'b1' };
    case 'asset':
      return { type, asset: 'ETH', ...within };
  }
};

describe.each(ids)('%s', (id) => {
  const kind = findTriggerKind(id);
  if (!kind) throw new Error(`${id} is no kind.`);

  test('a trigger of it comes out of its form as it went in', () => {
    const sides = Object.entries(kind.sides) as [ConditionSide, { least: string; most: string }][];
    const conditions = fc.constantFrom(...sides).chain(([side, bounds]) =>
      fc.record({
        levels: fc.tuple(levelOf(kind.unit, bounds), levelOf(kind.unit, bounds)),
        withRearm: fc.boolean(),
        params: fc.record(Object.fromEntries(kind.fields.map((field) => [field.key, paramOf(field)]))),
        side: fc.constant(side),
      }),
    );
    const triggers = fc.record({
      conditions: fc.array(conditions, { minLength: 1, maxLength: 3 }),
      scope: fc.tuple(fc.constantFrom(...kind.scopes), fc.constantFrom('b1', undefined)),
      combine: fc.constantFrom('all', 'any'),
      severity: fc.constantFrom('info', 'warning', 'critical'),
      dwell: fc.record({ seconds: fc.nat({ max: 86_400 }), ticks: fc.integer({ min: 1, max: 1_000 }) }),
      cooldownSeconds: fc.nat({ max: 604_800 }),
      quietHours: fc.constantFrom(undefined, { from: '22:30', to: '06:15', timeZone: 'America/New_York' }),
      expiresAt: fc.constantFrom(undefined, '2031-05-01T10:00:00Z'),
      escalation: fc.constantFrom(undefined, { afterMinutes: 7 }),
    });
    fc.assert(
      fc.property(triggers, (made) => {
        const trigger = parseTrigger({
          ...made,
          name: 'as typed',
          scope: scopeOf(...made.scope),
          channels: ['c2', 'c1'],
          conditions: made.conditions.map(({ side, levels: [one, other], withRearm, params }) => {
            const [low, high] = Number(one) <= Number(other) ? [one, other] : [other, one];
            const [level, rearm] = side === 'below' ? [low, high] : [high, low];
            return { kind: id, side, level, ...(withRearm && { rearm }), params };
          }),
        });
        const draft = toDraft(trigger, ZONE);
        expect(triggerDraft.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
        const read = readDraft(draft, names);
        expect(read.faults).toEqual([]);
        expect(JSON.stringify(parseTrigger(read.trigger))).toBe(JSON.stringify(trigger));
        expect(read.sentence).toBe(describeTrigger(prepareTrigger(trigger), names));
      }),
      { numRuns: 60 },
    );
  });

  test('what its form begins with is whole but for an asset that must be named and a level that nobody can suggest', () => {
    for (const [side, bounds] of Object.entries(kind.sides)) {
      const begun = createCondition(id, 0, { side: side as ConditionSide });
      expect(begun.side).toBe(side);
      const [type] = kind.scopes;
      const scope = { ...draftOf({}).scope, type: type ?? 'position' };
      const faults = Object.keys(faultsOf(draftOf({ scope, conditions: [begun] })));
      const needsAsset = kind.fields.some((field) => field.input === 'asset' && field.isRequired);
      const missing = bounds.suggested === undefined ? ['level'] : needsAsset ? ['params.asset'] : [];
      expect(faults).toEqual(missing.map((field) => `conditions[0].${field}`));
    }
  });
});

test('a param begins as its kind presets it', () => {
  expect(createCondition('price-move', 0).params).toEqual({ asset: '', source: 'market', windowSeconds: '1\u00a0h' });
  expect(createCondition('price-level', 0).params).toEqual({ asset: '', source: 'oracle' });
  expect(createCondition('distance', 3)).toMatchObject({ key: 3, side: 'below', level: '10', rearm: '' });
  // A gap to the peg has no "below".
  expect(createCondition('peg-deviation', 0, { side: 'below' }).side).toBe('above');
});

test('each fault stands at its field, in words for whoever typed it', () => {
  const condition = createCondition('distance', 0, { level: 'ten', rearm: '5 %%' });
  const faults = faultsOf(
    draftOf({
      conditions: [condition],
      dwellFor: 'a while',
      dwellTicks: '0',
      cooldown: '9 d',
      escalation: { isOn: true, afterMinutes: 'x' },
      quiet: { isOn: true, from: '22:00', to: '7', timeZone: 'Mars' },
    }),
  );
  expect(faults['conditions[0].level']).toBe('must be a number such as “1.25”');
  expect(faults['conditions[0].rearm']).toBe('must be a number such as “1.25”');
  expect(faults['dwell.seconds']).toBe('must be a time such as “90 s”, “5 min” or “1 h 30 min”');
  expect(faults['dwell.ticks']).toBe('must be at least 1');
  expect(faults.cooldownSeconds).toBe('must be at most 604800');
  expect(faults['escalation.afterMinutes']).toBe('must be a whole number');
  expect(faults['quietHours.to']).toMatch(/^must be a time/);
  expect(faults['quietHours.timeZone']).toMatch(/^must be a time zone/);
});

test('a second level on the wrong side, a level out of bounds, a scope that a kind does not allow', () => {
  const rearm = createCondition('distance', 0, { level: '10', rearm: '8' });
  expect(faultsOf(draftOf({ conditions: [rearm] }))).toEqual({ 'conditions[0].rearm': 'must not be below the level' });
  const far = createCondition('distance', 0, { level: '2000' });
  expect(faultsOf(draftOf({ conditions: [far] }))['conditions[0].level']).toMatch(/0\.1\u00a0% to 1,000\u00a0%/);
  const scope = { ...draftOf({}).scope, type: 'asset' as const, asset: 'ETH' };
  expect(Object.keys(faultsOf(draftOf({ scope })))).toEqual(['scope.type']);
});

test('a tag needs a book, an owner an address, a second channel what escalates', () => {
  const { scope } = draftOf({});
  expect(faultsOf(draftOf({ scope: { ...scope, type: 'tag', tag: 'desk' } }))['scope.book']).toMatch(/no tags/);
  expect(faultsOf(draftOf({ scope: { ...scope, type: 'owner', owner: '0x12' } }))['scope.owner']).toBeDefined();
  expect(faultsOf(draftOf({ escalation: { isOn: true, afterMinutes: '5' } }))).toEqual({
    escalation: 'needs a second channel to go to',
  });
});

test('without a name it is called by its conditions', () => {
  const draft = draftOf({ dwellFor: '1 min', cooldown: '1 h', conditions: [createCondition('health-factor', 0)] });
  const read = readDraft(draft, names);
  expect(read.sentence).toBe(
    'Warn me when the health factor of p1 is below 1.25, for 1\u00a0min; at most once in 1\u00a0h.',
  );
  expect(read.trigger?.name).toBe('Health factor of p1 is below 1.25');
  expect(readDraft({ ...draft, name: ' Mine ' }, names).trigger?.name).toBe('Mine');
  expect(suggestName(`Warn me when ${'x'.repeat(200)}.`)).toHaveLength(100);
});

test('every template is whole in the scopes it is offered for, and keeps whom it watches and how it tells', () => {
  const begun = draftOf({ channels: ['c1'], cooldown: '3 d' });
  for (const type of SCOPE_TYPES) {
    const scope = {
      ...begun.scope,
      type,
      owner: OWNER,
      tag: 't',
      book: type === 'tag' || type === 'book' ? 'b1' : '',
      asset: 'ETH',
    };
    for (const template of listTemplatesOf(type)) {
      const draft = applyTemplate({ ...begun, scope }, template);
      expect(draft.scope).toBe(scope);
      expect(draft.channels).toEqual(['c1']);
      expect(draft.cooldown).not.toBe('3 d');
      expect({ template: template.id, faults: readDraft(draft, names).faults }).toEqual({
        template: template.id,
        faults: [],
      });
    }
  }
  expect(listTemplatesOf('asset').map(({ id }) => id)).toEqual([
    'oracle-trouble',
    'depeg',
    'sharp-fall',
    'costly-debt',
  ]);
  expect(listTemplatesOf('position')).toHaveLength(7);
});

test('kinds of an asset are those that need no position; a key of a condition is never given twice', () => {
  expect(listKindsOf('asset').map(({ id }) => id)).not.toContain('health-factor');
  expect(listKindsOf('position')).toHaveLength(ids.length);
  expect(nextKey({ conditions: [] })).toBe(0);
  expect(nextKey({ conditions: [createCondition('ltv', 4), createCondition('ltv', 2)] })).toBe(5);
});

test('another kind keeps the asset that both take, and begins anew in all else', () => {
  const price = createCondition('price-level', 4, { level: '2500', params: { asset: 'ETH', source: 'market' } });
  expect(changeKind(price, 'price-move')).toEqual({
    ...{ key: 4, kind: 'price-move', side: 'below', level: '10', rearm: '' },
    params: { asset: 'ETH', source: 'market', windowSeconds: '1\u00a0h' },
  });
  expect(changeKind(price, 'ltv')).toMatchObject({ key: 4, kind: 'ltv', side: 'above', params: {} });
});

test('the other side has its own suggestion, which a level that was typed does not give way to', () => {
  const health = createCondition('health-factor', 0, { rearm: '1.3' });
  expect(changeSide(health, 'above')).toMatchObject({ side: 'above', level: '2', rearm: '' });
  expect(changeSide({ ...health, level: '1.7' }, 'above')).toMatchObject({ level: '1.7', rearm: '' });
});

test('a level from elsewhere goes into the first condition, as it is typed', () => {
  const draft = draftOf({ conditions: [createCondition('distance', 0, { rearm: '12' }), createCondition('ltv', 1)] });
  const { conditions } = withFirstLevel(draft, '0.155');
  expect(conditions[0]).toMatchObject({ level: '15.5', rearm: '' });
  expect(conditions[1]).toBe(draft.conditions[1]);
});
