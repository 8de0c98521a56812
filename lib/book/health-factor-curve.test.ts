import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_WHAT_IF } from '@/lib/scenarios/what-if';
import { type ExamplePosition, examplePosition, feedSide, usdc, wstETH } from '@/lib/venues/morpho-blue/testing';
import { computeCapUsage } from './cap-usage';
import { computePositionRow, type RowContext } from './compute-position-row';
import { computeHealthFactorCurve, type HealthFactorCurve } from './health-factor-curve';
import { computeUniformDropPrices } from './uniform-drop-prices';

const ONE = 10n ** 18n;
const USD = 10n ** 8n;
const context: RowContext = {
  blind: undefined,
  chainTimeSeconds: 2_000,
  marketPrices: new Map([
    [wstETH.id, { assetId: wstETH.id, answer: 2_950n * USD, observedAtMs: 0, receivedAtMs: 1_000, source: 'test' }],
  ]),
  latestWrites: new Map(),
  nowMs: 1_000,
  whatIf: NO_WHAT_IF,
};

// 10 wstETH at 3,000 against 24,000 USDC at 86 %: health factor 1.075, 1 at about 2,790.70.
const rowOf = (changes: Partial<ExamplePosition> = {}, more: Partial<RowContext> = {}) => {
  const position = examplePosition(changes);
  return computePositionRow(
    position,
    { address: position.owner, label: 'Test', kind: 'demo' },
    { ...context, ...more },
  );
};

function curveOf(...[row, request]: Parameters<typeof computeHealthFactorCurve>): HealthFactorCurve {
  const curve = computeHealthFactorCurve(row, request);
  if (!curve.known) throw new Error(curve.reason.text);
  if (curve.value === null) throw new Error('There is no debt.');
  return curve.value;
}

