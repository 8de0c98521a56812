import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addRational, compareRational, rational, subtractRational } from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show, showAmounts } from '../book-testing';
import { computeBite } from './bite';
import { makerScdModel } from './book-model';

const cup = (peth: string, sai: string) => bookPosition('maker-scd', {}, [['peth', peth]], [['sai', sai]]);
const at = (peth: string, sai = '1') => bookPrices({ peth, sai });

describe('bite, as the contracts’ own tests (`sai.t.sol`) have it', () => {
  const left = (ink: string, tab: string, tag: string, axe: string) => {
    const taken = computeBite({ ink: fraction(ink), tab: fraction(tab) }, fraction(tag), {
      axe: fraction(axe),
      par: fraction('1'),
    });
    return show(subtractRational(fraction(ink), taken));
  };
  test.each([
    ['testAxeBite1', '1', '5'],
    ['testAxeBite2', '0.8', '1.25'],
    ['testAxeBiteParity', '0.5', '0'],
    ['testAxeBiteUnder', '0.4', '0'],
  ])('%s: 20 PETH at %3$s against 10 SAI, axe 1.5', (_name, tag, expected) => {
    expect(left('20', '10', tag, '1.5')).toBe(expected);
  });

  test('testBiteOverParity: 10 PETH at 0.5 against 4 SAI without penalty: 8 taken', () => {
    expect(left('10', '4', '0.5', '1')).toBe('2');
  });
});

describe('evaluation and prices', () => {
  test('safe at 150 % exactly, not 1e-18 below', () => {
    // 1,500 / 10 = 150; room 3,000 / 1.5 − 1,000; drop 1 − 1,500/3,000.
    const evaluation = makerScdModel.computeEvaluation(cup('10', '1000'), at('300'));
    expect([show(evaluation.healthFactor), show(evaluation.availableToBorrow)]).toEqual(['2', '1000']);
    const { alone, together } = makerScdModel.computeLiquidationPrices(cup('10', '1000'), at('300'));
    const peth = alone.get('peth');
    expect(peth?.exists && show(peth.price)).toBe('150');
    expect(together.exists && show(together.drop)).toBe('0.5');
    expect(alone.get('sai')).toMatchObject({ exists: false, reason: 'venue-rule' });
    expect(makerScdModel.computeEvaluation(cup('10', '1000'), at('150')).liquidatable).toBe(false);
    expect(makerScdModel.computeEvaluation(cup('10', '1000'), at('149.999999999999999999')).liquidatable).toBe(true);
  });

  test('a second debt and one asset on both sides are refused', () => {
    const two = bookPosition(
      'maker-scd',
      {},
      [['peth', '1']],
      [
        ['sai', '1'],
        ['dai', '1'],
      ],
    );
    expect(makerScdModel.findProblem(two)?.path).toBe('debt[1]');
    expect(makerScdModel.findProblem(bookPosition('maker-scd', {}, [['sai', '1']], [['sai', '1']]))?.path).toBe(
      'debt[0]',
    );
    expect(makerScdModel.findProblem(cup('1', '1'))).toBeUndefined();
  });
});

describe('outcome', () => {
  test('the whole debt for 1.13 times it, the rest stays', () => {
    // 2,000 < 1,400 · 1.5. 1,400 · 1.13 / 200 = 7.91; penalty 1,582 − 1,400. Sold at 194 a piece, 1,400/194 = 700/97 cover the debt.
    const outcome = makerScdModel.computeOutcome(cup('10', '1400'), at('200'));
    const [step] = outcome.steps;
    expect([showAmounts(step?.repaid ?? []), showAmounts(step?.seized ?? [])]).toEqual([['1400 sai'], ['7.91 peth']]);
    expect(showAmounts(step?.collateralLeft ?? [])).toEqual(['2.09 peth']);
    // 7.91 − 700/97 = 67.27/97
    expect(showAmounts(step?.fee ?? [])).toEqual(['6727/9700 peth']);
    expect([show(outcome.penaltyValue), show(outcome.badDebt)]).toEqual(['182', '0']);
    // The buyers of 700/97 PETH at 3 % off: 140,000/97 − 1,400 = 4,200/97.
    expect(show(step?.bonusValue ?? null)).toBe('4200/97');
  });

  test('too little PETH: what the sale does not bring dilutes the holders', () => {
    // 10 · 120 · 0.97 = 1,164 of 1,400.
    const outcome = makerScdModel.computeOutcome(cup('10', '1400'), at('120'));
    expect([show(outcome.penaltyValue), show(outcome.badDebt)]).toEqual(['-200', '236']);
    // 1,200 − 1,164.
    expect(show(outcome.steps[0]?.bonusValue ?? null)).toBe('36');
    expect(outcome.badDebtBearer).toContain('PETH holder');
    expect(outcome.steps[0]?.fee).toEqual([]);
    const worthless = makerScdModel.computeOutcome(cup('10', '1400'), at('0'));
    expect(show(worthless.badDebt)).toBe('1400');
  });

  const drawn = fc.integer({ min: 1, max: 300 });

  test('what the cup loses is what covers the debt, the discount of 3 % and the holders’ part', () => {
    fc.assert(
      fc.property(drawn, (price) => {
        const [step] = makerScdModel.computeOutcome(cup('10', '1400'), at(`${price}`)).steps;
        expect(step === undefined).toBe(price >= 210);
        if (!step) return;
        const amounts = [step.seized, step.collateralLeft, step.fee].map((legs) => legs[0]?.amount ?? rational(0n));
        const [seized, left, fee] = amounts as [typeof step.badDebt, typeof step.badDebt, typeof step.badDebt];
        expect(show(addRational(seized, left))).toBe('10');
        const sold = subtractRational(seized, fee);
        const raised = rational(sold.numerator * BigInt(price) * 97n, sold.denominator * 100n);
        expect(show(addRational(raised, step.badDebt))).toBe('1400');
        expect(step.badDebt.numerator >= 0n && left.numerator >= 0n && fee.numerator >= 0n).toBe(true);
      }),
    );
  });

  test('at a lower price no more is left and no less is bad; the two cases meet', () => {
    fc.assert(
      fc.property(drawn, drawn, (one, other) => {
        const [worse, better] = [Math.min(one, other), Math.max(one, other)].map((price) =>
          makerScdModel.computeOutcome(cup('10', '1400'), at(`${price}`)),
        );
        if (!worse || !better) throw new Error('two outcomes');
        expect(compareRational(worse.badDebt, better.badDebt)).toBeGreaterThanOrEqual(0);
        const left = (outcome: typeof worse) => outcome.steps[0]?.collateralLeft[0]?.amount ?? rational(10n);
        expect(compareRational(left(worse), left(better))).toBeLessThanOrEqual(0);
      }),
    );
    // All PETH is taken from 158.2 down (1,400 · 1.13 / 10): nothing is left there, and next to nothing just above.
    const leftAt = (price: string) =>
      showAmounts(makerScdModel.computeOutcome(cup('10', '1400'), at(price)).steps[0]?.collateralLeft ?? []);
    expect(leftAt('158.2')).toEqual(['0 peth']);
    expect(leftAt('158')).toEqual(['0 peth']);
    // 10 − 1,582/158.3 = 1/158.3
    expect(leftAt('158.3')).toEqual(['10/1583 peth']);
  });
});
