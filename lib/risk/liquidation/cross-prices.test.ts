import { describe, expect, test } from 'vitest';
import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import { compareRational, type Rational, rational } from '@/lib/units/rational';
import { readBookPrice } from './book-values';
import { type CrossPosition, computeCrossPrices } from './cross-prices';

const of = (numerator: bigint, denominator = 1n): Rational => rational(numerator, denominator);
const prices: PriceBook = new Map<AssetKey, Rational>([
  ['eth', of(3_000n)],
  ['btc', of(90_000n)],
  ['usdc', of(1n)],
]);
const leg = (asset: AssetKey, amount: bigint, weight = of(8n, 10n)) => ({ asset, amount: of(amount), weight });
const position = (changes: Partial<CrossPosition>): CrossPosition => ({
  collateral: [],
  debt: [],
  idle: [],
  ...changes,
});
const reasons = (given: CrossPosition) => {
  const { alone, together } = computeCrossPrices(given, prices);
  return [...alone]
    .map(([asset, price]) => [asset, price.exists ? price.direction : price.reason])
    .concat([['together', together.exists ? 'exists' : together.reason]]);
};

describe('why there is none', () => {
  test('no debt, also with a debt of 0', () => {
    const expected = [
      ['eth', 'no-debt'],
      ['usdc', 'no-debt'],
      ['together', 'no-debt'],
    ];
    expect(reasons(position({ collateral: [leg('eth', 1n)], debt: [leg('usdc', 0n)] }))).toEqual(expected);
  });

  test('idle collateral has no effect', () => {
    const given = position({ collateral: [leg('eth', 1n)], debt: [leg('usdc', 1n)], idle: [leg('btc', 1n)] });
    expect(reasons(given)).toEqual([
      ['eth', 'below'],
      ['btc', 'no-effect'],
      ['usdc', 'above'],
      ['together', 'exists'],
    ]);
  });

  test('the others carry the debt', () => {
    // 72,000 by BTC alone against 1,000.
    const given = position({ collateral: [leg('eth', 1n), leg('btc', 1n)], debt: [leg('usdc', 1_000n)] });
    expect(reasons(given)[0]).toEqual(['eth', 'never-below-zero']);
  });

  test('both sides weigh the same', () => {
    const given = position({ collateral: [leg('eth', 10n), leg('usdc', 10n)], debt: [leg('eth', 8n)] });
    expect(reasons(given)[0]).toEqual(['eth', 'sides-cancel']);
  });

  test('everything owed falls with the collateral', () => {
    const given = position({ collateral: [leg('eth', 10n)], debt: [leg('eth', 1n)] });
    expect(reasons(given)).toEqual([
      ['eth', 'never-below-zero'],
      ['together', 'never-below-zero'],
    ]);
  });

  test('liquidatable whatever the price', () => {
    expect(reasons(position({ debt: [leg('usdc', 1n)] }))).toEqual([
      ['usdc', 'already-liquidatable'],
      ['together', 'already-liquidatable'],
    ]);
  });
});

test('already liquidatable: the price lies beyond spot and the drop is negative', () => {
  // 1 ETH at 80 % against 3,000: safe from 3,750 on; a rise of a quarter.
  const given = position({ collateral: [leg('eth', 1n)], debt: [leg('usdc', 3_000n)] });
  const { alone, together } = computeCrossPrices(given, prices);
  const eth = alone.get('eth');
  expect(eth?.exists && compareRational(eth.price, of(3_750n))).toBe(0);
  expect(together.exists && compareRational(together.drop, of(-1n, 4n))).toBe(0);
});

test('a price that is not there is an error, never 0', () => {
  expect(() => readBookPrice(prices, 'doge')).toThrow(InvalidInputError);
  expect(() => computeCrossPrices(position({ debt: [leg('doge', 1n)] }), prices)).toThrow(InvalidInputError);
});
