import { describe, expect, test } from 'vitest';
import type { AssetKey } from '@/lib/domain/book-position';
import { compareRational, type Rational, rational } from '@/lib/units/rational';
import { computeDirectionPrice } from './direction-price';
import { describeFaceValueEdge, describeWeightedEdge } from './linear-edge';

const of = (numerator: bigint, denominator = 1n): Rational => rational(numerator, denominator);
const prices = new Map<AssetKey, Rational>([
  ['eth', of(3_000n)],
  ['btc', of(90_000n)],
  ['usdc', of(1n)],
  ['doge', of(1n, 5n)],
]);
const leg = (asset: AssetKey, amount: Rational, weight: Rational) => ({ asset, amount, weight });
const owe = (asset: AssetKey, amount: bigint) => ({ asset, amount: of(amount) });
const along = (...speeds: readonly (readonly [AssetKey, Rational])[]) => new Map(speeds);

const ETH = leg('eth', of(5n), of(83n, 100n));
const BTC = leg('btc', of(15n, 100n), of(78n, 100n));
const documented = describeWeightedEdge([ETH, BTC], [owe('usdc', 18_000n)]);

describe('exists', () => {
  test('two collaterals that fall at unlike speeds', () => {
    const found = computeDirectionPrice(documented, prices, along(['eth', of(-1n)], ['btc', of(-4n, 5n)]));
    if (!found.exists) throw new Error(found.text);
    // 22,980 − 18,000 = 4,980 over 12,450 + 0.8·10,530 = 20,874: 4,980/20,874 = 830/3,479
    expect(found.t).toEqual(of(830n, 3_479n));
    // 3,000·(1 − 830/3,479) = 3,000·2,649/3,479; 90,000·(1 − 664/3,479) = 90,000·2,815/3,479
    expect(compareRational(found.prices.get('eth') ?? of(0n), of(7_947_000n, 3_479n))).toBe(0);
    expect(compareRational(found.prices.get('btc') ?? of(0n), of(253_350_000n, 3_479n))).toBe(0);
    expect(found.prices.get('usdc')).toEqual(of(1n));
  });

  test('a short: its price rises by half', () => {
    // 20,000 of a dollar at 75 % carry 15,000; 10,000/3 more than 15,000 − 4·3,000 = 3,000: t = 3,000/12,000
    const short = describeWeightedEdge([leg('usdc', of(20_000n), of(3n, 4n))], [owe('eth', 4n)]);
    const found = computeDirectionPrice(short, prices, along(['eth', of(1n)]));
    expect(found.exists && found.t).toEqual(of(1n, 4n));
  });

  test('at the edge already: t is 0, which is safe', () => {
    const edge = describeWeightedEdge([leg('eth', of(1n), of(1n, 2n))], [owe('usdc', 1_500n)]);
    const found = computeDirectionPrice(edge, prices, along(['eth', of(-1n)]));
    expect(found.exists && found.t.numerator).toBe(0n);
  });
});

test.each([
  { name: 'no debt', edge: describeWeightedEdge([ETH], []), direction: along(['eth', of(-1n)]), reason: 'no-debt' },
  {
    name: 'liquidatable already',
    edge: describeWeightedEdge([ETH], [owe('usdc', 12_451n)]),
    direction: along(['eth', of(1n)]),
    reason: 'already-liquidatable',
  },
  { name: 'nothing moves', edge: documented, direction: along(), reason: 'no-effect' },
  { name: 'another asset moves', edge: documented, direction: along(['doge', of(-1n)]), reason: 'no-effect' },
  {
    name: 'a debt at face value',
    edge: describeFaceValueEdge([owe('eth', 10n)], [owe('usdc', 9_000n)], { ratio: of(3n, 2n), face: of(1n) }),
    direction: along(['usdc', of(5n)]),
    reason: 'no-effect',
  },
  {
    name: 'one asset on both sides alike',
    edge: describeWeightedEdge([leg('eth', of(4n), of(1n, 2n)), BTC], [owe('eth', 2n)]),
    direction: along(['eth', of(-1n)]),
    reason: 'sides-cancel',
  },
  {
    // ETH loses 12,450·t, BTC gains the same.
    name: 'one falls as much as another rises',
    edge: documented,
    direction: along(['eth', of(-1n)], ['btc', of(12_450n, 10_530n)]),
    reason: 'sides-cancel',
  },
  { name: 'collateral rises', edge: documented, direction: along(['eth', of(1n)]), reason: 'moves-away' },
  {
    // BTC alone carries 10,530: even ETH at 0 leaves it safe.
    name: 'carried by the other',
    edge: describeWeightedEdge([ETH, BTC], [owe('usdc', 10_000n)]),
    direction: along(['eth', of(-1n)]),
    reason: 'beyond-zero',
  },
  {
    // Exactly at 0: safe there, and no price lies beyond.
    name: 'carried by the other to the last unit',
    edge: describeWeightedEdge([ETH, BTC], [owe('usdc', 10_530n)]),
    direction: along(['eth', of(-1n)]),
    reason: 'beyond-zero',
  },
  {
    // At t = 1/3 BTC is at 0, with ETH at two thirds: 8,300 still carry 5,000.
    name: 'the faster one reaches 0 first',
    edge: describeWeightedEdge([ETH, BTC], [owe('usdc', 5_000n)]),
    direction: along(['eth', of(-1n)], ['btc', of(-3n)]),
    reason: 'beyond-zero',
  },
])('none: $name', ({ edge, direction, reason }) => {
  const found = computeDirectionPrice(edge, prices, direction);
  expect(found).toMatchObject({ exists: false, reason });
  expect(!found.exists && found.text).not.toBe('');
});
