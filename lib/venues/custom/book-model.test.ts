import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeTotalValue } from '@/lib/risk/liquidation/book-values';
import { addRational, compareRational, rational, subtractRational, sumRational } from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show, showAmounts } from '../book-testing';
import { customModel } from './book-model';

const custom = (...legs: Parameters<typeof bookPosition> extends [unknown, unknown, ...infer Legs] ? Legs : never) =>
  bookPosition('custom', {}, ...legs);

const ETH = { liquidationThreshold: '0.83', maxLtv: '0.805', liquidationBonus: '0.05' };
const BTC = { liquidationThreshold: '0.78', maxLtv: '0.73', liquidationBonus: '0.05' };

// The documented book: 5 ETH at 3,000 and 0.15 BTC at 90,000 against 18,000 of a dollar.
const documented = custom(
  [
    ['eth', '5', ETH],
    ['btc', '0.15', BTC],
  ],
  [['usdc', '18000']],
);
const prices = bookPrices({ eth: '3000', btc: '90000', usdc: '1' });

describe('the documented book', () => {
  test('values and ratios', () => {
    const evaluation = customModel.computeEvaluation(documented, prices);
    // 5·3,000 + 0.15·90,000
    expect(show(evaluation.collateralValue)).toBe('28500');
    expect(show(evaluation.debtValue)).toBe('18000');
    // (15,000·0.83 + 13,500·0.78) / 18,000 = (12,450 + 10,530) / 18,000 = 22,980 / 18,000 = 383/300
    expect(show(evaluation.healthFactor)).toBe('383/300');
    // 18,000 / 28,500
    expect(show(evaluation.ltv)).toBe('12/19');
    expect(show(evaluation.collateralRatio)).toBe('19/12');
    expect(evaluation.liquidatable).toBe(false);
    // 15,000·0.805 + 13,500·0.73 − 18,000 = 12,075 + 9,855 − 18,000
    expect(show(evaluation.availableToBorrow)).toBe('3930');
  });

  test('liquidation prices', () => {
    const { alone, together } = customModel.computeLiquidationPrices(documented, prices);
    // ETH: (18,000 − 10,530) / (5·0.83) = 7,470 / 4.15
    expect(alone.get('eth')).toMatchObject({ exists: true, direction: 'below' });
    expect([...alone].map(([asset, price]) => [asset, price.exists ? show(price.price) : price.reason])).toEqual([
      ['eth', '1800'],
      // BTC: (18,000 − 12,450) / (0.15·0.78) = 5,550 / 0.117
      ['btc', '1850000/39'],
      // the dollar: 22,980 / 18,000
      ['usdc', '383/300'],
    ]);
    // 1 − 18,000 / 22,980 = 4,980 / 22,980
    expect(together.exists && show(together.drop)).toBe('83/383');
  });

  test('safe: no steps', () => {
    expect(customModel.computeOutcome(documented, prices)).toMatchObject({ steps: [], badDebtBearer: undefined });
  });
});

