import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareRational, rational, subtractRational } from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, type LegText, show, showAmounts } from '../book-testing';
import { isolatedMarginModel } from './book-model';

const RATES = { initialMargin: '0.05', maintenanceMargin: '0.02' };
const position = (collateral: readonly LegText[], debt: readonly LegText[]) =>
  bookPosition('isolated-margin', {}, collateral, debt);
/** Long 2 ETH with equity 800 at 3,100: owed 6,200 − 800. */
const long = position([['eth', '2', RATES]], [['usdc', '5400']]);
/** Short 2 ETH with equity 800 at 3,100: held 6,200 + 800. */
const short = position([['usdc', '7000']], [['eth', '2', RATES]]);
const at = (eth: string) => bookPrices({ eth, usdc: '1' });
const priceOf = (each: typeof long, eth = '3100') => {
  const price = isolatedMarginModel.computeLiquidationPrices(each, at(eth)).alone.get('eth');
  return price?.exists ? [show(price.price), price.direction] : [price?.reason];
};

describe('evaluation and prices', () => {
  test('the long of the reference: 2 at 3,100, equity 800, 2 %', () => {
    // P − (800 − 0.02 · 6,200) / 2 / 0.98 = 3,100 − 338/0.98 = 2,755.102…; the same as 5,400 / 1.96 = 135,000/49.
    expect(priceOf(long)).toEqual(['135000/49', 'below']);
    expect(Number(135_000n) / 49).toBeCloseTo(2_755.1, 2);
    // Wherever it is looked at.
    expect(priceOf(long, '2000')).toEqual(['135000/49', 'below']);
  });

  test('the short: above', () => {
    // 3,100 + (800 − 124) / 2 / 1.02 = 3,100 + 338/1.02 = 7,000 / 2.04 = 175,000/51 = 3,431.37…
    expect(priceOf(short)).toEqual(['175000/51', 'above']);
  });

  test('margin in cash beside the position is the same as margin taken off what is owed', () => {
    const beside = position(
      [
        ['eth', '2', RATES],
        ['usdc', '800'],
      ],
      [['usdc', '6200']],
    );
    expect(isolatedMarginModel.findProblem(beside)).toBeUndefined();
    expect(priceOf(beside)).toEqual(['135000/49', 'below']);
  });

  test('health, room and edge', () => {
    const evaluation = isolatedMarginModel.computeEvaluation(long, at('3100'));
    // 6,200 · 0.98 / 5,400; 6,200 · 0.95 − 5,400.
    expect([show(evaluation.healthFactor), show(evaluation.availableToBorrow)]).toEqual(['1519/1350', '490']);
    // At 135,000/49: 2 · P · 0.98 = 5,400, so equity is just the maintenance margin.
    expect(isolatedMarginModel.computeEvaluation(long, at('135000/49')).liquidatable).toBe(false);
    expect(isolatedMarginModel.computeEvaluation(long, at('2755.10')).liquidatable).toBe(true);
    expect(isolatedMarginModel.computeEvaluation(short, at('3431.38')).liquidatable).toBe(true);
  });

  test('a fully funded long has none', () => {
    expect(
      priceOf(
        position(
          [
            ['eth', '2', RATES],
            ['usdc', '900'],
          ],
          [['usdc', '900']],
        ),
      ),
    ).toEqual(['never-below-zero']);
    expect(priceOf(position([['eth', '2', RATES]], []))).toEqual(['no-debt']);
  });

  test('at the price safe, 1e-18 beyond it liquidatable, on both sides', () => {
    const units = fc.bigInt(1n, 10n ** 9n);
    fc.assert(
      fc.property(units, units, fc.integer({ min: 1, max: 999 }), fc.boolean(), (base, cash, rate, isLong) => {
        const margins = { maintenanceMargin: `${rate}/1000` };
        const [eth, usdc]: [LegText, LegText] = [
          ['eth', `${base}/1000`, margins],
          ['usdc', `${cash}/10`],
        ];
        const each = isLong ? position([eth], [usdc]) : position([usdc], [eth]);
        const price = isolatedMarginModel.computeLiquidationPrices(each, at('2000')).alone.get('eth');
        if (!price?.exists) throw new Error('there must be a price');
        const step = rational(isLong ? 1n : -1n, 10n ** 18n);
        const isLiquidatable = (value: typeof price.price) =>
          isolatedMarginModel.computeEvaluation(each, new Map([...at('1'), ['eth', value]])).liquidatable;
        expect(isLiquidatable(price.price)).toBe(false);
        expect(isLiquidatable(subtractRational(price.price, step))).toBe(true);
      }),
    );
  });
});

