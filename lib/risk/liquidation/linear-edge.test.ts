import { expect, test } from 'vitest';
import type { AssetKey } from '@/lib/domain/book-position';
import { compareRational, type Rational, rational } from '@/lib/units/rational';
import {
  computeEdgeValues,
  computeNetWeight,
  computeSlack,
  describeFaceValueEdge,
  describeWeightedEdge,
  listEdgeAssets,
  owesNothing,
} from './linear-edge';

const of = (numerator: bigint, denominator = 1n): Rational => rational(numerator, denominator);
const prices = new Map<AssetKey, Rational>([
  ['eth', of(3_000n)],
  ['usdc', of(1n)],
  ['dai', of(9n, 10n)],
]);
const amount = (asset: AssetKey, value: bigint) => ({ asset, amount: of(value) });
const isEqual = (a: Rational, b: Rational): boolean => compareRational(a, b) === 0;

// 10 ETH at 80 % and 1,000 of a dollar at 75 %, against 2 ETH that count 1.1 times and 12,000 of the dollar.
const cross = describeWeightedEdge(
  [
    { ...amount('eth', 10n), weight: of(4n, 5n) },
    { ...amount('usdc', 1_000n), weight: of(3n, 4n) },
  ],
  [{ ...amount('eth', 2n), weight: of(11n, 10n) }, amount('usdc', 12_000n)],
);

test('both sides of a weighted edge', () => {
  const { carried, owed } = computeEdgeValues(cross, prices);
  // 10·3,000·0.8 + 1,000·0.75 and 2·3,000·1.1 + 12,000
  expect(isEqual(carried, of(24_750n))).toBe(true);
  expect(isEqual(owed, of(18_600n))).toBe(true);
  expect(isEqual(computeSlack(cross, prices), of(6_150n))).toBe(true);
});

test('net weight: 8 − 2.2 of ETH, 750 − 12,000 of the dollar, 0 of what is not there', () => {
  expect(isEqual(computeNetWeight(cross, 'eth'), of(58n, 10n))).toBe(true);
  expect(isEqual(computeNetWeight(cross, 'usdc'), of(-11_250n))).toBe(true);
  expect(isEqual(computeNetWeight(cross, 'dai'), of(0n))).toBe(true);
  expect(listEdgeAssets(cross)).toEqual(['eth', 'usdc']);
});

test('a debt at face value counts the same at every price', () => {
  const vault = describeFaceValueEdge([amount('eth', 10n)], [amount('dai', 10_000n)], {
    ratio: of(3n, 2n),
    face: of(1n),
  });
  const { carried, owed } = computeEdgeValues(vault, prices);
  // 30,000 / 1.5 and 10,000, whatever the market pays for DAI
  expect(isEqual(carried, of(20_000n))).toBe(true);
  expect(isEqual(owed, of(10_000n))).toBe(true);
  expect(isEqual(computeNetWeight(vault, 'dai'), of(0n))).toBe(true);
});

test('nothing owed: no debt, or debts of 0', () => {
  expect(owesNothing(cross)).toBe(false);
  expect(owesNothing(describeWeightedEdge([], []))).toBe(true);
  expect(owesNothing(describeWeightedEdge([], [amount('usdc', 0n)]))).toBe(true);
});
