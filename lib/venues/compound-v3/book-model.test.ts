import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeTotalValue } from '@/lib/risk/liquidation/book-values';
import { addRational, compareRational, multiplyRational, type Rational, subtractRational } from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show, showAmounts } from '../book-testing';
import { compoundV3Model } from './book-model';
import { compoundV3TermsSchema } from './book-terms';

// The mainnet USDC market's own figures (`comet`, deployments/mainnet/usdc/configuration.json).
const WETH = { borrowCollateralFactor: '0.825', liquidateCollateralFactor: '0.895', liquidationFactor: '0.95' };
const COMP = { borrowCollateralFactor: '0.65', liquidateCollateralFactor: '0.7', liquidationFactor: '0.93' };
const terms = compoundV3TermsSchema.parse({});

const one = bookPosition('compound-v3', terms, [['weth', '10', WETH]], [['usdc', '18000']]);
const at = (weth: string) => bookPrices({ weth, comp: '50', usdc: '1' });

test('the storefront’s factor is 0.5 unless the book says otherwise, and at most 1', () => {
  expect(show(terms.storeFrontPriceFactor)).toBe('0.5');
  expect(show(compoundV3TermsSchema.parse({ storeFrontPriceFactor: '0.6' }).storeFrontPriceFactor)).toBe('0.6');
  expect(compoundV3TermsSchema.safeParse({ storeFrontPriceFactor: '1.1' }).success).toBe(false);
  expect(compoundV3TermsSchema.safeParse({ discount: '0.1' }).success).toBe(false);
});

describe('10 WETH against 18,000', () => {
  test('health, borrow limit and prices at 2,500', () => {
    const evaluation = compoundV3Model.computeEvaluation(one, at('2500'));
    // 25,000·0.895 = 22,375; / 18,000 = 179/144. 25,000·0.825 − 18,000 = 2,625
    expect(show(evaluation.healthFactor)).toBe('179/144');
    expect(show(evaluation.availableToBorrow)).toBe('2625');
    const { alone, together } = compoundV3Model.computeLiquidationPrices(one, at('2500'));
    const weth = alone.get('weth');
    // 18,000 / 8.95 = 360,000/179; 1 − 18,000 / 22,375 = 35/179
    expect(weth?.exists && show(weth.price)).toBe('360000/179');
    expect(together.exists && show(together.drop)).toBe('35/179');
  });

  test('absorbed at 2,000: the excess stays as base supply', () => {
    const outcome = compoundV3Model.computeOutcome(one, at('2000'));
    // 20,000·0.895 = 17,900 < 18,000. Credited 20,000·0.95 = 19,000: 1,000 more than owed. Penalty 20,000 − 19,000.
    // Discount 0.5·0.05 = 2.5 %: sold for 19,500, 500 more than credited: 0.25 WETH.
    const [step] = outcome.steps;
    expect(showAmounts(step?.repaid ?? [])).toEqual(['19000 usdc']);
    expect(showAmounts(step?.seized ?? [])).toEqual(['10 weth']);
    expect(showAmounts(step?.fee ?? [])).toEqual(['0.25 weth']);
    expect(showAmounts(step?.collateralLeft ?? [])).toEqual(['0 weth', '1000 usdc']);
    expect(showAmounts(step?.debtLeft ?? [])).toEqual(['0 usdc']);
    expect(show(outcome.penaltyValue)).toBe('1000');
    // Who buys at the storefront: 20,000 − 19,500.
    expect(show(step?.bonusValue ?? null)).toBe('500');
    expect(show(outcome.badDebt)).toBe('0');
  });

  test('absorbed at 1,880: less credit than debt, yet the sale covers it', () => {
    const outcome = compoundV3Model.computeOutcome(one, at('1880'));
    // 18,800·0.95 = 17,860 < 18,000, so 18,000 is what the reserves pay; sold for 18,800·0.975 = 18,330: 330 gained, no bad debt.
    // 330 / 1,880 = 33/188 WETH; penalty 800.
    expect(showAmounts(outcome.steps[0]?.repaid ?? [])).toEqual(['18000 usdc']);
    expect(showAmounts(outcome.steps[0]?.fee ?? [])).toEqual(['33/188 weth']);
    expect(showAmounts(outcome.steps[0]?.collateralLeft ?? [])).toEqual(['0 weth']);
    expect(show(outcome.penaltyValue)).toBe('800');
    expect(show(outcome.badDebt)).toBe('0');
  });

  test('absorbed at 1,600: the reserves lose what the sale falls short', () => {
    const outcome = compoundV3Model.computeOutcome(one, at('1600'));
    // 16,000·0.975 = 15,600; 18,000 − 15,600 = 2,400. The borrower’s loss is negative: 16,000 − 18,000.
    expect(outcome.steps[0]?.fee).toEqual([]);
    expect(show(outcome.badDebt)).toBe('2400');
    expect(show(outcome.penaltyValue)).toBe('-2000');
    // The buyers' 2.5 % of 16,000 stays theirs.
    expect(show(outcome.steps[0]?.bonusValue ?? null)).toBe('400');
    expect(outcome.badDebtBearer).toBe("the protocol's reserves, then the base asset's suppliers");
  });

  test('no jump where the credit meets the debt', () => {
    // 10·P·0.95 = 18,000 at P = 36,000/19: exactly repaid, nothing left, penalty 18,000·(1/0.95 − 1) = 18,000/19, half of it the fee.
    const [step] = compoundV3Model.computeOutcome(one, at('36000/19')).steps;
    expect(showAmounts(step?.repaid ?? [])).toEqual(['18000 usdc']);
    expect(showAmounts(step?.collateralLeft ?? [])).toEqual(['0 weth']);
    expect(show(step?.penaltyValue ?? null)).toBe('18000/19');
    expect(showAmounts(step?.fee ?? [])).toEqual(['0.25 weth']);
  });

  test('no jump where the sale meets the debt', () => {
    // 10·P·0.975 = 18,000 at P = 24,000/13: neither gain nor bad debt.
    const outcome = compoundV3Model.computeOutcome(one, at('24000/13'));
    expect(outcome.steps[0]?.fee).toEqual([]);
    expect(show(outcome.badDebt)).toBe('0');
    expect(outcome.badDebtBearer).toBeUndefined();
  });

  test('safe at its liquidation price: no steps', () => {
    expect(compoundV3Model.computeOutcome(one, at('360000/179')).steps).toEqual([]);
  });
});

