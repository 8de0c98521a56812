import { describe, expect, test } from 'vitest';
import { compareRational, rational } from '@/lib/units/rational';
import { computeClosedFormFactor, computeClosedFormPrice } from './closed-form';

const view = ([collateralPerPrice, debtPerPrice, owedByOthers]: readonly [bigint, bigint, bigint]) =>
  computeClosedFormPrice({
    collateralPerPrice: rational(collateralPerPrice),
    debtPerPrice: rational(debtPerPrice),
    owedByOthers: rational(owedByOthers),
  });

describe('price of one asset', () => {
  test.each([
    // 10 ETH at 80 % against 12,000 of stablecoins.
    { name: 'collateral', args: [8n, 0n, 12_000n], price: rational(1_500n), direction: 'below' },
    // 4 ETH owed against 20,000 · 75 % of stablecoins.
    { name: 'short', args: [0n, 4n, -15_000n], price: rational(3_750n), direction: 'above' },
    { name: 'both sides, net long', args: [8n, 3n, 5_000n], price: rational(1_000n), direction: 'below' },
    { name: 'both sides, net short', args: [2n, 5n, -7_000n], price: rational(7_000n, 3n), direction: 'above' },
  ] as const)('$name', ({ args, price, direction }) => {
    const found = view(args);
    expect(found).toMatchObject({ exists: true, direction });
    if (found.exists) expect(compareRational(found.price, price)).toBe(0);
  });

  test.each([
    { name: 'no weight', args: [0n, 0n, 5n], reason: 'no-effect' },
    { name: 'equal weight', args: [3n, 3n, 5n], reason: 'sides-cancel' },
    { name: 'others carry the debt', args: [8n, 0n, -1n], reason: 'never-below-zero' },
    { name: 'others carry exactly the debt', args: [8n, 0n, 0n], reason: 'never-below-zero' },
    { name: 'a short that others do not carry even for free', args: [0n, 2n, 3n], reason: 'already-liquidatable' },
  ] as const)('none: $name', ({ args, reason }) => {
    expect(view(args)).toEqual({ exists: false, reason });
  });
});

describe('common factor', () => {
  const factor = (weightedCollateral: bigint, sharedDebt: bigint, fixedDebt: bigint) =>
    computeClosedFormFactor({
      weightedCollateral: rational(weightedCollateral),
      sharedDebt: rational(sharedDebt),
      fixedDebt: rational(fixedDebt),
    });

  test('without shared assets it is 1 / health factor', () => {
    const found = factor(8_300n, 0n, 5_000n);
    expect(found.exists && compareRational(found.factor, rational(5_000n, 8_300n))).toBe(0);
  });

  test('debt in a collateral asset falls with it', () => {
    const found = factor(8_300n, 1_300n, 5_000n);
    expect(found.exists && compareRational(found.factor, rational(5n, 7n))).toBe(0);
  });

  test('already liquidatable: above 1', () => {
    const found = factor(4_000n, 0n, 5_000n);
    expect(found.exists && compareRational(found.factor, rational(5n, 4n))).toBe(0);
  });

  test.each([
    [8_300n, 0n, 0n, 'no-debt'],
    [8_300n, 5_000n, 0n, 'never-below-zero'],
    [5_000n, 5_000n, 0n, 'sides-cancel'],
    [5_000n, 5_000n, 1n, 'already-liquidatable'],
    [4_000n, 5_000n, 0n, 'already-liquidatable'],
    [0n, 0n, 1n, 'already-liquidatable'],
  ] as const)('none: S = %s, D_s = %s, D_f = %s', (collateral, shared, fixed, reason) => {
    expect(factor(collateral, shared, fixed)).toEqual({ exists: false, reason });
  });
});
