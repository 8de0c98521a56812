import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AssetView, computeEdgePrice } from './edge-price';
import { computeExcess } from './liquidatable';

/** The contract's own words, in order: wadDiv half up, then / 100_00, then < 1e18. */
function isLiquidatable(byThreshold: bigint, debt: bigint): boolean {
  if (debt === 0n) return false;
  const wadDiv = (byThreshold * 10n ** 18n + debt / 2n) / debt;
  return wadDiv / 10_000n < 10n ** 18n;
}

const ceil = (a: bigint, b: bigint): bigint => a / b + (a % b === 0n ? 0n : 1n);

const isLiquidatableAt = (view: AssetView, price: bigint): boolean =>
  isLiquidatable(
    view.otherByThreshold + view.threshold * ((view.collateral * price) / view.unit),
    view.otherDebt + ceil(view.owed * price, view.unit),
  );

test('the integer condition is the contract’s comparison, also where half-up rounding matters', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.bigInt({ min: 1n, max: 10n ** 6n }), fc.bigInt({ min: 10n ** 17n, max: 10n ** 22n })),
      fc.bigInt({ min: -20_000n, max: 20_000n }),
      (debt, offset) => {
        const byThreshold = 10_000n * debt + offset < 0n ? 0n : 10_000n * debt + offset;
        expect(computeExcess(byThreshold, debt) > 0n).toBe(isLiquidatable(byThreshold, debt));
      },
    ),
    { numRuns: 5_000 },
  );
  expect(computeExcess(0n, 0n)).toBe(0n);
});

/** Liquidatable prices by trying every one; plain numbers, which are exact at these sizes. */
function walk(view: AssetView, from: number, to: number): number | undefined {
  const [c, d, t, u] = [Number(view.collateral), Number(view.owed), Number(view.threshold), Number(view.unit)];
  const [n0, d0] = [Number(view.otherByThreshold), Number(view.otherDebt)];
  const step = to >= from ? 1 : -1;
  for (let p = from; p !== to + step; p += step) {
    if (10_000 * (d0 + Math.ceil((d * p) / u)) > n0 + t * Math.floor((c * p) / u)) return p;
  }
  return undefined;
}

const small = fc.record({
  collateral: fc.bigInt({ min: 0n, max: 3_000n }),
  owed: fc.bigInt({ min: 0n, max: 3_000n }),
  threshold: fc.oneof(fc.constantFrom(8_300n, 9_350n, 7_800n), fc.bigInt({ min: 1n, max: 9_999n })),
  unit: fc.constantFrom(10n, 100n, 1_000n),
  otherByThreshold: fc.bigInt({ min: 0n, max: 40_000_000n }),
  otherDebt: fc.bigInt({ min: 0n, max: 4_000n }),
});

const LIMIT = 60_000;

