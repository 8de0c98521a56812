import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssetAmount } from '@/lib/domain/venue-model';
import {
  addRational,
  compareRational,
  multiplyRational,
  rational,
  subtractRational,
  sumRational,
} from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, type LegText, show, showAmounts } from '../book-testing';
import { crossMarginModel } from './book-model';

const account = (collateral: readonly LegText[], debt: readonly LegText[]) =>
  bookPosition('cross-margin', {}, collateral, debt);
/** Long 2 ETH (2 %), short 0.1 BTC (1 %), in one account of equity 1,600 at 3,100 and 90,000. */
const hedged = account(
  [
    ['eth', '2', { initialMargin: '0.05', maintenanceMargin: '0.02' }],
    ['usdc', '9800'],
  ],
  [
    ['btc', '0.1', { initialMargin: '0.03', maintenanceMargin: '0.01' }],
    ['usdc', '5400'],
  ],
);
const at = (eth: string, btc = '90000') => bookPrices({ eth, btc, usdc: '1' });

describe('evaluation and prices', () => {
  test('each position by the formula with the account’s free margin', () => {
    // Equity 6,200 + 9,800 − 9,000 − 5,400 = 1,600; required 124 + 90; available 1,386.
    // ETH 3,100 − 1,386/2/0.98 = 16,750/7; BTC 90,000 + 1,386/0.1/1.01 = 10,476,000/101.
    const { alone } = crossMarginModel.computeLiquidationPrices(hedged, at('3100'));
    const [eth, btc, usdc] = ['eth', 'btc', 'usdc'].map((asset) => alone.get(asset));
    expect(eth?.exists && [show(eth.price), eth.direction]).toEqual(['16750/7', 'below']);
    expect(btc?.exists && [show(btc.price), btc.direction]).toEqual(['10476000/101', 'above']);
    // Net 4,400 of cash against 9,090 − 6,076 = 3,014 owed on balance: below 3,014/4,400 = 0.685.
    expect(usdc?.exists && [show(usdc.price), usdc.direction]).toEqual(['0.685', 'below']);
  });

  test('the long of the reference alone', () => {
    const long = account([['eth', '2', { maintenanceMargin: '0.02' }]], [['usdc', '5400']]);
    const eth = crossMarginModel.computeLiquidationPrices(long, at('3100')).alone.get('eth');
    expect(eth?.exists && show(eth.price)).toBe('135000/49');
  });

  test('health and room; a maintenance margin on cash collateral is its haircut', () => {
    const evaluation = crossMarginModel.computeEvaluation(hedged, at('3100'));
    // (6,200 · 0.98 + 9,800) / (9,000 · 1.01 + 5,400) = 15,876 / 14,490; room (5,890 + 9,800 − 9,270 − 5,400) / 1.03 = 1,020/1.03.
    expect([show(evaluation.healthFactor), show(evaluation.availableToBorrow)]).toEqual(['126/115', '102000/103']);
    // 1,000 with a haircut of 10 % carry 900.
    const cut = account([['usde', '1000', { maintenanceMargin: '0.1' }]], [['usdc', '900']]);
    const prices = (usde: string) => bookPrices({ usde, usdc: '1' });
    expect(crossMarginModel.computeEvaluation(cut, prices('1')).liquidatable).toBe(false);
    expect(crossMarginModel.computeEvaluation(cut, prices('0.999999999999999999')).liquidatable).toBe(true);
  });

  test('collateral of another asset counts after its haircut, to stay and to draw', () => {
    const posted = account([['btc', '2', { initialMargin: '0.2', maintenanceMargin: '0.1' }]], [['usdc', '150000']]);
    // 180,000 · 0.9 / 150,000; 180,000 · 0.8 is less than is owed; 150,000 / 2 / 0.9.
    const evaluation = crossMarginModel.computeEvaluation(posted, at('3100'));
    expect([evaluation.healthFactor, evaluation.collateralValue].map(show)).toEqual(['1.08', '180000']);
    expect(show(evaluation.availableToBorrow)).toBe('0');
    const btc = crossMarginModel.computeLiquidationPrices(posted, at('3100')).alone.get('btc');
    expect(btc?.exists && show(btc.price)).toBe('250000/3');
    // 100,000 · 2 · 0.8 − 150,000.
    expect(show(crossMarginModel.computeEvaluation(posted, at('3100', '100000')).availableToBorrow)).toBe('10000');
  });

  test('a haircut is worth as much as that share less of the collateral', () => {
    const drawn = [
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 1, max: 90_000 }),
    ] as const;
    fc.assert(
      fc.property(...drawn, (milli, percent, owed) => {
        const debt: LegText[] = [['usdc', `${owed}`, { maintenanceMargin: '0' }]];
        const cut = account([['btc', `${milli}/1000`, { maintenanceMargin: `${percent}/100` }]], debt);
        const less = account([['btc', `${milli * (100 - percent)}/100000`]], debt);
        const [one, other] = [cut, less].map((each) => crossMarginModel.computeEvaluation(each, at('3100')));
        expect(show(one?.healthFactor ?? null)).toBe(show(other?.healthFactor ?? null));
        expect(one?.liquidatable).toBe(other?.liquidatable);
      }),
    );
  });

  test('debts without any maintenance margin are refused', () => {
    expect(crossMarginModel.findProblem(account([['eth', '1']], [['usdc', '1']]))?.path).toBe(
      'debt[0].maintenanceMargin',
    );
    expect(crossMarginModel.findProblem(hedged)).toBeUndefined();
  });
});

