import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeHighestLiquidatableFactor, type FallingAsset } from './uniform-edge';

const ceil = (a: bigint, b: bigint): bigint => a / b + (a % b === 0n ? 0n : 1n);

/** The contract's comparison in its own order, at a common factor m/scale with every feed floored. */
function isLiquidatableAt(falling: readonly FallingAsset[], fixedDebt: bigint, m: bigint, scale: bigint): boolean {
  let byThreshold = 0n;
  let debt = fixedDebt;
  for (const { answer, collateral, owed, threshold, unit } of falling) {
    const price = (answer * m) / scale;
    byThreshold += threshold * ((collateral * price) / unit);
    debt += ceil(owed * price, unit);
  }
  if (debt === 0n) return false;
  return (byThreshold * 10n ** 18n + debt / 2n) / debt / 10_000n < 10n ** 18n;
}

/** Every factor in turn, from today's prices down to the last at which all feeds are above 0. */
function walk(falling: readonly FallingAsset[], fixedDebt: bigint, highest: bigint, scale: bigint): bigint | undefined {
  for (let m = highest; m >= 1n; m--) {
    if (falling.some(({ answer }) => (answer * m) / scale < 1n)) return undefined;
    if (isLiquidatableAt(falling, fixedDebt, m, scale)) return m;
  }
  return undefined;
}

const asset = (largest: bigint, sharedShare: number) =>
  fc.record({
    answer: fc.bigInt({ min: 1n, max: 3_000n }),
    collateral: fc.bigInt({ min: 1n, max: largest }),
    owed: fc.oneof(
      { weight: 10 - sharedShare, arbitrary: fc.constant(0n) },
      { weight: sharedShare, arbitrary: fc.bigInt({ min: 0n, max: largest }) },
    ),
    threshold: fc.oneof(fc.constantFrom(8_300n, 7_500n, 9_300n), fc.bigInt({ min: 1n, max: 9_999n })),
    unit: fc.constantFrom(1n, 10n, 100n),
  });

test.each([
  { name: 'a few tokens', largest: 40n, shared: 3 },
  { name: 'many tokens', largest: 5_000n, shared: 3 },
  { name: 'owed on both sides', largest: 300n, shared: 9 },
])(
  'is the factor that trying every one finds: $name',
  ({ largest, shared }) => {
    const scale = 1_200n;
    let hits = 0;
    fc.assert(
      fc.property(
        fc.array(asset(largest, shared), { minLength: 1, maxLength: 4 }),
        fc.bigInt({ min: 1n, max: 1_300n }),
        fc.bigInt({ min: 0n, max: 3n }),
        (falling, share, other) => {
          const net = falling.reduce(
            (s, a) => s + (a.threshold * a.collateral - 10_000n * a.owed) * a.answer * (100n / a.unit),
            0n,
          );
          const fixedDebt = net > 0n ? (net * share) / (1_000_000n * scale) + other : share;
          fc.pre(net > 0n && fixedDebt > 0n);
          const expected = walk(falling, fixedDebt, scale - 1n, scale);
          expect(computeHighestLiquidatableFactor(falling, fixedDebt, scale - 1n, scale)).toBe(expected);
          if (expected !== undefined) hits++;
        },
      ),
      { numRuns: 300 },
    );
    expect(hits).toBeGreaterThan(60);
  },
  30_000,
);

test('when already liquidatable it is the highest factor of all, above today’s prices', () => {
  const scale = 500n;
  fc.assert(
    fc.property(
      fc.array(asset(200n, 2), { minLength: 1, maxLength: 3 }),
      fc.bigInt({ min: 1n, max: 2_000n }),
      (falling, extra) => {
        const net = falling.reduce(
          (s, a) => s + (a.threshold * a.collateral - 10_000n * a.owed) * a.answer * (100n / a.unit),
          0n,
        );
        const gross = falling.reduce((s, a) => s + a.threshold * a.collateral * a.answer * (100n / a.unit), 0n);
        // Not nearly neutral: the obvious walk must end.
        fc.pre(net * 5n > gross);
        const fixedDebt = net / 1_000_000n + extra;
        const found = computeHighestLiquidatableFactor(falling, fixedDebt, undefined, scale);
        const reach =
          ((fixedDebt * 10_000n + falling.reduce((s, a) => s + 20_000n + a.threshold * a.collateral, 0n)) *
            100n *
            scale) /
            net +
          2n;
        fc.pre(reach < 200_000n);
        expect(found).toBe(walk(falling, fixedDebt, reach, scale));
      },
    ),
    { numRuns: 200 },
  );
});

test('of accounts of any size: liquidatable there, not one unit less of a fall, nor at less of a fall that was tried', () => {
  const real = fc.record({
    answer: fc.bigInt({ min: 10n ** 6n, max: 10n ** 13n }),
    collateral: fc.bigInt({ min: 1n, max: 10n ** 24n }),
    owed: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0n) },
      { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 10n ** 23n }) },
    ),
    threshold: fc.bigInt({ min: 5_000n, max: 9_500n }),
    unit: fc.constantFrom(10n ** 6n, 10n ** 8n, 10n ** 18n),
  });
  const scale = 10n ** 18n;
  let hits = 0;
  fc.assert(
    fc.property(
      fc.array(real, { minLength: 1, maxLength: 6 }),
      fc.bigInt({ min: 1n, max: 10n ** 6n }),
      fc.array(fc.bigInt({ min: 1n, max: 10n ** 15n }), { minLength: 6, maxLength: 6 }),
      (falling, share, distances) => {
        const top = 10n ** 18n;
        const net = falling.reduce(
          (s, a) => s + (a.threshold * a.collateral - 10_000n * a.owed) * a.answer * (top / a.unit),
          0n,
        );
        const fixedDebt = (net * share) / (10_000n * top * 1_000_000n);
        fc.pre(net > 0n && fixedDebt > 0n && !isLiquidatableAt(falling, fixedDebt, scale, scale));
        const found = computeHighestLiquidatableFactor(falling, fixedDebt, scale - 1n, scale);
        if (found === undefined) return;
        hits++;
        expect(isLiquidatableAt(falling, fixedDebt, found, scale)).toBe(true);
        for (const distance of [1n, 2n, 1_000n, 10n ** 9n, ...distances]) {
          if (found + distance <= scale)
            expect(isLiquidatableAt(falling, fixedDebt, found + distance, scale)).toBe(false);
        }
      },
    ),
    { numRuns: 2_000 },
  );
  expect(hits).toBeGreaterThan(300);
});
