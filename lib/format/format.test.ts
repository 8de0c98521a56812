import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '@/lib/units/rational';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import { assetColour } from './asset-colour';
import { formatAddress } from './format-address';
import { formatAge } from './format-age';
import { formatAmount } from './format-amount';
import { formatFineCompact } from './format-fine';
import { formatExact, formatFixed } from './format-fixed';
import { formatHealthFactor } from './format-health-factor';
import { formatNumber } from './format-number';
import {
  formatChange,
  formatChangeBps,
  formatPercentBps,
  formatPercentNumber,
  formatPercentWad,
} from './format-percent';
import { formatPrice } from './format-price';
import {
  formatAmountRational,
  formatHealthFactorRational,
  formatPriceRational,
  formatUsdRational,
} from './format-rational-figures';
import { formatUtcTime } from './format-time';
import { formatUsd, formatUsdCompact, formatUsdNumber } from './format-usd';

const E8 = 100_000_000n;
const E18 = 10n ** 18n;
/** Non-breaking spaces read like any other here. */
const plain = (text: string) => text.replace(/\u00a0/g, ' ');

describe('fixed', () => {
  test.each([
    [-123_456_789n, 4, 2, 'half', '−12,345.68'],
    [123_456_789n, 4, 2, 'down', '12,345.67'],
    [1n, 4, 2, 'up', '0.01'],
    [-1n, 4, 2, 'half', '0.00'],
    [5n, 1, 0, 'half', '1'],
    [7n, 0, 2, 'half', '7.00'],
    [1_000_000n, 0, 0, 'half', '1,000,000'],
  ] as const)('%s with %s decimals to %s, %s', (raw, decimals, digits, rounding, text) => {
    expect(formatFixed(raw, decimals, digits, rounding)).toBe(text);
  });

  test('exact text gives the figure back', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
        fc.integer({ min: 0, max: 30 }),
        (raw, decimals) => {
          const [whole = '', fraction = ''] = formatExact(raw, decimals)
            .replace('−', '-')
            .replaceAll(',', '')
            .split('.');
          expect(
            BigInt(whole.replace('-', '') + fraction.padEnd(decimals, '0')) * (whole.startsWith('-') ? -1n : 1n),
          ).toBe(raw);
        },
      ),
    );
  });
});

describe('health factor', () => {
  test.each([
    [null, '∞'],
    [E18, '1.0000'],
    [E18 - 1n, '0.9999'],
    [1_052_499_999_999_999_999n, '1.0524'],
    [1_309_900_000_000_000_000n, '1.309'],
    [12_345_600_000_000_000_000n, '12.34'],
    [1234n * E18, '1,234'],
    [10n ** 30n, '> 100,000'],
  ])('%s is %s', (raw, text) => {
    expect(formatHealthFactor(raw)).toBe(text);
  });

  test('below 1 never reads as 1', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: E18 - 1n }), (raw) => {
        expect(Number(formatHealthFactor(raw))).toBeLessThan(1);
      }),
    );
  });
});

test.each([
  [47_612n * E8, '$47,612'],
  [284_649_000_000n, '$2,846'],
  [31_245_000_000n, '$312.45'],
  [100_020_000n, '$1.0002'],
  [1_234_567n, '$0.012346'],
  [12n, '$0.00000012'],
  [0n, '$0.0000'],
  [-284_649_000_000n, '−$2,846'],
])('price %s is %s', (answer, text) => {
  expect(formatPrice(answer, 8)).toBe(text);
});

test('dollars', () => {
  const compact = (dollars: number) => formatUsdCompact(BigInt(Math.round(dollars * 1e8)));
  expect([4_820_123, 612_000, 9_130, 999.99, 999_960, 12.3, 0, -1_500_000].map(compact)).toEqual([
    '$4.82M',
    '$612k',
    '$9.13k',
    '$1.00k',
    '$1.00M',
    '$12.30',
    '$0.00',
    '−$1.50M',
  ]);
  expect([formatUsd(487_120n * E8 + 1n), formatUsd(1_230_000_000n), formatUsd(-1n)]).toEqual([
    '$487,120',
    '$12.30',
    '$0.00',
  ]);
  expect(formatUsdNumber(-214.4)).toBe('−$214.40');
});