test('one asset is the cash; another that states no margin is refused, "0" is not', () => {
  const usdt = (parameters: object) =>
    account(
      [
        ['eth', '2', { maintenanceMargin: '0.02' }],
        ['usdt', '100', parameters],
      ],
      [['usdc', '5400']],
    );
  expect(crossMarginModel.findProblem(usdt({}))).toMatchObject({ path: 'collateral[1].maintenanceMargin' });
  expect(crossMarginModel.findProblem(usdt({ maintenanceMargin: '0' }))).toBeUndefined();
  // A debt without one, beside the cash that is owed first.
  const debts = account(
    [['eth', '2', { maintenanceMargin: '0.02' }]],
    [
      ['usdc', '5400'],
      ['btc', '0.01'],
    ],
  );
  expect(crossMarginModel.findProblem(debts)?.path).toBe('debt[1].maintenanceMargin');
});

describe('outcome', () => {
  const long = account([['eth', '2', { maintenanceMargin: '0.02' }]], [['usdc', '5400']]);

  test('no more is closed than margin is missing', () => {
    // At 2,750: equity 100, required 110: 10 / 0.02 = 500 closed, 500/2,750 = 2/11 ETH. Then 5,000 against 4,900: 100 of 100.
    const outcome = crossMarginModel.computeOutcome(long, at('2750'));
    expect(outcome.steps).toHaveLength(1);
    const [step] = outcome.steps;
    expect([showAmounts(step?.repaid ?? []), showAmounts(step?.seized ?? [])]).toEqual([['500 usdc'], ['2/11 eth']]);
    expect([showAmounts(step?.debtLeft ?? []), showAmounts(step?.collateralLeft ?? [])]).toEqual([
      ['4900 usdc'],
      ['20/11 eth'],
    ]);
    expect([show(step?.healthFactorAfter ?? null), show(outcome.penaltyValue)]).toEqual(['1', '0']);
  });

  test('bankrupt: everything is closed, the insurance fund bears the rest', () => {
    // 2 · 2,600 = 5,200 of 5,400.
    const outcome = crossMarginModel.computeOutcome(long, at('2600'));
    expect(showAmounts(outcome.steps[0]?.debtLeft ?? [])).toEqual(['0 usdc']);
    expect([show(outcome.badDebt), outcome.badDebtBearer?.includes('insurance fund')]).toEqual(['200', true]);
    const bare = account([], [['usdc', '70', { maintenanceMargin: '0.02' }]]);
    const nothingHeld = crossMarginModel.computeOutcome(bare, at('1'));
    expect([nothingHeld.steps.length, show(nothingHeld.badDebt)]).toEqual([0, '70']);
  });

  test('the pair with most margin first, then the next', () => {
    // ETH 2 % and BTC 1 %: 3 % of what is closed. ETH at 2,300: held 4,600 + 9,800, owed 9,000 + 5,400: equity 0, required 92 + 90 = 182:
    // ETH against BTC first, all 4,600 (frees 138); then cash against BTC, 44 / 0.01 = 4,400. Equity 0, required 0.
    const outcome = crossMarginModel.computeOutcome(hedged, at('2300'));
    expect(outcome.steps.map(({ seized }) => showAmounts(seized))).toEqual([['2 eth'], ['4400 usdc']]);
    expect(outcome.steps.map(({ repaid }) => showAmounts(repaid))).toEqual([['23/450 btc'], ['11/225 btc']]);
    expect([show(outcome.badDebt), show(outcome.steps[1]?.healthFactorAfter ?? null)]).toEqual(['0', '1']);
  });

  test('on a tie what stands first', () => {
    // 1,000 of each, 2 %: equity 30 of 40 required, 10 / 0.02 = 500 closed.
    const margins = { maintenanceMargin: '0.02' };
    const two = account(
      [
        ['eth', '1', margins],
        ['btc', '0.1', margins],
      ],
      [['usdc', '1970']],
    );
    const { steps } = crossMarginModel.computeOutcome(two, at('1000', '10000'));
    expect(steps.map(({ seized }) => showAmounts(seized))).toEqual([['0.5 eth']]);
  });

  const drawnPrices = fc.record({ eth: fc.integer({ min: 0, max: 6_000 }), btc: fc.integer({ min: 1, max: 200_000 }) });

  test('value for value; debt never below 0; it ends at the margin or with nothing held', () => {
    fc.assert(
      fc.property(drawnPrices, ({ eth, btc }) => {
        const prices = at(`${eth}`, `${btc}`);
        const sumValue = (legs: readonly AssetAmount[]) =>
          sumRational(legs.map(({ asset, amount }) => multiplyRational(amount, prices.get(asset) ?? rational(0n))));
        const outcome = crossMarginModel.computeOutcome(hedged, prices);
        expect(outcome.steps.length > 0).toBe(crossMarginModel.computeEvaluation(hedged, prices).liquidatable);
        let [held, owed] = [sumValue(hedged.collateral), sumValue(hedged.debt)];
        for (const step of outcome.steps) {
          const moved = sumValue(step.seized);
          expect(show(sumValue(step.repaid))).toBe(show(moved));
          expect(show(sumValue(step.collateralLeft))).toBe(show(subtractRational(held, moved)));
          const accounted = sumRational([sumValue(step.debtLeft), moved, step.badDebt]);
          expect(show(accounted)).toBe(show(owed));
          for (const { amount } of [...step.collateralLeft, ...step.debtLeft])
            expect(amount.numerator >= 0n).toBe(true);
          [held, owed] = [sumValue(step.collateralLeft), sumValue(step.debtLeft)];
        }
        // By hand: what is owed beyond what is held, where it is.
        const net = 2 * eth + 9_800 - 5_400 - btc / 10;
        if (net < 0)
          expect(Number(outcome.badDebt.numerator) / Number(outcome.badDebt.denominator)).toBeCloseTo(-net, 6);
        else expect(show(outcome.badDebt)).toBe('0');
        const last = outcome.steps.at(-1)?.healthFactorAfter;
        if (last) expect(show(last)).toBe('1');
      }),
    );
  });

  test('at a lower price of what is held no less is closed and no less is bad', () => {
    const prices = fc.integer({ min: 1, max: 2_755 });
    fc.assert(
      fc.property(prices, prices, (one, other) => {
        const [worse, better] = [Math.min(one, other), Math.max(one, other)].map((eth) =>
          crossMarginModel.computeOutcome(long, at(`${eth}`)),
        );
        if (!worse || !better) throw new Error('two outcomes');
        const left = (outcome: typeof worse) => outcome.steps.at(-1)?.collateralLeft[0]?.amount ?? fraction('2');
        expect(compareRational(left(worse), left(better))).toBeLessThanOrEqual(0);
        expect(compareRational(worse.badDebt, better.badDebt)).toBeGreaterThanOrEqual(0);
        expect(compareRational(addRational(worse.penaltyValue, better.penaltyValue), rational(0n))).toBe(0);
      }),
    );
  });
});