describe('edge price', () => {
  test('of any small account is the one that trying every price finds', () => {
    let [below, above] = [0, 0];
    fc.assert(
      fc.property(small, fc.option(fc.bigInt({ min: 1n, max: 20_000n })), (view, start) => {
        const weight = view.threshold * view.collateral - 10_000n * view.owed;
        const owedByOthers = 10_000n * view.otherDebt - view.otherByThreshold;
        if (weight > 0n && owedByOthers > 0n) {
          const found = computeEdgePrice(view, 'below', start ?? undefined);
          fc.pre(found === undefined || found < BigInt(LIMIT));
          // Far enough above for every price that rounding could make liquidatable.
          const top = Number((owedByOthers + 20_000n) * view.unit) / Number(weight) + 1;
          fc.pre(top < 1_000_000);
          const expected = walk(
            view,
            Math.min(Math.ceil(top), start === null ? Number.POSITIVE_INFINITY : Number(start)),
            1,
          );
          expect(found).toBe(expected === undefined ? undefined : BigInt(expected));
          below++;
        } else if (weight < 0n && owedByOthers < 0n) {
          const found = computeEdgePrice(view, 'above', start ?? undefined);
          const expected = walk(view, Number(start ?? 1n), LIMIT);
          if (expected === undefined) expect(found).toBeGreaterThan(BigInt(LIMIT));
          else expect(found).toBe(BigInt(expected));
          above++;
        }
      }),
      { numRuns: 3_000 },
    );
    expect(below).toBeGreaterThan(200);
    expect(above).toBeGreaterThan(200);
  });

  test('of sides that nearly cancel, where a band of millions of prices is in doubt', () => {
    const nearly = fc.record({
      threshold: fc.constantFrom(8_300n, 7_777n, 9_500n, 6_666n, 8_001n),
      owed: fc.bigInt({ min: 500n, max: 900n }),
      tilt: fc.bigInt({ min: 1n, max: 400n }),
      owedByOthers: fc.bigInt({ min: 1n, max: 60_000n }),
      direction: fc.constantFrom('below' as const, 'above' as const),
    });
    let slow = 0;
    fc.assert(
      fc.property(nearly, ({ threshold, owed, tilt, owedByOthers, direction }) => {
        const collateral = (10_000n * owed) / threshold + (direction === 'below' ? 1n + tilt / 400n : -(tilt / 400n));
        const weight = threshold * collateral - 10_000n * owed;
        fc.pre(direction === 'below' ? weight > 0n : weight < 0n);
        const view: AssetView = {
          collateral,
          owed,
          threshold,
          unit: 1_000n,
          otherByThreshold: direction === 'below' ? 0n : owedByOthers * 100n,
          otherDebt: direction === 'below' ? ceil(owedByOthers, 100n) : 0n,
        };
        const size = weight < 0n ? -weight : weight;
        if ((20_000n * collateral) / size > 1_024n) slow++;
        const found = computeEdgePrice(view, direction);
        const owedBy = 10_000n * view.otherDebt - view.otherByThreshold;
        const reach = Number((((owedBy < 0n ? -owedBy : owedBy) + 20_000n) * 1_000n) / size + 2n);
        const expected = direction === 'below' ? walk(view, reach, 1) : walk(view, 1, reach);
        expect(found).toBe(expected === undefined ? undefined : BigInt(expected));
      }),
      { numRuns: 80 },
    );
    expect(slow).toBeGreaterThan(15);
  }, 30_000);

  test('of accounts of any size: liquidatable there, not one unit nearer, nor anywhere nearer that was tried', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 26n });
    const large = fc.record({
      collateral: amount,
      owed: amount,
      threshold: fc.bigInt({ min: 1n, max: 9_999n }),
      unit: fc.constantFrom(10n ** 6n, 10n ** 8n, 10n ** 18n),
      otherByThreshold: fc.bigInt({ min: 0n, max: 10n ** 27n }),
      otherDebt: fc.bigInt({ min: 0n, max: 10n ** 22n }),
    });
    const probes = fc.array(fc.bigInt({ min: 1n, max: 10n ** 14n }), { minLength: 5, maxLength: 5 });
    let [below, above] = [0, 0];
    fc.assert(
      fc.property(large, probes, (view, distances) => {
        const weight = view.threshold * view.collateral - 10_000n * view.owed;
        const owedByOthers = 10_000n * view.otherDebt - view.otherByThreshold;
        const direction =
          weight > 0n && owedByOthers > 0n ? 'below' : weight < 0n && owedByOthers < 0n ? 'above' : null;
        fc.pre(direction !== null);
        const edge = direction && computeEdgePrice(view, direction);
        if (!edge) return;
        const nearer = direction === 'below' ? 1n : -1n;
        expect(isLiquidatableAt(view, edge)).toBe(true);
        for (const distance of [1n, ...distances]) {
          const price = edge + nearer * distance;
          if (price >= 1n) expect(isLiquidatableAt(view, price)).toBe(false);
        }
        if (direction === 'below') below++;
        else above++;
      }),
      { numRuns: 5_000 },
    );
    expect(below).toBeGreaterThan(200);
    expect(above).toBeGreaterThan(200);
  });

  test('of amounts that cancel in all but the last digits', () => {
    // 83 and 100 whole tokens at 83 %, one unit off: the band spans 10²² prices, and the answer is found at once.
    const view: AssetView = {
      collateral: 100n * 10n ** 18n + 1n,
      owed: 83n * 10n ** 18n,
      threshold: 8_300n,
      unit: 10n ** 18n,
      otherByThreshold: 0n,
      otherDebt: 1n,
    };
    const edge = computeEdgePrice(view, 'below', 311_902_000_000n);
    expect(edge).toBeDefined();
    expect(isLiquidatableAt(view, edge ?? 0n)).toBe(true);
    expect(isLiquidatableAt(view, (edge ?? 0n) + 1n) && (edge ?? 0n) < 311_902_000_000n).toBe(false);
  });
});