describe('outcome', () => {
  const one = custom([['eth', '10', { liquidationThreshold: '0.8', liquidationBonus: '0.05' }]], [['usdc', '17000']]);

  test('one pair, solvent: all is repaid', () => {
    const outcome = customModel.computeOutcome(one, bookPrices({ eth: '2000', usdc: '1' }));
    // 17,000·1.05 / 2,000 = 8.925 ETH; penalty 17,000·0.05 = 850; 10 − 8.925 = 1.075
    expect(outcome.steps).toHaveLength(1);
    const [step] = outcome.steps;
    expect(showAmounts(step?.repaid ?? [])).toEqual(['17000 usdc']);
    expect(showAmounts(step?.seized ?? [])).toEqual(['8.925 eth']);
    expect(step?.fee).toEqual([]);
    expect(showAmounts(step?.collateralLeft ?? [])).toEqual(['1.075 eth']);
    expect(showAmounts(step?.debtLeft ?? [])).toEqual(['0 usdc']);
    expect(step?.healthFactorAfter).toBeNull();
    expect(show(outcome.penaltyValue)).toBe('850');
    expect(show(step?.bonusValue ?? null)).toBe('850');
    expect(show(outcome.badDebt)).toBe('0');
    expect(outcome.badDebtBearer).toBeUndefined();
  });

  test('one pair, insolvent: all is seized and what is left is bad debt', () => {
    const outcome = customModel.computeOutcome(one, bookPrices({ eth: '1575', usdc: '1' }));
    // 10·1,575 = 15,750; 15,750 / 1.05 = 15,000 repaid; penalty 750; 17,000 − 15,000 = 2,000 left for ever
    expect(showAmounts(outcome.steps[0]?.repaid ?? [])).toEqual(['15000 usdc']);
    expect(showAmounts(outcome.steps[0]?.seized ?? [])).toEqual(['10 eth']);
    expect(show(outcome.penaltyValue)).toBe('750');
    expect(show(outcome.badDebt)).toBe('2000');
    expect(showAmounts(outcome.steps[0]?.debtLeft ?? [])).toEqual(['2000 usdc']);
    expect(outcome.badDebtBearer).toBe('the lender');
  });

  test('the pair that pays most comes first; on a tie the first legs', () => {
    const two = custom(
      [
        ['eth', '1', { liquidationThreshold: '0.8', liquidationBonus: '0.05' }],
        ['btc', '1', { liquidationThreshold: '0.5', liquidationBonus: '0.1' }],
      ],
      [
        ['usdc', '1000'],
        ['dai', '1000'],
      ],
    );
    // Both collaterals 1,100: health factor (880 + 550) / 2,000 < 1. BTC pays 10 %: 1,000 repaid of the first debt, 1,100 seized, gain 100
    // (ETH would pay 50). Then 880 carries 1,000 no more: ETH pays for 1,000 of DAI with 1,050.
    const { steps, penaltyValue } = customModel.computeOutcome(
      two,
      bookPrices({ eth: '1100', btc: '1100', usdc: '1', dai: '1' }),
    );
    expect(steps.map(({ repaid, seized }) => [...showAmounts(repaid), ...showAmounts(seized)])).toEqual([
      ['1000 usdc', '1 btc'],
      ['1000 dai', '21/22 eth'],
    ]);
    expect(show(steps[0]?.healthFactorAfter ?? null)).toBe('0.88');
    expect(show(penaltyValue)).toBe('150');
  });

  describe('a pair chosen', () => {
    const two = custom(
      [
        ['eth', '1', { liquidationThreshold: '0.8', liquidationBonus: '0.05' }],
        ['btc', '1', { liquidationThreshold: '0.5', liquidationBonus: '0.1' }],
      ],
      [
        ['usdc', '1000'],
        ['dai', '1000'],
      ],
    );
    const at = bookPrices({ eth: '1100', btc: '1100', usdc: '1', dai: '1' });

    test('comes first, and when it is used up the pair that pays most', () => {
      // DAI for ETH first: 1,000 for 1,050, 21/22 ETH. The 50 of ETH and 1,100 of BTC left carry 40 + 550 < 1,000, no DAI is owed any more:
      // 1,000 of the dollar for 1,100 of BTC.
      const { steps, assumptions } = customModel.computeOutcome(two, at, { collateral: 'eth', debt: 'dai' });
      expect(steps.map(({ repaid, seized }) => [...showAmounts(repaid), ...showAmounts(seized)])).toEqual([
        ['1000 dai', '21/22 eth'],
        ['1000 usdc', '1 btc'],
      ]);
      expect(assumptions.slice(0, 2)).toEqual([
        'The liquidator repays as much as it can, on the pair chosen: eth seized for dai repaid.',
        'After 1 of 2 steps the rules allow no more on the pair chosen: it goes on with the pair that pays the liquidator most.',
      ]);
    });

    test('that the position does not hold is said so', () => {
      const { steps, assumptions } = customModel.computeOutcome(two, at, { collateral: 'eth', debt: 'doge' });
      expect(steps).toEqual(customModel.computeOutcome(two, at).steps);
      expect(assumptions[1]).toContain('allow no liquidation on the pair chosen');
    });
  });

  test('a health factor of exactly 1 is healthy: it ends there', () => {
    const exact = custom(
      [['eth', '1', { liquidationThreshold: '0.8', liquidationBonus: '0.05' }]],
      [
        ['usdc', '1000'],
        ['dai', '760'],
      ],
    );
    // 2,000·0.8 = 1,600 < 1,760: 1,000 repaid (gain 50 against 38) for 1,050. The 950 left carry 760, which is what is owed.
    const { steps } = customModel.computeOutcome(exact, bookPrices({ eth: '2000', usdc: '1', dai: '1' }));
    expect(steps.map(({ healthFactorAfter }) => show(healthFactorAfter))).toEqual(['1']);
  });

  test('nothing to seize: no steps, all bad debt', () => {
    const outcome = customModel.computeOutcome(custom([], [['usdc', '5']]), bookPrices({ usdc: '1' }));
    expect(outcome.steps).toEqual([]);
    expect(show(outcome.badDebt)).toBe('5');
    expect(outcome.assumptions.join(' ')).toContain('nothing of value to seize');
  });
});

