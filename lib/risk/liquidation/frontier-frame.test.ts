import { expect, test } from 'vitest';
import type { AssetKey } from '@/lib/domain/book-position';
import { type Rational, rational } from '@/lib/units/rational';
import { computeFrontierFrame } from './frontier-frame';
import { describeWeightedEdge } from './linear-edge';

const of = (numerator: bigint, denominator = 1n): Rational => rational(numerator, denominator);
const prices = new Map<AssetKey, Rational>([
  ['eth', of(3_000n)],
  ['btc', of(90_000n)],
  ['usdc', of(1n)],
]);
const USD = { asset: 'usdc', amount: of(40_000n), weight: of(3n, 4n) };
const owe = (asset: AssetKey, amount: Rational) => ({ asset, amount });

test('a quarter above the liquidation price of a short, and above today’s of what does not weigh', () => {
  // 30,000 carry 8 ETH up to 3,750.
  const frame = computeFrontierFrame(describeWeightedEdge([USD], [owe('eth', of(8n))]), prices, 'eth', 'btc');
  expect(frame).toEqual({ x: { from: of(0n), to: of(9_375n, 2n) }, y: { from: of(0n), to: of(112_500n) } });
});

test('a liquidation price below today’s, or further than four times, leaves today’s', () => {
  // ETH turns at 1,000 below; 30,000 − 0 carry 2 ETH up to 15,000, five times today's.
  const long = describeWeightedEdge([{ asset: 'eth', amount: of(10n), weight: of(1n) }], [owe('usdc', of(10_000n))]);
  expect(computeFrontierFrame(long, prices, 'eth', 'btc').x.to).toEqual(of(3_750n));
  const far = describeWeightedEdge([USD], [owe('eth', of(2n))]);
  expect(computeFrontierFrame(far, prices, 'eth', 'btc').x.to).toEqual(of(3_750n));
});

test('liquidatable already: the price at which it would be safe again is shown', () => {
  // 10 ETH carry 40,000 from 4,000 on.
  const under = describeWeightedEdge([{ asset: 'eth', amount: of(10n), weight: of(1n) }], [owe('usdc', of(40_000n))]);
  expect(computeFrontierFrame(under, prices, 'eth', 'btc').x.to).toEqual(of(5_000n));
});