describe('what it refuses', () => {
  test.each([
    [
      'a second holding',
      [
        ['eth', '1', RATES],
        ['btc', '1'],
      ],
      [['usdc', '1']],
      'collateral[1]',
    ],
    [
      'a third',
      [
        ['eth', '1', RATES],
        ['usdc', '1'],
        ['btc', '1'],
      ],
      [['usdc', '1']],
      'collateral[2]',
    ],
    [
      'a second debt',
      [['eth', '1', RATES]],
      [
        ['usdc', '1'],
        ['dai', '1'],
      ],
      'debt[1]',
    ],
    ['no maintenance margin', [['eth', '1']], [['usdc', '1']], 'debt[0].maintenanceMargin'],
    [
      'margin that would be counted in full unseen: cash is the asset owed',
      [
        ['eth', '1'],
        ['usdc', '1', { maintenanceMargin: '0.01' }],
      ],
      [['usdc', '1']],
      'collateral[0].maintenanceMargin',
    ],
    [
      'what it needs to open alone',
      [['eth', '1', { initialMargin: '0.05' }]],
      [['usdc', '1']],
      'collateral[0].maintenanceMargin',
    ],
    [
      'a margin above 1',
      [['eth', '1', { maintenanceMargin: '2' }]],
      [['usdc', '1']],
      'collateral[0].maintenanceMargin',
    ],
    [
      'less to open than to stay',
      [['eth', '1', { maintenanceMargin: '0.1', initialMargin: '0.05' }]],
      [['usdc', '1']],
      'collateral[0].initialMargin',
    ],
  ] as const)('%s', (_name, collateral, debt, path) => {
    expect(isolatedMarginModel.findProblem(position(collateral, debt))?.path).toBe(path);
  });
});

describe('outcome', () => {
  test('says what was counted as cash; nothing where every leg states its margin', () => {
    const taken = 'usdc is the cash of the account: where its leg states no margin it counts in full.';
    expect(isolatedMarginModel.computeOutcome(long, at('2740')).assumptions).toContain(taken);
    const stated = position([['eth', '2', RATES]], [['usdc', '5400', { maintenanceMargin: '0' }]]);
    expect(isolatedMarginModel.computeOutcome(stated, at('2740')).assumptions.join(' ')).not.toContain('cash');
  });

  test('what margin is left goes to the fund', () => {
    // 5,480 − 5,400 = 80, below 2 % of 5,480; 80/5,480 of 2 ETH = 4/137.
    const outcome = isolatedMarginModel.computeOutcome(long, at('2740'));
    const [step] = outcome.steps;
    expect([showAmounts(step?.repaid ?? []), showAmounts(step?.seized ?? [])]).toEqual([['5400 usdc'], ['2 eth']]);
    expect(showAmounts(step?.fee ?? [])).toEqual(['4/137 eth']);
    expect(show(step?.bonusValue ?? null)).toBe('0');
    expect([show(outcome.penaltyValue), show(outcome.badDebt), outcome.badDebtBearer]).toEqual(['80', '0', undefined]);
  });

  test('past the bankruptcy price the fund pays', () => {
    // 2 · 2,650 = 5,300 of 5,400.
    const outcome = isolatedMarginModel.computeOutcome(long, at('2650'));
    expect(showAmounts(outcome.steps[0]?.repaid ?? [])).toEqual(['5300 usdc']);
    expect([show(outcome.penaltyValue), show(outcome.badDebt)]).toEqual(['0', '100']);
    expect(outcome.badDebtBearer).toContain('insurance fund');
    // The short at 3,600: 7,000 pay for 7,000/3,600 ETH of 2; 200 short.
    expect(show(isolatedMarginModel.computeOutcome(short, at('3600')).badDebt)).toBe('200');
  });

  test('safe: no steps; nothing held: all bad', () => {
    expect(isolatedMarginModel.computeOutcome(long, at('3000')).steps).toEqual([]);
    const bare = position([], [['eth', '2', RATES]]);
    expect(show(isolatedMarginModel.computeOutcome(bare, at('10')).badDebt)).toBe('20');
  });

  test('held + bad debt = owed + the fund’s gain; never both; bad debt only grows as the price falls', () => {
    const prices = fc.integer({ min: 0, max: 2_755 });
    fc.assert(
      fc.property(prices, prices, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const [worse, better] = [low, high].map((eth) => isolatedMarginModel.computeOutcome(long, at(`${eth}`)));
        if (!worse || !better) throw new Error('two outcomes');
        // By hand: held 2 · P, owed 5,400.
        for (const [eth, outcome] of [
          [low, worse],
          [high, better],
        ] as const) {
          expect(show(outcome.penaltyValue)).toBe(`${Math.max(0, 2 * eth - 5_400)}`);
          expect(show(outcome.badDebt)).toBe(`${Math.max(0, 5_400 - 2 * eth)}`);
          expect(showAmounts(outcome.steps[0]?.debtLeft ?? [])).toEqual(['0 usdc']);
        }
        expect(compareRational(worse.badDebt, better.badDebt)).toBeGreaterThanOrEqual(0);
        expect(compareRational(worse.penaltyValue, fraction('0'))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
