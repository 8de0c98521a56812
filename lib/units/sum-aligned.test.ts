import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRational, rational, sumRational } from './rational';
import { subtractAligned, sumAligned } from './sum-aligned';

test('over the largest denominator where the others divide it', () => {
  expect(sumAligned([rational(1n, 10n), rational(3n, 100n), rational(-2n)])).toEqual(rational(-187n, 100n));
  expect(sumAligned([])).toEqual(rational(0n));
  expect(subtractAligned(rational(1n, 10n), rational(3n, 100n))).toEqual(rational(7n, 100n));
});

test('is the exact sum, whatever the denominators', () => {
  const fraction = fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
    .map(([numerator, denominator]) => rational(numerator, denominator));
  fc.assert(
    fc.property(fc.array(fraction, { maxLength: 8 }), (values) => {
      expect(compareRational(sumAligned(values), sumRational(values))).toBe(0);
    }),
  );
});
