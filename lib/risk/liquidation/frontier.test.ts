import { describe, expect, test } from 'vitest';
import type { AssetKey } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import { type Rational, rational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { computeFrontier, type Frontier, type PricePoint } from './frontier';
import { describeWeightedEdge } from './linear-edge';

const of = (numerator: bigint, denominator = 1n): Rational => rational(numerator, denominator);
const prices = new Map<AssetKey, Rational>([
  ['eth', of(3_000n)],
  ['btc', of(90_000n)],
  ['usdc', of(1n)],
]);
const leg = (asset: AssetKey, amount: Rational, weight: Rational) => ({ asset, amount, weight });
const owe = (asset: AssetKey, amount: bigint) => ({ asset, amount: of(amount) });
const span = (from: bigint, to: bigint) => ({ from: of(from), to: of(to) });

const ETH = leg('eth', of(5n), of(83n, 100n));
const BTC = leg('btc', of(15n, 100n), of(78n, 100n));
const USD = leg('usdc', of(20_000n), of(3n, 4n));

const write = ({ x, y }: PricePoint): string =>
  [x, y]
    .map(reduceRational)
    .map(({ numerator, denominator }) => (denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`))
    .join(' ');
const ends = (frontier: Frontier): readonly string[] => (frontier.exists ? frontier.points.map(write) : []);

describe('where it runs', () => {
  test('two collaterals: falls from left to right, liquidatable below', () => {
    const documented = describeWeightedEdge([ETH, BTC], [owe('usdc', 18_000n)]);
    const found = computeFrontier(documented, prices, 'eth', 'btc', { x: span(0n, 4_000n), y: span(0n, 200_000n) });
    // 4.15·x + 0.117·y = 18,000. At x = 0: 18,000/0.117; at x = 4,000: 1,400/0.117.
    expect(ends(found)).toEqual(['0 2000000/13', '4000 1400000/117']);
    expect(found).toMatchObject({ exists: true, liquidatableSide: 'below', today: { liquidatable: false } });
    expect(found.liquidatableArea.map(write)).toEqual(['0 0', '4000 0', '4000 1400000/117', '0 2000000/13']);
  });

  test('one long, one short: rises, liquidatable above', () => {
    // 5·0.83·x − 0.1·y ≥ 0: y = 41.5·x, out of the frame's top at x = 100,000/41.5.
    const edge = describeWeightedEdge([ETH], [{ asset: 'btc', amount: of(1n, 10n) }]);
    const found = computeFrontier(edge, prices, 'eth', 'btc', { x: span(1_000n, 6_000n), y: span(0n, 100_000n) });
    expect(ends(found)).toEqual(['1000 41500', '200000/83 100000']);
    expect(found).toMatchObject({ liquidatableSide: 'above', today: { liquidatable: false } });
    expect(found.liquidatableArea.map(write)).toEqual(['200000/83 100000', '1000 100000', '1000 41500']);
  });

  test('a price without weight: horizontal or vertical', () => {
    // 15,000 carry 4 ETH up to 3,750; BTC is not there.
    const short = describeWeightedEdge([USD], [owe('eth', 4n)]);
    const frame = { x: span(0n, 100_000n), y: span(0n, 5_000n) };
    const flat = computeFrontier(short, prices, 'btc', 'eth', frame);
    expect(ends(flat)).toEqual(['0 3750', '100000 3750']);
    expect(flat).toMatchObject({ liquidatableSide: 'above' });
    const upright = computeFrontier(short, prices, 'eth', 'btc', { x: frame.y, y: frame.x });
    expect(ends(upright)).toEqual(['3750 0', '3750 100000']);
    expect(upright).toMatchObject({ liquidatableSide: 'right' });
    // 4.15·x = 8,300
    const long = describeWeightedEdge([ETH], [owe('usdc', 8_300n)]);
    const left = computeFrontier(long, prices, 'eth', 'btc', { x: frame.y, y: frame.x });
    expect(ends(left)).toEqual(['2000 0', '2000 100000']);
    expect(left).toMatchObject({ liquidatableSide: 'left' });
  });

  test('through a corner and along a border of the frame', () => {
    // x + y = 4 with weights of 1, in a frame from (0, 0) to (4, 4): the corners (0, 4) and (4, 0), each found twice.
    const edge = describeWeightedEdge([leg('eth', of(1n), of(1n)), leg('btc', of(1n), of(1n))], [owe('usdc', 4n)]);
    const found = computeFrontier(edge, prices, 'eth', 'btc', { x: span(0n, 4n), y: span(0n, 4n) });
    expect(ends(found)).toEqual(['0 4', '4 0']);
    const one = describeWeightedEdge([leg('eth', of(1n), of(1n))], [owe('usdc', 4n)]);
    const border = computeFrontier(one, prices, 'eth', 'btc', { x: span(4n, 8n), y: span(0n, 4n) });
    expect(ends(border)).toEqual(['4 0', '4 4']);
    expect(border.liquidatableArea).toEqual([]);
  });

  test('today on the wrong side', () => {
    const edge = describeWeightedEdge([ETH, BTC], [owe('usdc', 23_000n)]);
    const found = computeFrontier(edge, prices, 'eth', 'btc', { x: span(0n, 4_000n), y: span(0n, 200_000n) });
    expect(found.today).toMatchObject({ x: of(3_000n), y: of(90_000n), liquidatable: true });
  });
});

describe('none', () => {
  const frame = { x: span(1_000n, 4_000n), y: span(10_000n, 200_000n) };
  const whole = ['1000 10000', '4000 10000', '4000 200000', '1000 200000'];
  test.each([
    { name: 'no debt', collateral: [ETH, BTC], debt: [], reason: 'no-debt', area: [] },
    { name: 'neither weighs, safe', collateral: [USD], debt: [owe('usdc', 15_000n)], reason: 'no-effect', area: [] },
    {
      name: 'neither weighs, liquidatable',
      collateral: [USD],
      debt: [owe('usdc', 15_001n)],
      reason: 'no-effect',
      area: whole,
    },
    { name: 'never', collateral: [ETH, BTC, USD], debt: [owe('usdc', 15_000n)], reason: 'never', area: [] },
    {
      name: 'everywhere',
      collateral: [USD],
      debt: [owe('usdc', 15_000n), owe('eth', 1n)],
      reason: 'everywhere',
      area: whole,
    },
    // 4.15·x + 0.117·y = 100,000: above the frame's upper corner, 16,600 + 23,400.
    {
      name: 'beyond the frame',
      collateral: [ETH, BTC],
      debt: [owe('usdc', 100_000n)],
      reason: 'outside-frame',
      area: whole,
    },
    // Touches the corner (1,000, 10,000) alone: 4,150 + 1,170.
    { name: 'a corner alone', collateral: [ETH, BTC], debt: [owe('usdc', 5_320n)], reason: 'outside-frame', area: [] },
  ])('$name', ({ collateral, debt, reason, area }) => {
    const found = computeFrontier(describeWeightedEdge(collateral, debt), prices, 'eth', 'btc', frame);
    expect(found).toMatchObject({ exists: false, reason });
    expect(found.liquidatableArea.map(write)).toEqual(area);
  });

  test('one asset twice, or a frame that is none, is refused', () => {
    const edge = describeWeightedEdge([ETH], [owe('usdc', 1n)]);
    expect(() => computeFrontier(edge, prices, 'eth', 'eth', frame)).toThrow(InvalidInputError);
    for (const x of [span(4n, 4n), span(-1n, 4n)]) {
      expect(() => computeFrontier(edge, prices, 'eth', 'btc', { ...frame, x })).toThrow(InvalidInputError);
    }
  });
});
