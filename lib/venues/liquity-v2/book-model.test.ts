import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toFaceValueLoan } from '@/lib/risk/liquidation/face-value-loan';
import {
  addRational,
  compareRational,
  multiplyRational,
  rational,
  subtractRational,
  sumRational,
} from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show, showAmounts } from '../book-testing';
import { liquityV2Model } from './book-model';
import { computeLiquityV2Split } from './book-outcome';

const trove = (amount: string, bold: string, stabilityPool?: string, branch = 'WETH') => {
  const terms = liquityV2Model.termsSchema.parse({ branch, ...(stabilityPool && { stabilityPool }) });
  return bookPosition('liquity-v2', terms, [['eth', amount]], [['bold', bold]]);
};
const at = (eth: string, bold = '1') => bookPrices({ eth, bold });
const splitOf = (position: ReturnType<typeof trove>, eth: string) =>
  computeLiquityV2Split(toFaceValueLoan(position, at(eth), fraction('1')), position.terms);

test('a branch must be named, and be one of the three', () => {
  for (const terms of [{}, { branch: 'cbETH' }, { branch: 'WETH', stabilityPool: '-1' }]) {
    expect(liquityV2Model.termsSchema.safeParse(terms).success).toBe(false);
  }
});

describe('evaluation and prices', () => {
  test('each branch at its own minimum ratio, strictly', () => {
    // P* = 1.1 · 20,000 / 10; 1.2 · 20,000 / 10. Room 30,000 / 1.2 − 20,000 = 5,000.
    for (const [branch, edge] of [
      ['WETH', '2200'],
      ['wstETH', '2400'],
      ['rETH', '2400'],
    ] as const) {
      const position = trove('10', '20000', undefined, branch);
      const eth = liquityV2Model.computeLiquidationPrices(position, at('3000')).alone.get('eth');
      expect(eth?.exists && show(eth.price)).toBe(edge);
      expect(liquityV2Model.computeEvaluation(position, at(edge)).liquidatable).toBe(false);
    }
    const evaluation = liquityV2Model.computeEvaluation(trove('10', '20000', undefined, 'rETH'), at('3000'));
    expect([show(evaluation.healthFactor), show(evaluation.availableToBorrow)]).toEqual(['1.25', '5000']);
    expect(show(liquityV2Model.computeEvaluation(trove('1', '0'), at('2199')).availableToBorrow)).toBe('0');
  });

  test('1e-18 below the liquidation price liquidatable, at it not', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 9n), fc.bigInt(1n, 10n ** 9n), (eth, bold) => {
        const position = trove(`${eth}/1000`, `${bold}/10`, undefined, 'wstETH');
        const price = liquityV2Model.computeLiquidationPrices(position, at('2000')).alone.get('eth');
        if (!price?.exists) throw new Error('there must be a price');
        const isLiquidatable = (value: typeof price.price) =>
          liquityV2Model.computeEvaluation(position, new Map([...at('1'), ['eth', value]])).liquidatable;
        expect(isLiquidatable(price.price)).toBe(false);
        expect(isLiquidatable(subtractRational(price.price, rational(1n, 10n ** 18n)))).toBe(true);
      }),
    );
  });
});

