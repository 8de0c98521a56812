import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WHAT_IF_MIN_BPS } from '@/lib/scenarios/what-if';
import { DEFAULT_APPEARANCE, formatAppearance } from './appearance';
import { parseAppearance } from './parse-appearance';
import { formatWhatIf, parseWhatIf, viewParsers } from './view-state';

test('a shock survives its link', () => {
  const shock = fc.integer({ min: -9900, max: 90_000 });
  const families = fc.dictionary(
    fc.constantFrom('eth', 'btc', 'link', 'usdc', 'xaut'),
    shock.filter((bps) => bps !== 0),
  );
  fc.assert(
    fc.property(shock, families, (allBps, byFamily) => {
      fc.pre(allBps !== 0 || Object.keys(byFamily).length > 0);
      expect(parseWhatIf(formatWhatIf({ allBps, byFamily }))).toEqual({ allBps, byFamily: { ...byFamily } });
    }),
  );
});

test('a shock that is none is refused, one out of bounds is bounded', () => {
  expect([parseWhatIf('eth'), parseWhatIf('eth:1.5'), parseWhatIf('eth:-2000,'), parseWhatIf('<b>:1')]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(parseWhatIf('eth:-99999')?.byFamily.eth).toBe(WHAT_IF_MIN_BPS);
});

test('a sort names a column that exists', () => {
  expect(viewParsers.sort.parse('distance.desc')).toEqual({ column: 'distance', descending: true });
  expect([viewParsers.sort.parse('secret.asc'), viewParsers.sort.parse('distance')]).toEqual([null, null]);
});

test('appearance survives its cookie; anything else is the default', () => {
  const chosen = { theme: 'dark', density: 'compact', railCollapsed: true } as const;
  expect(parseAppearance(formatAppearance(chosen))).toEqual(chosen);
  for (const text of [undefined, '', 'dark', 'dark.compact', 'pink.compact.rail', 'dark.compact.rail.x']) {
    expect(parseAppearance(text)).toEqual(DEFAULT_APPEARANCE);
  }
});
