import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRational } from './format-rational';
import { type Rational, rational } from './rational';

/** The text as a fraction, by its digits alone. */
function toFraction(text: string): Rational {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const magnitude = BigInt(whole + fraction);
  return rational(text.startsWith('-') ? -magnitude : magnitude, 10n ** BigInt(fraction.length));
}

test.each([
  [rational(0n), '0', '0'],
  [rational(3n, 2n), '1.5', '1.5'],
  // 0.666… has no end: the eighteenth digit is rounded.
  [rational(2n, 3n), '0.666666666666666666', '0.666666666666666667'],
  [rational(-2n, 3n), '-0.666666666666666667', '-0.666666666666666666'],
  [rational(10n ** 24n + 1n, 3n), '333333333333333333333333', '333333333333333333333334'],
  [
    rational(1n, 3n * 10n ** 20n),
    '0.00000000000000000000333333333333333333',
    '0.00000000000000000000333333333333333334',
  ],
])('%s', (value, down, up) => {
  expect([formatRational(value, 'down'), formatRational(value, 'up')]).toEqual([down, up]);
});

test('as few digits as are asked for, rounded from the exact figure; what stands before the point is whole', () => {
  // 383/300 = 1.27666…, a digit more than asked for; 300,000/17 = 17,647.0588…; 10²⁴/3.
  expect(formatRational(rational(2n, 3n), 'up', 4)).toBe('0.6667');
  expect(formatRational(rational(383n, 300n), 'down', 4)).toBe('1.2766');
  expect(formatRational(rational(300_000n, 17n), 'down', 3)).toBe('17647');
  expect(formatRational(rational(300_000n, 17n), 'up', 3)).toBe('17648');
  expect(formatRational(rational(10n ** 24n, 3n), 'down', 4)).toBe('333333333333333333333333');
});

test('down is never above, up never below, and both are within one unit of the eighteenth digit', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 40n), 10n ** 40n), fc.bigInt(1n, 10n ** 40n), (numerator, denominator) => {
      const value = rational(numerator, denominator);
      const down = toFraction(formatRational(value, 'down'));
      const up = toFraction(formatRational(value, 'up'));
      expect(down.numerator * denominator <= numerator * down.denominator).toBe(true);
      expect(up.numerator * denominator >= numerator * up.denominator).toBe(true);
      const gap = up.numerator * down.denominator - down.numerator * up.denominator;
      const magnitude = numerator < 0n ? -numerator : numerator;
      expect(gap * denominator * 10n ** 17n <= magnitude * up.denominator * down.denominator).toBe(true);
    }),
  );
});