describe('outcome', () => {
  test('all by the Pool, with a surplus (as testLiquidationOffsetWithSurplus)', () => {
    // 2 at 1,099 against 2,000: 0.01 to the liquidator, 2,000 · 1.05 / 1,099 to the Pool; left 1.99 − 2,100/1,099 = 87.01/1,099 = 12.43/157.
    const outcome = liquityV2Model.computeOutcome(trove('2', '2000'), at('1099'));
    expect(showAmounts(outcome.steps[0]?.collateralLeft ?? [])).toEqual(['1243/15700 eth']);
    // 0.01 · 1,099 + 2,100 − 2,000
    expect([show(outcome.penaltyValue), show(outcome.badDebt)]).toEqual(['110.99', '0']);
    // 0.01 · 1,099; the Pool's 100 are its own. 2,100/1,099 = 1.910828025477…, nine digits of it and one more.
    expect(show(outcome.steps[0]?.bonusValue ?? null)).toBe('10.99');
    expect(outcome.assumptions[0]).toBe('The branch’s Stability Pool pays off 2000 bold for 1.910828025 eth.');
    expect(showAmounts(outcome.steps[0]?.repaid ?? [])).toEqual(['2000 bold']);
  });

  test('all by the Pool, without a surplus (as testLiquidationOffsetNoSurplus)', () => {
    // 10 at 1,030 against 10,000: 0.05 to the liquidator, 9.95 to the Pool (10,500 / 1,030 = 10.19 would be asked).
    const split = splitOf(trove('10', '10000'), '1030');
    expect([split.liquidator, split.pool.collateral, split.surplus].map(show)).toEqual(['0.05', '9.95', '0']);
  });

  test('redistribution alone pays no collateral to the liquidator (as testLiquidationRedistributionNoSurplus)', () => {
    // 2,000 · 1.10 / 1,099 = 2.0018 is asked, so all 2 are taken. 1 BOLD in the Pool counts as none.
    for (const pool of ['0', '0.4', '1']) {
      const split = splitOf(trove('2', '2000', pool), '1099');
      expect([split.liquidator, split.pool.debt, split.redistributed.collateral].map(show)).toEqual(['0', '0', '2']);
    }
  });

  test('part Pool, part redistribution (as testLiquidationMix)', () => {
    // 1,000 deposited: 999 usable. Pool's part 2 · 999/2,000 = 0.999, 0.004995 of it to the liquidator, 999 · 1.05 / 1,099 to the Pool.
    // Redistribution 1,001 · 1.10 / 1,099. Left 1.995005 − 2,150.05/1,099 = 42.460495/1,099.
    const split = splitOf(trove('2', '2000', '1000'), '1099');
    expect(show(split.liquidator)).toBe('0.004995');
    expect(show(multiplyRational(split.pool.collateral, fraction('1099')))).toBe('1048.95');
    expect(show(multiplyRational(split.redistributed.collateral, fraction('1099')))).toBe('1101.1');
    expect(show(multiplyRational(split.surplus, fraction('1099')))).toBe('42.460495');
  });

  test('staked ether pays up to 20 % in a redistribution, 5 % to the Pool', () => {
    // 2 at 1,190 against 2,000 (119 %): 2,400/1,190 = 2.017 asked: all. To the Pool 2,100/1,190.
    expect(show(splitOf(trove('2', '2000', '0', 'wstETH'), '1190').surplus)).toBe('0');
    // 1.99 · 1,190 − 2,100 = 268.1
    const surplus = splitOf(trove('2', '2000', undefined, 'wstETH'), '1190').surplus;
    expect(show(multiplyRational(surplus, fraction('1190')))).toBe('268.1');
  });

  test('the liquidator gets at most 2 units', () => {
    // 0.5 % of 1,000 is 5; left 998 − 1,050,000/1,099 = 46,802/1,099 = 6,686/157.
    const split = splitOf(trove('1000', '1000000'), '1099');
    expect([show(split.liquidator), show(split.surplus)]).toEqual(['2', '6686/157']);
  });

  test('below 100 %: who took the debt on bears it', () => {
    // 2 at 990 against 2,000: the Pool gets 1.99 · 990 = 1,970.1.
    const byPool = liquityV2Model.computeOutcome(trove('2', '2000'), at('990'));
    expect([show(byPool.penaltyValue), show(byPool.badDebt)]).toEqual(['-20', '29.9']);
    expect(byPool.badDebtBearer).toBe('the branch’s Stability Pool');
    // 1,001 deposited, 1,000 usable: 0.995 · 990 for 1,000 (short of 14.95) and 1 · 990 for 1,000 (short of 10).
    const byBoth = liquityV2Model.computeOutcome(trove('2', '2000', '1001'), at('990'));
    expect(show(byBoth.badDebt)).toBe('24.95');
    expect(byBoth.badDebtBearer).toBe('the branch’s Stability Pool and the branch’s other troves (redistribution)');
  });

  test('a Pool that is just short is no different from one that is just enough', () => {
    const [short, enough] = [
      splitOf(trove('2', '2000', '2000.999999'), '1099'),
      splitOf(trove('2', '2000', '2001'), '1099'),
    ];
    const difference = subtractRational(enough.surplus, short.surplus);
    expect(Math.abs(Number(difference.numerator) / Number(difference.denominator))).toBeLessThan(1e-8);
  });

  const drawn = {
    eth: fc.integer({ min: 0, max: 1_700 }),
    pool: fc.option(fc.integer({ min: 0, max: 12_000 }), { nil: undefined }),
    branch: fc.constantFrom('WETH', 'wstETH', 'rETH'),
  };

  test('what the trove loses is what liquidator, Pool and the other troves get, and nobody gets more than the penalty allows', () => {
    fc.assert(
      fc.property(fc.record(drawn), ({ eth, pool, branch }) => {
        const position = trove('7.3', '9876.5', pool === undefined ? undefined : `${pool}`, branch);
        const [step] = liquityV2Model.computeOutcome(position, at(`${eth}`)).steps;
        expect(step !== undefined).toBe(liquityV2Model.computeEvaluation(position, at(`${eth}`)).liquidatable);
        if (!step) return;
        const split = splitOf(position, `${eth}`);
        const gained = sumRational([split.liquidator, split.pool.collateral, split.redistributed.collateral]);
        expect(compareRational(step.seized[0]?.amount ?? rational(-1n), gained)).toBe(0);
        expect(show(addRational(gained, step.collateralLeft[0]?.amount ?? rational(-1n)))).toBe('7.3');
        expect(show(addRational(split.pool.debt, split.redistributed.debt))).toBe('9876.5');
        const isWithin = (share: typeof split.pool, limit: string) =>
          compareRational(
            multiplyRational(share.collateral, fraction(`${eth}`)),
            multiplyRational(share.debt, fraction(limit)),
          ) <= 0;
        expect(isWithin(split.pool, '1.05')).toBe(true);
        expect(isWithin(split.redistributed, branch === 'WETH' ? '1.1' : '1.2')).toBe(true);
        for (const part of [split.pool.debt, split.redistributed.debt, split.liquidator, split.surplus, step.badDebt]) {
          expect(part.numerator >= 0n).toBe(true);
        }
      }),
    );
  });

  test('at a lower price no more collateral is left and no less debt is bad', () => {
    fc.assert(
      fc.property(fc.record(drawn), fc.integer({ min: 0, max: 1_488 }), ({ eth, pool, branch }, other) => {
        const position = trove('7.3', '9876.5', pool === undefined ? undefined : `${pool}`, branch);
        const [low, high] = [Math.min(eth, other), Math.max(eth, other)];
        const [worse, better] = [low, high].map((price) => liquityV2Model.computeOutcome(position, at(`${price}`)));
        if (!worse || !better) throw new Error('two outcomes');
        expect(compareRational(worse.badDebt, better.badDebt)).toBeGreaterThanOrEqual(0);
        const left = (outcome: typeof worse) => outcome.steps[0]?.collateralLeft[0]?.amount ?? fraction('7.3');
        expect(compareRational(left(worse), left(better))).toBeLessThanOrEqual(0);
      }),
    );
  });
});
