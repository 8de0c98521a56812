import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatRational } from '@/lib/units/format-rational';
import { formatLevel, parseLevel } from './format-level';
import { findTriggerKind, type TriggerKindId, triggerKinds } from './registry';
import { assetKinds } from './testing/asset-kinds';
import type { KindExamples } from './testing/kind-example';
import { positionKinds } from './testing/position-kinds';
import { asset, BLIND, subject } from './testing/subjects';
import type { ConditionSide } from './trigger';
import type { TriggerKind } from './trigger-kind';

/** What every kind must keep, over subjects of each worked out by hand: a kind added to the registry does not compile here without them. */

const unseen = BLIND.known ? undefined : BLIND.reason;
const kindExamples: { readonly [K in TriggerKindId]: KindExamples } = { ...positionKinds, ...assetKinds };

const ids = Object.keys(triggerKinds) as TriggerKindId[];
const kindOf = (id: string): TriggerKind<unknown> => {
  const kind = findTriggerKind(id);
  if (!kind) throw new Error(`${id} is no kind.`);
  return kind;
};

test('every file among the kinds is registered under its own name, and nothing else is', () => {
  const files = readdirSync(new URL('./kinds', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
  expect(files.sort()).toEqual([...ids].sort());
  expect(findTriggerKind('toString')).toBeUndefined();
});

describe.each(ids)('%s', (id) => {
  const kind = kindOf(id);
  const { sentence, params = {}, examples } = kindExamples[id];
  const sides = Object.entries(kind.sides);
  const [usual] = sides;

  test('goes by its key, explains itself, and can be touched by something', () => {
    expect(kind.id).toBe(id);
    for (const text of [kind.title, kind.explanation]) expect(text).toMatch(/^[A-Z]/);
    expect(kind.explanation).toMatch(/\.$/);
    expect(kind.scopes.length * kind.touchedBy.length * sides.length).toBeGreaterThan(0);
  });

  test('its bounds are in order, what it suggests is within them', () => {
    for (const [, { least, most, suggested = least }] of sides) {
      const [low, middle, high] = [least, suggested, most].map((text) => Number(text));
      expect(low).toBeLessThanOrEqual(middle ?? Number.NaN);
      expect(middle).toBeLessThan(high ?? Number.NaN);
      expect(formatLevel(least, kind.unit)).not.toMatch(/NaN|undefined/);
    }
  });

  test('its params read the same twice, and a key that it does not know is refused', () => {
    for (const one of [params, ...examples.map((example) => example.params ?? params)]) {
      const read = kind.params.parse(one);
      expect(kind.params.parse(JSON.parse(JSON.stringify(read)))).toEqual(read);
      expect(kind.params.safeParse({ ...one, more: 1 }).success).toBe(false);
    }
    // Each field of the form is a param: a wrong one is refused.
    for (const { key } of kind.fields) expect(kind.params.safeParse({ ...params, [key]: -1 }).success).toBe(false);
  });

  test('its sentence', () => {
    const [side, bounds] = usual ?? [];
    if (!side || !bounds) throw new Error('No side.');
    const names = { subject: 'Desk', nameAsset: (key: string) => key };
    const read = kind.params.parse(params);
    const threshold = { side: side as ConditionSide, level: bounds.least };
    const text =
      kind.phrase?.(read, names, threshold) ??
      `${kind.figure(read, names)} is ${side} ${formatLevel(bounds.least, kind.unit)}`;
    expect(text).toBe(sentence);
    expect(kind.figure(read, names)).toMatch(/^the /);
  });

  test.each(examples)('$what: $is', ({ side, level, params: own = params, of, is, by }) => {
    const bounds = kind.sides[side];
    if (!bounds) throw new Error(`${id} does not allow ${side}.`);
    // At its far end nothing is past the level, so that the level decides nothing that an example does not ask for.
    const context = { side, level: parseLevel(level ?? (side === 'below' ? bounds.least : bounds.most)) };
    const figure = kind.measure(of, kind.params.parse(own), context);
    if (!figure.known) {
      expect(is).toBe('?');
      expect(figure.reason.text).not.toBe('');
      return;
    }
    expect(figure.value && formatRational(figure.value.value, 'down')).toBe(is);
    expect(figure.value?.of.id).toBe(is === null ? undefined : by);
  });

  test.each(examples)('$what: what is known and not past one level is the same against any other', (example) => {
    const { side, level, params: own = params, of } = example;
    const bounds = kind.sides[side];
    if (!bounds) throw new Error(`${id} does not allow ${side}.`);
    const [least, most] = [bounds.least, bounds.most].map(parseLevel);
    if (level !== undefined || !least || !most) return;
    const [quiet, loud] = side === 'below' ? [least, most] : [most, least];
    const read = kind.params.parse(own);
    const figure = kind.measure(of, read, { side, level: quiet });
    if (figure.known) expect(kind.measure(of, read, { side, level: loud })).toEqual(figure);
  });

  test('what is not seen at all makes it unknown, never no', () => {
    const [side, bounds] = usual ?? [];
    if (!side || !bounds) throw new Error('No side.');
    const read = kind.params.parse(kind.scopes.includes('asset') ? { ...params, asset: undefined } : params);
    const context = { side: side as ConditionSide, level: parseLevel(bounds.least) };
    expect(kind.measure(subject([], [], unseen), read, context).known).toBe(false);
  });

  test('an asset that is named and not there is unknown', () => {
    if (!kind.scopes.includes('asset')) return;
    const [side, bounds] = usual ?? [];
    if (!side || !bounds) throw new Error('No side.');
    const read = kind.params.parse({ ...params, asset: 'DOGE' });
    const context = { side: side as ConditionSide, level: parseLevel(bounds.least) };
    expect(kind.measure(subject([], [asset('ETH')]), read, context).known).toBe(false);
  });
});