describe('health factor against a price', () => {
  test('rises with the collateral, holds today, the market and the liquidation price exactly', () => {
    const curve = curveOf(rowOf(), { assetId: wstETH.id, whatIf: NO_WHAT_IF });
    expect(curve.current).toEqual({ answer: 3_000n * USD, healthFactor: 1_075_000_000_000_000_000n });
    expect(curve).toMatchObject({ today: undefined, isLiquidatable: false, liquidation: { direction: 'below' } });
    // 10 · 2,950 · 0.86 / 24,000 = 1.057083…
    expect(curve.market?.healthFactor.toString().slice(0, 7)).toBe('1057083');
    // 24,000 / 8.6 = 2,790.697674…; the oracle's own rounding is the venue's affair, a cent is not.
    expect(Number(curve.liquidation?.answer) / 1e8).toBeCloseTo(2_790.6977, 2);
    expect(curve.liquidation && curve.liquidation.healthFactor < ONE).toBe(true);
    expect(curve.points.length).toBeGreaterThanOrEqual(80);
    curve.points.forEach((point, index) => {
      const before = curve.points[index - 1];
      if (before) expect(point.answer > before.answer && point.healthFactor >= before.healthFactor).toBe(true);
      // Σ collateral·lltv / debt, to 9 digits: floors of the oracle and of the debt move the rest.
      const expected = (Number(point.answer) / 1e8) * ((10 * 0.86) / 24_000);
      expect(Number(point.healthFactor) / 1e18).toBeCloseTo(expected, 6);
    });
    const answers = new Set(curve.points.map(({ answer }) => answer));
    for (const mark of [curve.current, curve.market, curve.liquidation])
      expect(answers.has(mark?.answer ?? 0n)).toBe(true);
  });

  test('falls with the price of the debt', () => {
    const curve = curveOf(rowOf(), { assetId: usdc.id, whatIf: NO_WHAT_IF });
    curve.points.forEach((point, index) => {
      const before = curve.points[index - 1];
      if (before) expect(point.healthFactor <= before.healthFactor).toBe(true);
    });
    expect(curve.liquidation && curve.liquidation.answer > curve.current.answer).toBe(true);
    expect(curve.liquidation?.direction).toBe('above');
    expect(curve.market).toBeUndefined();
  });

  test('any range is sampled within it, ends included', () => {
    const low = fc.bigInt({ min: 1n, max: 10n ** 12n });
    const width = fc.bigInt({ min: 0n, max: 10n ** 13n });
    fc.assert(
      fc.property(low, width, fc.integer({ min: 2, max: 120 }), (start, span, samples) => {
        const range = { low: start, high: start + span };
        const { points } = curveOf(rowOf(), { assetId: wstETH.id, whatIf: NO_WHAT_IF, range, samples });
        expect(points[0]?.answer).toBe(range.low);
        expect(points.at(-1)?.answer).toBe(range.high);
        expect(points.length).toBeLessThanOrEqual(samples + 3);
      }),
      { numRuns: 30 },
    );
  });

  test('with a what-if the other prices stand where it puts them', () => {
    // USDC at 1.05 lifts the debt's value by 5 %: the same ETH price has a health factor 1.05 times lower.
    const whatIf = { allBps: 0, byFamily: { usdc: 500 } };
    const range = { low: 3_000n * USD, high: 3_200n * USD };
    const plain = curveOf(rowOf(), { assetId: wstETH.id, whatIf: NO_WHAT_IF, range, samples: 5 });
    const shocked = curveOf(rowOf({}, { whatIf }), { assetId: wstETH.id, whatIf, range, samples: 5 });
    plain.points.forEach((point) => {
      const other = shocked.points.find(({ answer }) => answer === point.answer);
      if (other) expect(Number(point.healthFactor) / Number(other.healthFactor)).toBeCloseTo(1.05, 6);
    });
    expect(shocked.points.length).toBeGreaterThan(3);
  });

  test('under a what-if today keeps its own place, and only where the what-if changes the position', () => {
    const fall = { allBps: 0, byFamily: { eth: -2000 } };
    const curve = curveOf(rowOf({}, { whatIf: fall }), { assetId: wstETH.id, whatIf: fall });
    // 10 · 2,400 · 0.86 / 24,000: liquidatable there, and cured above the same 2,790.70.
    expect(curve.current).toEqual({ answer: 2_400n * USD, healthFactor: 860_000_000_000_000_000n });
    expect(curve.today).toEqual({ answer: 3_000n * USD, healthFactor: 1_075_000_000_000_000_000n });
    expect(curve.isLiquidatable).toBe(true);
    expect(curve.liquidation?.direction).toBe('below');
    expect(curve.range.high > 3_000n * USD).toBe(true);
    const elsewhere = { allBps: 0, byFamily: { btc: -2000 } };
    const untouched = curveOf(rowOf({}, { whatIf: elsewhere }), { assetId: wstETH.id, whatIf: elsewhere });
    expect(untouched.today).toBeUndefined();
    const dollar = { allBps: 0, byFamily: { usdc: 500 } };
    const other = curveOf(rowOf({}, { whatIf: dollar }), { assetId: wstETH.id, whatIf: dollar });
    expect(other.today?.answer).toBe(other.current.answer);
    expect(other.today && other.today.healthFactor > other.current.healthFactor).toBe(true);
  });

  test('without debt, without a price, or of another asset there is no curve, and it says why', () => {
    const reasonOf = (...args: Parameters<typeof computeHealthFactorCurve>) => {
      const curve = computeHealthFactorCurve(...args);
      return curve.known ? undefined : curve.reason.code;
    };
    const request = { assetId: wstETH.id, whatIf: NO_WHAT_IF };
    expect(computeHealthFactorCurve(rowOf({ borrowShares: 0n }), request)).toEqual({ known: true, value: null });
    expect(reasonOf(rowOf({ base: feedSide(wstETH, 0n), price: undefined }), request)).toBe('price-invalid');
    expect(reasonOf(rowOf(), { ...request, assetId: 'eip155:1/erc20:0x00' as typeof wstETH.id })).toBe('asset-unknown');
    const blind = { code: 'chain-unreachable', text: 'Gone.' } as const;
    expect(reasonOf(rowOf({}, { blind }), request)).toBe('chain-unreachable');
  });
});

test('the prices that a common fall of all collateral means', () => {
  const row = rowOf();
  const prices = computeUniformDropPrices(row);
  if (!prices.known) throw new Error(prices.reason.text);
  // One collateral: the common fall is its own liquidation price.
  const alone = row.liquidationPrices.known ? row.liquidationPrices.value.alone[0] : undefined;
  expect(prices.value).toHaveLength(1);
  expect(prices.value[0]).toMatchObject({ asset: wstETH, answer: alone?.exists ? alone.answer : 0n });
  const without = computeUniformDropPrices(rowOf({ borrowShares: 0n }));
  expect(without.known && without.value).toEqual([]);
});

test('cap usage is rounded against whoever wants room', () => {
  expect(computeCapUsage(750_000_000n, 1_000n, 6)).toBe((ONE * 3n) / 4n);
  expect(computeCapUsage(1n, 3n, 0)).toBe(333_333_333_333_333_334n);
  expect([computeCapUsage(1n, undefined, 6), computeCapUsage(undefined, 1n, 6), computeCapUsage(1n, 0n, 6)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