test('collateral that is switched off is refused: this venue has no switch', () => {
  const [leg] = documented.collateral;
  const off = { ...documented, collateral: leg ? [{ ...leg, enabled: false }] : [] };
  expect(customModel.findProblem(off)?.path).toBe('collateral[0].enabled');
  expect(customModel.findProblem(documented)).toBeUndefined();
});

const cents = (most: number) => fc.integer({ min: 1, max: most }).map((value) => `${value}/100`);
const percent = (least: number, most: number) => fc.integer({ min: least, max: most }).map((value) => `${value}/100`);
// Threshold · (1 + bonus) stays below 1, as real venues keep it: then an insolvent account cannot turn healthy.
const leg = fc.tuple(cents(1_000_000), percent(40, 85), percent(0, 15));
const account = fc.record({
  collateral: fc.array(leg, { minLength: 1, maxLength: 3 }),
  debt: fc.array(cents(1_000_000), { minLength: 1, maxLength: 3 }),
  price: cents(500),
});

test('bad debt is Σ debt − Σ collateral / (1 + bonus) or nothing; every step balances', () => {
  fc.assert(
    fc.property(account, ({ collateral, debt, price }) => {
      const position = custom(
        collateral.map(([amount, liquidationThreshold, liquidationBonus], index) => [
          `c${index}`,
          amount,
          { liquidationThreshold, liquidationBonus },
        ]),
        debt.map((amount, index) => [`d${index}`, amount] as const),
      );
      const at = bookPrices({ c0: price, c1: '1', c2: '3', d0: '1', d1: '2', d2: price });
      const outcome = customModel.computeOutcome(position, at);
      const covered = sumRational(
        position.collateral.map((each) => {
          const value = computeTotalValue([each], at);
          const divisor = addRational(rational(1n), each.parameters.liquidationBonus ?? rational(0n));
          return rational(value.numerator * divisor.denominator, value.denominator * divisor.numerator);
        }),
      );
      const short = subtractRational(computeTotalValue(position.debt, at), covered);
      expect(show(outcome.badDebt)).toBe(short.numerator > 0n ? show(short) : '0');
      let [held, owed] = [computeTotalValue(position.collateral, at), computeTotalValue(position.debt, at)];
      for (const step of outcome.steps) {
        const [repaid, seized] = [computeTotalValue(step.repaid, at), computeTotalValue(step.seized, at)];
        expect(show(subtractRational(seized, repaid))).toBe(show(step.penaltyValue));
        held = subtractRational(held, seized);
        owed = subtractRational(owed, repaid);
        expect(show(computeTotalValue(step.collateralLeft, at))).toBe(show(held));
        expect(show(computeTotalValue(step.debtLeft, at))).toBe(show(owed));
        expect(compareRational(owed, fraction('0'))).not.toBe(-1);
      }
    }),
  );
});
