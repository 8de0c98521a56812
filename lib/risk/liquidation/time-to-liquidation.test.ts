import { describe, expect, test } from 'vitest';
import type { AssetKey, BookLeg, BookPosition } from '@/lib/domain/book-position';
import { type Rational, rational } from '@/lib/units/rational';
import { describeFaceValueEdge, describeWeightedEdge } from './linear-edge';
import { computeTimeToLiquidation } from './time-to-liquidation';

const of = (numerator: bigint, denominator = 1n): Rational => rational(numerator, denominator);
const prices = new Map<AssetKey, Rational>([
  ['eth', of(3_000n)],
  ['usdc', of(1n)],
  ['dai', of(1n)],
  ['lusd', of(1n)],
]);

type Debt = readonly [asset: AssetKey, amount: bigint, rate: Rational | undefined];

const toLeg = ([asset, amount, borrowRate]: Debt): BookLeg => ({
  asset,
  amount: of(amount),
  enabled: true,
  parameters: {},
  borrowRate,
});

const position = (debt: readonly Debt[]): BookPosition => ({
  id: 'p1',
  venue: 'custom',
  owner: undefined,
  counterparty: undefined,
  collateral: [],
  debt: debt.map(toLeg),
  terms: {},
});

/** 22,980 carried by 9.575 ETH at 80 %. */
const CARRIED = [{ asset: 'eth', amount: of(9_575n, 1_000n), weight: of(4n, 5n) }];
const compute = (...debt: readonly Debt[]) => {
  const given = position(debt);
  return computeTimeToLiquidation(given, describeWeightedEdge(CARRIED, given.debt), prices);
};

const FIVE = of(5n, 100n);

describe('exists', () => {
  test('one rate: ln(22,980/18,000)/0.05 = 4.88505… years of 365 days', () => {
    const found = compute(['usdc', 18_000n, FIVE]);
    if (!found.exists) throw new Error(found.text);
    expect(found.earliestSeconds).toBeCloseTo(154_054_945.96, 1);
    expect(found.latestSeconds).toBe(found.earliestSeconds);
  });

  test('equal rates count as one', () => {
    const found = compute(['usdc', 10_000n, FIVE], ['dai', 8_000n, of(1n, 20n)]);
    if (!found.exists) throw new Error(found.text);
    expect(found.earliestSeconds).toBeCloseTo(154_054_945.96, 1);
    expect(found.latestSeconds).toBe(found.earliestSeconds);
  });

  test('several rates and a debt without interest: a bracket around the root', () => {
    // ln(20,980/16,000)/0.08 and /0.055, 0.055 = (10,000·0.04 + 6,000·0.08)/16,000; the root of
    // 10,000·exp(0.04·t) + 6,000·exp(0.08·t) + 2,000 = 22,980 by bisection is 152,813,688.7 s.
    const found = compute(['usdc', 10_000n, of(4n, 100n)], ['dai', 6_000n, of(8n, 100n)], ['lusd', 2_000n, of(0n)]);
    if (!found.exists) throw new Error(found.text);
    expect(found.earliestSeconds).toBeCloseTo(106_820_663.18, 1);
    expect(found.latestSeconds).toBeCloseTo(155_375_510.08, 1);
  });

  test('at the edge: now', () => {
    expect(compute(['usdc', 22_980n, FIVE])).toEqual({ exists: true, earliestSeconds: 0, latestSeconds: 0 });
  });

  test('near the edge: a part in 10^12 at 5 % is 20 ppt of a year', () => {
    const edge = describeWeightedEdge(
      [{ asset: 'eth', amount: of(1_000_000_000_001n), weight: of(1n, 3_000n) }],
      [toLeg(['usdc', 1_000_000_000_000n, FIVE])],
    );
    const found = computeTimeToLiquidation(position([['usdc', 1_000_000_000_000n, FIVE]]), edge, prices);
    // 1e-12/0.05·31,536,000 = 0.00063072 s
    expect(found.exists && found.earliestSeconds).toBeCloseTo(0.00063072, 9);
  });

  test('a debt at face value grows alike, whatever its price', () => {
    const given = position([['dai', 18_000n, FIVE]]);
    const edge = describeFaceValueEdge([{ asset: 'eth', amount: of(9_575n, 1_000n) }], given.debt, {
      ratio: of(5n, 4n),
      face: of(1n),
    });
    const cheap = new Map([...prices, ['dai', of(1n, 2n)] as const]);
    const found = computeTimeToLiquidation(given, edge, cheap);
    expect(found.exists && found.earliestSeconds).toBeCloseTo(154_054_945.96, 1);
  });
});

test.each([
  { name: 'no debt', debt: [], reason: 'no-debt' },
  { name: 'a debt of 0', debt: [['usdc', 0n, FIVE]], reason: 'no-debt' },
  { name: 'liquidatable already', debt: [['usdc', 22_981n, FIVE]], reason: 'already-liquidatable' },
  {
    name: 'a rate unknown',
    debt: [
      ['usdc', 1_000n, FIVE],
      ['dai', 1n, undefined],
    ],
    reason: 'rate-unknown',
  },
  { name: 'no interest', debt: [['usdc', 1_000n, of(0n)]], reason: 'no-rate' },
] as const)('none: $name', ({ debt, reason }) => {
  expect(compute(...debt)).toMatchObject({ exists: false, reason });
});

test('a debt of 0 needs no rate', () => {
  expect(compute(['usdc', 18_000n, FIVE], ['dai', 0n, undefined]).exists).toBe(true);
});
