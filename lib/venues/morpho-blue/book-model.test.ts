import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareRational, floorRational, type Rational, rational } from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show, showAmounts } from '../book-testing';
import { computeBookIncentive } from './book-incentive';
import { morphoBlueModel } from './book-model';
import { morphoBlueTermsSchema } from './book-terms';
import { computeLiquidationIncentive } from './incentive';

const position = (lltv: string, collateral = '10', debt = '24000') =>
  bookPosition('morpho-blue', { lltv: fraction(lltv) }, [['wsteth', collateral]], [['usdc', debt]]);
const at = (price: string) => bookPrices({ wsteth: price, usdc: '1' });

// 1 / (1 − 0.3·(1 − lltv)) by hand, in lowest terms: 62.5 % → 1 / 0.8875; 77 % → 1 / 0.931; 86 % → 1 / 0.958; 91.5 % → 1 / 0.9745;
// 94.5 % → 1 / 0.9835; 98 % → 1 / 0.994; 38.5 % → 1 / 0.8155 = 1.226…, capped at 1.15.
test.each([
  ['0.385', '1.15'],
  ['0.625', '80/71'],
  ['0.77', '1000/931'],
  ['0.86', '500/479'],
  ['0.915', '2000/1949'],
  ['0.945', '2000/1967'],
  ['0.98', '500/497'],
])('incentive at %s is %s', (lltv, incentive) => {
  expect(show(computeBookIncentive(fraction(lltv)))).toBe(incentive);
});

test('rounded down to 18 decimals it is the incentive that agrees with the contract', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999 }), (bps) => {
      const exact = computeBookIncentive(rational(BigInt(bps), 10_000n));
      expect(floorRational(exact, 10n ** 18n)).toBe(computeLiquidationIncentive(BigInt(bps) * 10n ** 14n));
    }),
  );
});

test('an LLTV is a decimal below 1', () => {
  const parsed = morphoBlueTermsSchema.parse({ lltv: '0.945' });
  expect(show(parsed.lltv)).toBe('0.945');
  for (const lltv of ['1', '1.2', '-0.1', '86 %', 0.86, undefined]) {
    expect(morphoBlueTermsSchema.safeParse({ lltv }).success).toBe(false);
  }
  expect(morphoBlueTermsSchema.safeParse({ lltv: '0.86', cursor: '0.3' }).success).toBe(false);
});

describe('10 wstETH at 86 % against 24,000', () => {
  test('healthy at 3,000', () => {
    const evaluation = morphoBlueModel.computeEvaluation(position('0.86'), at('3000'));
    // 30,000·0.86 = 25,800; 25,800 / 24,000 = 1.075; 25,800 − 24,000 = 1,800
    expect(show(evaluation.healthFactor)).toBe('1.075');
    expect(show(evaluation.ltv)).toBe('0.8');
    expect(show(evaluation.availableToBorrow)).toBe('1800');
    expect(evaluation.liquidatable).toBe(false);
  });

  test('liquidation prices', () => {
    const { alone, together } = morphoBlueModel.computeLiquidationPrices(position('0.86'), at('3000'));
    const [collateral, loan] = [alone.get('wsteth'), alone.get('usdc')];
    // 24,000 / 8.6 = 2,790.6976…; the loan's rise: 25,800 / 24,000; 1 − 24,000 / 25,800 = 3/43
    expect(collateral?.exists && show(collateral.price)).toBe('120000/43');
    expect(loan?.exists && [loan.direction, show(loan.price)]).toEqual(['above', '1.075']);
    expect(together.exists && show(together.drop)).toBe('3/43');
  });

  test('solvent at 2,700: the whole debt is repaid', () => {
    const outcome = morphoBlueModel.computeOutcome(position('0.86'), at('2700'));
    // 24,000 / 0.958 = 12,000,000/479 seized by value, / 2,700 = 40,000/4,311 wstETH; penalty 24,000·(500/479 − 1) = 504,000/479
    const [step] = outcome.steps;
    expect(outcome.steps).toHaveLength(1);
    expect(showAmounts(step?.repaid ?? [])).toEqual(['24000 usdc']);
    expect(showAmounts(step?.seized ?? [])).toEqual(['40000/4311 wsteth']);
    expect(show(outcome.penaltyValue)).toBe('504000/479');
    expect(show(outcome.badDebt)).toBe('0');
  });

  test('insolvent at 1,916: all is seized, the rest is off the supply', () => {
    const outcome = morphoBlueModel.computeOutcome(position('0.86'), at('1916'));
    // 19,160·0.958 = 18,355.28 repaid; 24,000 − 18,355.28 = 5,644.72; penalty 19,160·0.042 = 804.72
    expect(showAmounts(outcome.steps[0]?.repaid ?? [])).toEqual(['18355.28 usdc']);
    expect(showAmounts(outcome.steps[0]?.debtLeft ?? [])).toEqual(['0 usdc']);
    expect(outcome.steps[0]?.healthFactorAfter).toBeNull();
    expect(show(outcome.badDebt)).toBe('5644.72');
    expect(show(outcome.penaltyValue)).toBe('804.72');
    expect(outcome.badDebtBearer).toBe("the market's suppliers");
  });
});

test('one collateral and one debt a market', () => {
  const terms = { lltv: fraction('0.86') };
  const two = bookPosition(
    'morpho-blue',
    terms,
    [
      ['a', '1'],
      ['b', '1'],
    ],
    [['c', '1']],
  );
  const owed = bookPosition(
    'morpho-blue',
    terms,
    [['a', '1']],
    [
      ['b', '1'],
      ['c', '1'],
    ],
  );
  expect(morphoBlueModel.findProblem(two)?.path).toBe('collateral[1]');
  expect(morphoBlueModel.findProblem(owed)?.path).toBe('debt[1]');
});

const lltvs = fc.constantFrom('0.385', '0.625', '0.77', '0.86', '0.915', '0.945', '0.965', '0.98');
const value = ({ numerator, denominator }: Rational, price: Rational) =>
  rational(numerator * price.numerator, denominator * price.denominator);

test('bad debt begins above LTV = 1/LIF, is max(0, D − C/LIF), and never falls as the price falls', () => {
  fc.assert(
    fc.property(
      lltvs,
      fc.integer({ min: 1, max: 10 ** 9 }),
      fc.integer({ min: 1, max: 10 ** 9 }),
      fc.integer({ min: 1, max: 500_000 }),
      fc.integer({ min: 0, max: 500_000 }),
      (lltv, held, owed, cents, more) => {
        const tested = position(lltv, `${held}/1000`, `${owed}/100`);
        const [low, high] = [`${cents}/100`, `${cents + more}/100`];
        const worse = morphoBlueModel.computeOutcome(tested, at(low));
        const better = morphoBlueModel.computeOutcome(tested, at(high));
        expect(compareRational(worse.badDebt, better.badDebt)).not.toBe(-1);
        const collateral = value(fraction(`${held}/1000`), fraction(low));
        const incentive = computeBookIncentive(fraction(lltv));
        const covered = rational(
          collateral.numerator * incentive.denominator,
          collateral.denominator * incentive.numerator,
        );
        const debt = fraction(`${owed}/100`);
        const short = rational(
          debt.numerator * covered.denominator - covered.numerator * debt.denominator,
          debt.denominator * covered.denominator,
        );
        expect(show(worse.badDebt)).toBe(short.numerator > 0n ? show(short) : '0');
      },
    ),
  );
});