describe('rounded against the user', () => {
  // What one has or may borrow down, what one owes or loses up, at −∞ and +∞ where the figure is below 0.
  test.each([
    [48_712_099_999_999n, '$487,120', '$487,121', '$487k', '$488k'],
    [1_230_100_000n, '$12.30', '$12.31', '$12.30', '$12.31'],
    [48_201_234_567_890_100n / 100n, '$4,820,123', '$4,820,124', '$4.82M', '$4.83M'],
    // 999.991: cents below 1,000; rounded up to thousands it makes the first one.
    [99_999_100_000n, '$999.99', '$1,000.00', '$999.99', '$1.00k'],
    // 999,000.5 dollars.
    [99_900_050_000_000n, '$999,000', '$999,001', '$999k', '$1.00M'],
    [-99_900_050_000_000n, '−$999,001', '−$999,000', '−$1.00M', '−$999k'],
    [-1n, '−$0.01', '$0.00', '−$0.01', '$0.00'],
    [100_000n * E8, '$100,000', '$100,000', '$100k', '$100k'],
  ])('dollars %s', (value, down, up, compactDown, compactUp) => {
    expect([formatUsd(value, 'down'), formatUsd(value, 'up')]).toEqual([down, up]);
    expect([formatUsdCompact(value, 'down'), formatUsdCompact(value, 'up')]).toEqual([compactDown, compactUp]);
  });

  test('18 decimals are not cut off first', () => {
    expect(formatFineCompact(12n * E18 + 1n, 'up')).toBe('$12.01');
    expect(formatFineCompact(12n * E18 - 1n, 'down')).toBe('$11.99');
    expect(formatFineCompact(-12n * E18 - 1n, 'down')).toBe('−$12.01');
  });

  test('a price that liquidates is never shown further away than it is', () => {
    expect(formatPrice(184_610_000_000n, 8, roundTowardToday('below'))).toBe('$1,847');
    expect(formatPrice(432_990_000_000n, 8, roundTowardToday('above'))).toBe('$4,329');
    // 1,800,000/817 = 2,203.1824…
    // 7,396.4714…
    expect(formatAmountRational(rational(739_647_148n, 100_000n), 'up')).toBe('7,396.5');
    expect(formatAmountRational(rational(739_647_148n, 100_000n), 'down')).toBe('7,396.4');
    expect(formatPriceRational(rational(1_800_000n, 817n), 'up')).toBe('$2,204');
    expect(formatPriceRational(rational(1_800_000n, 817n), 'down')).toBe('$2,203');
    // A hundredth of a unit of the oracle above 10: not cut off first.
    expect(formatPriceRational(rational(10n ** 11n + 1n, 10n ** 10n), 'up')).toBe('$10.01');
  });

  test('a distance is never shown longer than it is, a cure never shorter', () => {
    const of = (permille: bigint, rounding: 'down' | 'up') =>
      plain(formatChange(rational(permille, 10_000n), rounding));
    expect([of(-4_006n, 'up'), of(-4_006n, 'down'), of(3_889n, 'down'), of(3_881n, 'up')]).toEqual([
      '−40.0 %',
      '−40.1 %',
      '+38.8 %',
      '+38.9 %',
    ]);
    // Liquidatable already: a rise of 5.01 % at least.
    expect(of(501n, roundTowardToday('below'))).toBe('+5.1 %');
    expect(plain(formatChange(rational(-1n, 10n ** 30n), 'down'))).toBe('−0.1 %');
    expect(plain(formatChange(rational(-1n, 10n ** 30n), 'up'))).toBe('0.0 %');
    expect(plain(formatChange(rational(-23_609n, 100_000n), 'up', 2))).toBe('−23.60 %');
  });

  test('exact dollars, a capacity down and a loss up', () => {
    // 147,800/11 = 13,436.3636…
    const value = rational(147_800n, 11n);
    expect([formatUsdRational(value, 'down'), formatUsdRational(value, 'up')]).toEqual(['$13,436', '$13,437']);
    expect(formatUsdRational(rational(1n, 10n ** 12n), 'up')).toBe('$0.01');
    expect(formatHealthFactorRational(rational(999_999n, 1_000_000n))).toBe('0.9999');
  });
});

test('ratios', () => {
  expect(
    [
      formatPercentWad(898_000_000_000_000_000n),
      formatPercentBps(8300),
      formatPercentBps(9450n),
      formatPercentBps(0),
      formatChangeBps(-2000),
      formatChangeBps(0),
      formatChangeBps(1000),
      formatPercentNumber(-0.0312),
      formatChange(rational(-49n, 1000n), 'up'),
      formatChange(rational(39n, 100n), 'down'),
      formatChange(rational(-1n, 100_000n), 'up'),
    ].map(plain),
  ).toEqual(['89.8 %', '83 %', '94.5 %', '0 %', '−20 %', '0 %', '+10 %', '−3.1 %', '−4.9 %', '+39.0 %', '0.0 %']);
  expect(formatNumber(-0.04, 1)).toBe('0.0');
});

test('floats are written as the platform’s own formatter writes them', () => {
  const float = fc.oneof(
    fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  );
  fc.assert(
    fc.property(float, fc.integer({ min: 0, max: 4 }), (value, digits) => {
      const platform = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
      const text = platform.format(Math.abs(value));
      expect(formatNumber(value, digits)).toBe(value < 0 && /[1-9∞]/.test(text) ? `−${text}` : text);
    }),
    { numRuns: 500 },
  );
});

test('ages', () => {
  expect([0.44, -3, 1.9, 38, 59.9, 60, 7300, 200_000].map((age) => plain(formatAge(age)))).toEqual([
    '0.4 s',
    '0.0 s',
    '1 s',
    '38 s',
    '59 s',
    '1 min',
    '2 h',
    '2 d',
  ]);
});

test('amounts', () => {
  expect([
    formatAmount(0n, 6),
    formatAmount(241_600n * 10n ** 6n, 6),
    formatAmount(1_012n * 10n ** 17n, 18),
    formatAmount(820_139n, 6),
    formatAmount(820_131n, 6, 'up'),
    formatAmount(1n, 18),
    formatAmount(999_999_999n, 6, 'up'),
  ]).toEqual(['0', '241,600', '101.2', '0.82013', '0.82014', '< 0.000001', '1,000']);
});

test('addresses, moments and colours', () => {
  expect(formatAddress('0x70997970c51812dc3a010c7d01b50e0d17dc79c8')).toBe('0x7099…79c8');
  expect(formatUtcTime(0)).toBe('1970-01-01 00:00:00 UTC');
  expect([assetColour('WETH'), assetColour('weth'), assetColour('XYZ')]).toEqual([
    'var(--series-1)',
    'var(--series-1)',
    'var(--series-other)',
  ]);
});
