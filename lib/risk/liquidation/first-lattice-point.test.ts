import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ceilDiv, floorDiv } from '@/lib/units/rounding';
import { computeFirstLatticePoint, type IntegerLine } from './first-lattice-point';

/** The obvious way: every x in turn. */
function walk(low: IntegerLine, high: IntegerLine, limit: bigint): bigint | undefined {
  for (let x = 0n; x <= limit; x++) {
    if (ceilDiv(low.slope * x + low.offset, low.divisor) <= floorDiv(high.slope * x + high.offset, high.divisor))
      return x;
  }
  return undefined;
}

const line = fc.record({
  slope: fc.bigInt({ min: -400n, max: 400n }),
  offset: fc.bigInt({ min: -5_000n, max: 5_000n }),
  divisor: fc.bigInt({ min: 1n, max: 300n }),
});

test('is the first x that the obvious walk meets', () => {
  fc.assert(
    fc.property(line, line, (a, b) => {
      const order = a.slope * b.divisor - b.slope * a.divisor;
      fc.pre(order !== 0n);
      const [low, high] = order < 0n ? [a, b] : [b, a];
      const found = computeFirstLatticePoint(low, high);
      const walked = walk(low, high, 3_000n);
      if (walked !== undefined) expect(found).toBe(walked);
      else expect(found).toBeGreaterThan(3_000n);
    }),
    { numRuns: 2_000 },
  );
});

test('nearly parallel lines of 40 digits are no more work than short ones', () => {
  const divisor = 10n ** 40n;
  const low = { slope: 10n ** 39n + 7n, offset: 1n, divisor };
  const high = { slope: 10n ** 39n + 8n, offset: 1n, divisor };
  const x = computeFirstLatticePoint(low, high);
  const holds = (at: bigint) =>
    ceilDiv(low.slope * at + low.offset, divisor) <= floorDiv(high.slope * at + high.offset, divisor);
  expect(holds(x)).toBe(true);
  expect(holds(x - 1n)).toBe(false);
});