test('several collaterals go in one step, the base at its own price', () => {
  const two = bookPosition(
    'compound-v3',
    terms,
    [
      ['weth', '1', WETH],
      ['comp', '20', COMP],
    ],
    [['usdc', '2600']],
  );
  // At 2,000, 50 and 1.25: owed 3,250. 2,000·0.895 + 1,000·0.7 = 2,490 < 3,250. Credit 2,000·0.95 + 1,000·0.93 = 2,830 < 3,250.
  // Sale 2,000·0.975 + 1,000·0.965 = 2,915; bad debt 335.
  const { steps, badDebt } = compoundV3Model.computeOutcome(
    two,
    bookPrices({ weth: '2000', comp: '50', usdc: '1.25' }),
  );
  expect(steps).toHaveLength(1);
  expect(showAmounts(steps[0]?.seized ?? [])).toEqual(['1 weth', '20 comp']);
  expect(showAmounts(steps[0]?.repaid ?? [])).toEqual(['2600 usdc']);
  expect(show(badDebt)).toBe('335');
});

test('what a market cannot hold', () => {
  const position = (...legs: [Parameters<typeof bookPosition>[2], Parameters<typeof bookPosition>[3]]) =>
    bookPosition('compound-v3', terms, ...legs);
  const owed = position(
    [['weth', '1', WETH]],
    [
      ['usdc', '1'],
      ['dai', '1'],
    ],
  );
  expect(compoundV3Model.findProblem(owed)?.path).toBe('debt[1]');
  expect(compoundV3Model.findProblem(position([['usdc', '1', WETH]], [['usdc', '1']]))?.path).toBe('collateral[0]');
  const above = position([['weth', '1', { ...WETH, liquidationFactor: '1.05' }]], [['usdc', '1']]);
  expect(compoundV3Model.findProblem(above)?.path).toBe('collateral[0].liquidationFactor');
  // The contract wants more at which it is liquidated than at which it borrows; a collateral that lends nothing is let be.
  const factors = (borrowCollateralFactor: string, liquidateCollateralFactor: string) =>
    compoundV3Model.findProblem(
      position([['weth', '1', { ...WETH, borrowCollateralFactor, liquidateCollateralFactor }]], [['usdc', '1']]),
    )?.path;
  expect(factors('0.9', '0.895')).toBe('collateral[0].borrowCollateralFactor');
  expect(factors('0.895', '0.895')).toBe('collateral[0].borrowCollateralFactor');
  expect(factors('0.8949', '0.895')).toBeUndefined();
  expect(factors('0', '0')).toBeUndefined();
  expect(compoundV3Model.findProblem(one)).toBeUndefined();
});

const sum = (...values: readonly Rational[]): Rational => values.reduce(addRational);

test('what the borrower loses is what buyers and protocol gain, less bad debt; bad debt falls as the price rises', () => {
  const factor = fc.integer({ min: 70, max: 100 }).map((value) => `${value}/100`);
  const figure = fc.integer({ min: 1, max: 10 ** 7 });
  fc.assert(
    fc.property(figure, figure, figure, figure, factor, factor, factor, (a, b, owed, price, first, second, store) => {
      const storeTerms = { storeFrontPriceFactor: fraction(store) };
      const position = bookPosition(
        'compound-v3',
        storeTerms,
        [
          ['weth', `${a}/100`, { ...WETH, liquidationFactor: first }],
          ['comp', `${b}/100`, { ...COMP, liquidationFactor: second }],
        ],
        [['usdc', `${owed}`]],
      );
      const prices = at(`${price}/100`);
      const outcome = compoundV3Model.computeOutcome(position, prices);
      const better = compoundV3Model.computeOutcome(position, at(`${price + 1}/100`));
      expect(compareRational(outcome.badDebt, better.badDebt)).not.toBe(-1);
      const [step] = outcome.steps;
      if (!step) return;
      // The buyers' gain: each collateral's value times factor·(1 − liquidationFactor).
      const [weth, comp] = position.collateral.map((leg, index) => {
        const discount = multiplyRational(
          fraction(store),
          subtractRational(fraction('1'), fraction(index ? second : first)),
        );
        return multiplyRational(computeTotalValue([leg], prices), discount);
      });
      const gains = sum(
        computeTotalValue(step.repaid, prices),
        computeTotalValue(step.fee, prices),
        weth ?? fraction('0'),
        comp ?? fraction('0'),
      );
      expect(show(subtractRational(gains, outcome.badDebt))).toBe(show(computeTotalValue(step.seized, prices)));
    }),
  );
});
