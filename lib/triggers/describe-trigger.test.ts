import { describe, expect, test } from 'vitest';
import { rational } from '@/lib/units/rational';
import { describeFiring, describeScope, describeTrigger, type TriggerNames } from './describe-trigger';
import { evaluateTrigger } from './evaluate-trigger';
import { formatLevel, formatMeasured, formatSpan } from './format-level';
import { parseTrigger } from './parse-trigger';
import { prepareTrigger } from './prepare-trigger';
import { asset, position, subject } from './testing/subjects';
import type { TriggerScope } from './trigger';
import type { LevelUnit } from './trigger-kind';

const NAMES: TriggerNames = {
  namePosition: (id) => `position ${id}`,
  nameOwner: (owner) => owner,
  nameBook: (book) => `book ${book}`,
  nameAsset: (key) => key.toUpperCase(),
};

const prepare = (changes: object) =>
  prepareTrigger(
    parseTrigger({
      name: 'Test',
      scope: { type: 'position', id: 'p1' },
      conditions: [{ kind: 'health-factor', side: 'below', level: '1.25' }],
      severity: 'warning',
      channels: [],
      ...changes,
    }),
  );

/** As the reader sees them: the spaces that do not break are spaces. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('the sentence of a trigger', () => {
  test('says what, of whom, for how long and how often', () => {
    expect(plain(describeTrigger(prepare({}), NAMES))).toBe(
      'Warn me when the health factor of position p1 is below 1.25.',
    );
    const full = prepare({
      scope: { type: 'owner', owner: 'Alice', book: 'desk' },
      combine: 'any',
      conditions: [
        { kind: 'health-factor', side: 'below', level: '1.25', rearm: '1.4' },
        { kind: 'price-move', side: 'below', level: '-0.125', params: { asset: 'eth', windowSeconds: 5_400 } },
      ],
      dwell: { seconds: 60, ticks: 3 },
      cooldownSeconds: 3_600,
    });
    expect(plain(describeTrigger(full, NAMES))).toBe(
      'Warn me when the health factor of any position of Alice in book desk is below 1.25 (and again only after 1.4) or ' +
        'the market price of ETH falls by more than 12.5 % within 1 h 30 min, for 1 min and in 3 ticks; at most once in 1 h.',
    );
  });

  test.each<readonly [TriggerScope, string]>([
    [{ type: 'position', id: 'p1', book: 'b' }, 'position p1 in book b'],
    [{ type: 'owner', owner: 'Alice' }, 'any position of Alice'],
    [{ type: 'tag', tag: 'fund' }, 'any position tagged “fund”'],
    [{ type: 'book', book: 'b' }, 'any position of book b'],
    [{ type: 'asset', asset: 'eth' }, 'ETH'],
  ])('a scope: %o', (scope, text) => {
    expect(describeScope(scope, NAMES)).toBe(text);
  });
});

describe('the sentence of a firing', () => {
  const firing = (changes: object, ...of: Parameters<typeof subject>) => {
    const trigger = prepare(changes);
    return plain(describeFiring(trigger, evaluateTrigger(trigger, subject(...of))));
  };

  test('gives the figure, rounded so that it does not read as the level', () => {
    const figures = { atOracle: { healthFactor: '1.24999' } };
    expect(firing({}, [position('p1', figures)])).toBe('p1 of Alice: health factor 1.2499, below 1.25.');
  });

  test('of each condition: what is not met, what there is not, what is not known, what can be liquidated', () => {
    const conditions = [
      { kind: 'health-factor', side: 'below', level: '1.1' },
      { kind: 'distance', side: 'below', level: '0.1' },
      { kind: 'price-level', side: 'above', level: '2000', params: { asset: 'eth' } },
      { kind: 'oracle-stale', side: 'above', level: '1.5', params: { asset: 'btc' } },
    ];
    const assets = [asset('eth', { oracle: { price: '1999.5' } }), asset('btc', { oracle: { ageSeconds: '?' } })];
    const held = { atOracle: { healthFactor: '1.3', liquidatable: true } };
    expect(firing({ combine: 'any', conditions }, [position('p1', held)], assets)).toBe(
      'p1 of Alice: health factor 1.3, liquidatable; p1 of Alice: distance to liquidation 0.00 %, below 10 %; ' +
        'eth: price $2,000, not above $2,000; oracle silence in heartbeats: Not read yet.',
    );
  });
});

test.each<readonly [string, LevelUnit, string]>([
  ['1.250', 'ratio', '1.25'],
  ['0.83333', 'share', '83.333 %'],
  ['-0.1', 'change', '−10 %'],
  ['0.05', 'rate', '5 % a year'],
  ['2500.5', 'price', '$2,500.5'],
  ['-1000000', 'value', '−$1,000,000'],
  ['93600', 'duration', '1 d 2 h'],
])('the level %s as a %s is %s', (level, unit, text) => {
  expect(plain(formatLevel(level, unit))).toBe(text);
});

test.each<readonly [bigint, bigint, LevelUnit, 'below' | 'above', string]>([
  // 1.24996 cut to four decimals, and the other way up.
  [124_996n, 100_000n, 'ratio', 'below', '1.2499'],
  [124_996n, 100_000n, 'ratio', 'above', '1.25'],
  [-1n, 30_000n, 'ratio', 'below', '−0.0001'],
  [5n, 4n, 'ratio', 'above', '1.25'],
  // 2/3: 66.66… %.
  [2n, 3n, 'share', 'below', '66.66 %'],
  [2n, 3n, 'share', 'above', '66.67 %'],
  [-1n, 8n, 'change', 'below', '−12.50 %'],
  [1n, 8n, 'change', 'above', '+12.50 %'],
  [1n, 30n, 'rate', 'above', '3.34 % a year'],
  [24_999n, 10n, 'price', 'below', '$2,499'],
  [-24_999n, 10n, 'value', 'below', '−$2,500'],
  [5_400n, 1n, 'duration', 'below', '1.5 hours'],
])('the figure %s/%s as a %s, %s, is %s', (numerator, denominator, unit, side, text) => {
  expect(plain(formatMeasured(rational(numerator, denominator), unit, side))).toBe(text);
});

test('no time at all', () => {
  expect(plain(formatSpan(0))).toBe('0 s');
});
