import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDecimal, parseDecimal, toNumber } from './decimal';
import { ceilRational, compareRational, floorRational, rational, rationalToNumber } from './rational';
import { ceilDiv, floorDiv, mulDivDown, mulDivHalfUp, mulDivUp } from './rounding';
import { UnitsError } from './units-error';

const natural = fc.bigInt({ min: 0n, max: 2n ** 200n });
const positive = fc.bigInt({ min: 1n, max: 2n ** 120n });

describe('rounding', () => {
  test('down, half up and up bracket the exact quotient', () => {
    fc.assert(
      fc.property(natural, natural, positive, (a, b, divisor) => {
        const [down, half, up] = [mulDivDown(a, b, divisor), mulDivHalfUp(a, b, divisor), mulDivUp(a, b, divisor)];
        const product = a * b;
        expect(down * divisor <= product && product < (down + 1n) * divisor).toBe(true);
        expect(up * divisor >= product && (up === 0n || (up - 1n) * divisor < product)).toBe(true);
        expect(half === down || half === up).toBe(true);
        // The distance to the half-up answer is at most half a divisor.
        const off = half * divisor - product;
        expect(2n * (off < 0n ? -off : off) <= divisor).toBe(true);
      }),
    );
  });

  test('floor and ceiling hold for negative numerators', () => {
    expect([floorDiv(-7n, 2n), ceilDiv(-7n, 2n), floorDiv(-8n, 2n), ceilDiv(7n, 2n)]).toEqual([-4n, -3n, -4n, 4n]);
  });

  test('a divisor of 0 is an error', () => {
    expect(() => mulDivDown(1n, 1n, 0n)).toThrow(UnitsError);
    expect(() => rational(1n, 0n)).toThrow(UnitsError);
  });
});

describe('decimal', () => {
  test('round trip is exact', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 180n), max: 2n ** 180n }),
        fc.integer({ min: 0, max: 36 }),
        (raw, decimals) => {
          expect(parseDecimal(formatDecimal(raw, decimals), decimals)).toBe(raw);
        },
      ),
    );
  });

  test('known values', () => {
    expect(parseDecimal('3000.5', 8)).toBe(300_050_000_000n);
    expect(formatDecimal(-1n, 18)).toBe('-0.000000000000000001');
    expect(toNumber(15n * 10n ** 17n, 18)).toBe(1.5);
  });

  test.each(['', '1e5', 'NaN', '1.', '.5', '0x10', ' 1'])('%j is refused', (text) => {
    expect(() => parseDecimal(text, 8)).toThrow(UnitsError);
  });

  test('more decimals than the unit has are refused, zeros are not', () => {
    expect(() => parseDecimal('1.123456789', 8)).toThrow(UnitsError);
    expect(parseDecimal('1.10000000000', 8)).toBe(110_000_000n);
  });
});

test('rationals compare and round exactly', () => {
  const third = rational(1n, 3n);
  expect([floorRational(third, 100n), ceilRational(third, 100n)]).toEqual([33n, 34n]);
  expect(compareRational(rational(-1n, 3n), rational(1n, -4n))).toBe(-1);
  expect(rationalToNumber(rational(3n, 4n))).toBe(0.75);
});
