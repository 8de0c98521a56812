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

test('a debt that falls with the collateral and outweighs it in one asset is no obstacle', () => {
  const unit = 10n ** 18n;
  const falling: readonly FallingAsset[] = [
    {
      answer: 20_573_339_554_646n,
      collateral: 1_077_540_272_249_035_610n,
      owed: 1_066_062_765_479_275_142n,
      threshold: 8_100n,
      unit,
    },
    { answer: 113_994_723_922_341n, collateral: 437_074_719_573_803_232n, owed: 0n, threshold: 8_000n, unit },
    {
      answer: 32_277_336n,
      collateral: 38_614_443_149_936_973_416n,
      owed: 592_991_896_484_543_018_993_723n,
      threshold: 7_700n,
      unit,
    },
  ];
  const fixedDebt = ceil(3_611_910_472_195n * 2_537_077n, 10n ** 6n);
  const found = computeHighestLiquidatableFactor(falling, fixedDebt, 10n ** 18n - 1n) ?? 0n;
  expect(isLiquidatableAt(falling, fixedDebt, found, 10n ** 18n)).toBe(true);
  for (const distance of [1n, 10n, 10n ** 3n, 10n ** 5n, 10n ** 6n, 10n ** 7n, 10n ** 8n, 10n ** 9n, 10n ** 10n]) {
    expect(isLiquidatableAt(falling, fixedDebt, found + distance, 10n ** 18n)).toBe(false);
  }
});

test('of accounts of any size: liquidatable there, not one unit less of a fall, nor at less of a fall that was tried', () => {
  const real = fc.record({
    answer: fc.bigInt({ min: 10n ** 6n, max: 10n ** 13n }),
    collateral: fc.bigInt({ min: 1n, max: 10n ** 24n }),
    owed: fc.oneof(
      { weight: 2, arbitrary: fc.constant(0n) },
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

test('an account that is neutral to the last digits still ends, with a factor that is liquidatable', () => {
  const unit = 10n ** 18n;
  const scale = 10n ** 18n;
  // Longs and shorts of six assets cancel but for a billionth.
  const falling = Array.from({ length: 6 }, (_, index): FallingAsset => {
    const collateral = 10n ** 22n + BigInt(index) * 7_919n * 10n ** 15n;
    const share = index % 2 === 0 ? 8_299n : 8_301n;
    return {
      answer: 10n ** 12n + BigInt(index) * 104_729n,
      collateral,
      owed: (collateral * share) / 10_000n,
      threshold: 8_300n,
      unit,
    };
  });
  const net = falling.reduce((s, a) => s + (a.threshold * a.collateral - 10_000n * a.owed) * a.answer, 0n) / unit;
  const [first] = falling;
  if (!first) throw new Error('There is a first.');
  const tilt: FallingAsset = {
    ...first,
    owed: 0n,
    collateral: ((-net + 10n ** 12n) * unit) / (8_300n * first.answer) + 1n,
  };
  const fixedDebt = 2_000_000n;
  const found = computeHighestLiquidatableFactor([...falling, tilt], fixedDebt, scale - 1n);
  expect(found !== undefined && isLiquidatableAt([...falling, tilt], fixedDebt, found, scale)).toBe(true);
});
