import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RAY } from '@/lib/units/fixed';
import {
  addRational,
  compareRational,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show, showAmounts } from '../book-testing';
import { computeAuctionPrice, computeRayPower } from './auction';
import { makerMcdModel } from './book-model';
import type { MakerMcdTerms } from './book-terms';
import { ILKS } from './ilks';

const termsOf = (input: Record<string, string>): MakerMcdTerms => makerMcdModel.termsSchema.parse(input);
const vault = (ink: string, debt: string, terms: Record<string, string> = { ilk: 'ETH-A' }) =>
  bookPosition('maker-mcd', termsOf(terms), [['eth', ink]], [['dai', debt]]);
const at = (eth: string, dai = '1') => bookPrices({ eth, dai });
/** Rational as text with 12 decimals, cut off. */
const cut = (value: Rational): string => {
  const scaled = (value.numerator * 10n ** 12n) / value.denominator;
  return `${scaled / 10n ** 12n}.${(scaled % 10n ** 12n).toString().padStart(12, '0')}`;
};

/** The set-up of the contracts' own tests (`dss/src/test/clip.t.sol`, setUp and takeSetup): price 4, mat 200 %, chop 10 %, dust 20. */
const CLIP_TEST = {
  mat: '2',
  chop: '1.1',
  dust: '20',
  hole: '1000',
  Hole: '1000',
  buf: '1.25',
  cusp: '0.3',
  tail: '3600',
  step: '1',
  cut: '0.99',
};

describe('terms', () => {
  test('an ilk stands for its row, and what is given beside it comes first', () => {
    const terms = termsOf({ ilk: 'ETH-B', mat: '1.4' });
    expect([show(terms.mat), show(terms.chop), show(terms.dust), show(terms.step)]).toEqual([
      '1.4',
      '1.13',
      '25000',
      '60',
    ]);
  });

  test('a penalty may be written as the part on top or as the Dog’s factor', () => {
    expect(show(termsOf({ mat: '1.5', chop: '0.13' }).chop)).toBe('1.13');
    expect(show(termsOf({ mat: '1.5', chop: '1.13' }).chop)).toBe('1.13');
    expect(show(termsOf({ mat: '1.5', chop: '0' }).chop)).toBe('1');
  });

  test.each([
    [{}],
    [{ mat: '1.5' }],
    [{ ilk: 'ETH-Z' }],
    [{ ilk: 'ETH-A', mat: '-1' }],
    [{ ilk: 'ETH-A', mat: '0' }],
    [{ ilk: 'ETH-A', cut: '1.01' }],
    [{ ilk: 'ETH-A', step: '0' }],
    [{ ilk: 'ETH-A', colour: '1' }],
  ])('refused: %j', (input) => {
    expect(makerMcdModel.termsSchema.safeParse(input).success).toBe(false);
  });

  test('every ilk of the table is a full set of terms', () => {
    for (const ilk of Object.keys(ILKS)) expect(termsOf({ ilk }).ilk).toBe(ilk);
  });
});

describe('evaluation and liquidation price', () => {
  test('ETH-A: 10 ETH at 2,000 against 10,000 DAI', () => {
    // Needed: 10,000 · 1.45 = 14,500. Room: 20,000 / 1.45 − 10,000 = 110,000/29. P* = 14,500 / 10; drop 1 − 14,500/20,000.
    const evaluation = makerMcdModel.computeEvaluation(vault('10', '10000'), at('2000'));
    expect(evaluation.liquidatable).toBe(false);
    expect(show(evaluation.healthFactor)).toBe('40/29');
    expect(show(evaluation.availableToBorrow)).toBe('110000/29');
    const { alone, together } = makerMcdModel.computeLiquidationPrices(vault('10', '10000'), at('2000'));
    expect(alone.get('eth')).toMatchObject({ exists: true, direction: 'below' });
    const eth = alone.get('eth');
    expect(eth?.exists && show(eth.price)).toBe('1450');
    expect(together.exists && show(together.drop)).toBe('0.275');
    expect(alone.get('dai')).toMatchObject({ exists: false, reason: 'venue-rule' });
  });

  test('the market price of DAI changes values, not safety', () => {
    const evaluation = makerMcdModel.computeEvaluation(vault('10', '10000'), at('1450', '1.2'));
    expect(evaluation.liquidatable).toBe(false);
    expect(show(evaluation.healthFactor)).toBe('1');
    // 12,000 / 14,500
    expect([show(evaluation.debtValue), show(evaluation.ltv)]).toEqual(['12000', '24/29']);
  });

  test('nothing is lent where the debt would stay below dust, or where the ceiling is 0', () => {
    // 5 ETH at 2,000 / 1.45 = 6,896 < 7,500.
    expect(show(makerMcdModel.computeEvaluation(vault('5', '0'), at('2000')).availableToBorrow)).toBe('0');
    const closed = vault('5', '0', { ilk: 'WBTC-A' });
    expect(show(makerMcdModel.computeEvaluation(closed, at('90000')).availableToBorrow)).toBe('0');
  });

  test('at the liquidation price safe, 1e-18 below it not', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 12n), fc.bigInt(1n, 10n ** 15n), (ink, debt) => {
        const position = vault(`${ink}/1000`, `${debt}/100`);
        const price = makerMcdModel.computeLiquidationPrices(position, at('2000')).alone.get('eth');
        if (!price?.exists) throw new Error('there must be a price');
        const beyond = subtractRational(price.price, rational(1n, 10n ** 18n));
        const liquidatable = (eth: Rational) =>
          makerMcdModel.computeEvaluation(position, new Map([...at('1'), ['eth', eth]])).liquidatable;
        expect([liquidatable(price.price), liquidatable(beyond)]).toEqual([false, true]);
      }),
    );
  });

  test('no debt, no collateral, two collaterals', () => {
    const prices = at('2000');
    const free = makerMcdModel.computeLiquidationPrices(vault('1', '0'), prices);
    expect([free.alone.get('eth'), free.together]).toMatchObject([{ reason: 'no-debt' }, { reason: 'no-debt' }]);
    const bare = makerMcdModel.computeLiquidationPrices(vault('0', '1'), prices);
    expect(bare.alone.get('eth')).toMatchObject({ exists: false, reason: 'already-liquidatable' });
    const two = bookPosition(
      'maker-mcd',
      termsOf({ ilk: 'ETH-A' }),
      [
        ['eth', '1'],
        ['btc', '1'],
      ],
      [['dai', '1']],
    );
    expect(makerMcdModel.findProblem(two)?.path).toBe('collateral[1]');
  });
});

describe('auction price', () => {
  test('the contract’s power, each product rounded half up', () => {
    // 0.99^2 = 0.9801, 0.99^3 = 0.970299, 0.99^10 = 0.90438207500880449001: all exact within 27 decimals.
    const x = 99n * 10n ** 25n;
    expect(computeRayPower(x, 0n)).toBe(RAY);
    expect(computeRayPower(x, 2n)).toBe(980_100_000_000_000_000_000_000_000n);
    expect(computeRayPower(x, 3n)).toBe(970_299_000_000_000_000_000_000_000n);
    expect(computeRayPower(x, 10n)).toBe(904_382_075_008_804_490_010_000_000n);
  });

  test('the first step at or below the market', () => {
    // 1.1 · 0.99^9 = 1.00486… above, 1.1 · 0.99^10 = 0.994820282509684939011 below: · 2,000.
    expect(show(computeAuctionPrice(fraction('2000'), fraction('1'), termsOf({ ilk: 'ETH-A' })) ?? null)).toBe(
      '1989.640565019369878022',
    );
    // Dear DAI: 1.1 · 2 = 2.2 must fall to 1: 0.99^79 = 0.45204… is the last step of 7,200 s and above cusp, and 2.2 · 0.45204 < 1.
    expect(computeAuctionPrice(fraction('2000'), fraction('2'), termsOf({ ilk: 'ETH-A' }))).toBeDefined();
    // At 3 no step before the reset is low enough: 1.1 · 3 · 0.4475 > 1.
    expect(computeAuctionPrice(fraction('2000'), fraction('3'), termsOf({ ilk: 'ETH-A' }))).toBeUndefined();
    // With more time, dear DAI at 2.2 would need 0.99^88 = 0.41296…, but below 45 % of the start the auction must be reset.
    expect(
      computeAuctionPrice(fraction('2000'), fraction('2.2'), termsOf({ ilk: 'ETH-A', tail: '20000' })),
    ).toBeUndefined();
    // The start is 2,000 / par · 1.1 = 1,100 DAI at a par of 2, and a DAI worth 2: the same step, half the price.
    expect(
      show(computeAuctionPrice(fraction('2000'), fraction('2'), termsOf({ ilk: 'ETH-A', par: '2' })) ?? null),
    ).toBe('994.820282509684939011');
    // A start at the market sells at once.
    expect(show(computeAuctionPrice(fraction('7'), fraction('1'), termsOf({ ilk: 'ETH-A', buf: '1' })) ?? null)).toBe(
      '7',
    );
  });
});

describe('outcome', () => {
  test('a safe vault: no steps', () => {
    expect(makerMcdModel.computeOutcome(vault('10', '10000'), at('1450')).steps).toEqual([]);
  });

  test('ETH-A: 10 ETH at 2,000 against 14,000 DAI', () => {
    // 20,000 < 14,000 · 1.45. tab 14,000 · 1.13 = 15,820 at 1,989.640565019369878022: sold 7.951184891450977…; 1,820 of it the penalty:
    // 0.914738084857192…; 10 − sold = 2.048815108549022… back. Lost beyond the debt: sold · 2,000 − 14,000 = 1,902.369782901954….
    const outcome = makerMcdModel.computeOutcome(vault('10', '14000'), at('2000'));
    expect(outcome.steps).toHaveLength(1);
    const [step] = outcome.steps;
    expect(showAmounts(step?.repaid ?? [])).toEqual(['14000 dai']);
    expect(step?.seized.map(({ amount }) => cut(amount))).toEqual(['7.951184891450']);
    expect(step?.fee.map(({ amount }) => cut(amount))).toEqual(['0.914738084857']);
    expect(step?.collateralLeft.map(({ amount }) => cut(amount))).toEqual(['2.048815108549']);
    expect(showAmounts(step?.debtLeft ?? [])).toEqual(['0 dai']);
    expect(cut(outcome.penaltyValue)).toBe('1902.369782901954');
    // What pays the debt, 14,000/1,989.640565…, is worth 14,072.8936… to the buyer.
    expect(cut(step?.bonusValue ?? rational(0n))).toBe('72.893613187570');
    expect([show(outcome.badDebt), outcome.badDebtBearer]).toEqual(['0', undefined]);
  });

  test('ETH-A, insolvent: 10 ETH at 1,200 against 14,000 DAI', () => {
    // 1.1 · 1,200 · 0.99^10 = 1,193.784…: the lot fetches 11,937.843390116219268132; the Vow bears 14,000 less that.
    const outcome = makerMcdModel.computeOutcome(vault('10', '14000'), at('1200'));
    expect(showAmounts(outcome.steps[0]?.repaid ?? [])).toEqual(['11937.843390116219268132 dai']);
    expect(showAmounts(outcome.steps[0]?.collateralLeft ?? [])).toEqual(['0 eth']);
    expect(show(outcome.badDebt)).toBe('2062.156609883780731868');
    expect(show(outcome.penaltyValue)).toBe('62.156609883780731868');
    expect(outcome.badDebtBearer).toContain('Vow');
  });

  test('as test_take_over_tab: 40 against 100 at top 5, tab 110: 22 sold, 18 back to the owner', () => {
    // DAI at 0.80 makes the start, 4 · 1.25 = 5 DAI, worth the market's 4 at once.
    const [step] = makerMcdModel.computeOutcome(vault('40', '100', CLIP_TEST), at('4', '0.8')).steps;
    expect(showAmounts(step?.seized ?? [])).toEqual(['22 eth']);
    expect(showAmounts(step?.collateralLeft ?? [])).toEqual(['18 eth']);
    expect(showAmounts(step?.fee ?? [])).toEqual(['2 eth']);
  });

  test('as test_take_full_lot_partial_tab: after 69 steps the whole lot fetches just below 100', () => {
    // DAI at 1.6: 4 / 1.6 = 2.5; 5 · 0.99^68 = 2.5244… above, 5 · 0.99^69 = 2.499185… below; 40 of it: 99.967405979839….
    const [step] = makerMcdModel.computeOutcome(vault('40', '100', CLIP_TEST), at('4', '1.6')).steps;
    expect(step?.repaid.map(({ amount }) => cut(amount))).toEqual(['99.967405979839']);
    expect(step?.fee).toEqual([]);
    // (100 − 99.967405979839…) · 1.6
    expect(cut(step?.badDebt ?? rational(0n))).toBe('0.052150432256');
  });

  test('as test_bark_not_leaving_dust: a hole of 80 leaves exactly dust, so the vault is taken in two', () => {
    const terms = { ...CLIP_TEST, chop: '1', hole: '80' };
    const { steps } = makerMcdModel.computeOutcome(vault('40', '100', terms), at('4', '0.8'));
    // Lot 32 at 5: 80 / 5 = 16 sold, 16 back; 8 ink stay in the vault; 40 − 16 = 24 are the owner's. Then 20 / 5 = 4 sold of 8.
    expect(steps.map(({ seized }) => showAmounts(seized))).toEqual([['16 eth'], ['4 eth']]);
    expect(steps.map(({ collateralLeft }) => showAmounts(collateralLeft))).toEqual([['24 eth'], ['20 eth']]);
    expect(steps.map(({ debtLeft }) => showAmounts(debtLeft))).toEqual([['20 dai'], ['0 dai']]);
    // 8 · 4 / (20 · 2)
    expect(steps.map(({ healthFactorAfter }) => show(healthFactorAfter))).toEqual(['0.8', 'null']);
  });

  test('the same with everything worth twice as much and a par of 2', () => {
    // 40 · 8 = 320 < 100 · 2 · 2; start 8 / 2 · 1.25 = 5 DAI, worth 8 with DAI at 1.6. Left in the vault: 8 · 8 / (20 · 2 · 2).
    const terms = { ...CLIP_TEST, chop: '1', hole: '80', par: '2' };
    const { steps } = makerMcdModel.computeOutcome(vault('40', '100', terms), at('8', '1.6'));
    expect(steps.map(({ seized }) => showAmounts(seized))).toEqual([['16 eth'], ['4 eth']]);
    expect(steps.map(({ healthFactorAfter }) => show(healthFactorAfter))).toEqual(['0.8', 'null']);
  });

  test('as test_bark_not_leaving_dust_over_hole: one wei of room more would leave less than dust, so all is taken', () => {
    const terms = { ...CLIP_TEST, chop: '1', hole: '80.000000000000000001' };
    const { steps } = makerMcdModel.computeOutcome(vault('40', '100', terms), at('4', '0.8'));
    expect(steps.map(({ repaid }) => showAmounts(repaid))).toEqual([['100 dai']]);
  });

  test('what the Dog refuses: no room, a dusty partial auction', () => {
    for (const hole of ['0', '19']) {
      const outcome = makerMcdModel.computeOutcome(vault('40', '100', { ...CLIP_TEST, chop: '1', hole }), at('4'));
      expect(outcome.steps).toEqual([]);
      expect(outcome.assumptions.at(-1)).toContain('Dog');
    }
  });

  test('an auction that never comes down to the market is not sold, and says so', () => {
    const outcome = makerMcdModel.computeOutcome(vault('10', '14000'), at('2000', '3'));
    expect(showAmounts(outcome.steps[0]?.repaid ?? [])).toEqual(['0 dai']);
    expect(show(outcome.badDebt)).toBe('42000');
    expect(outcome.assumptions.at(-1)).toContain('nobody buys');
    // The lot is gone, and nobody's gain.
    expect(show(outcome.steps[0]?.bonusValue ?? null)).toBe('0');
  });

  test('no more than 200 auctions are followed, and it is said', () => {
    // 14,000 DAI in auctions of 11.3 / 1.13 = 10: 1,400 of them.
    const outcome = makerMcdModel.computeOutcome(
      vault('10', '14000', { ilk: 'ETH-A', hole: '11.3', dust: '0' }),
      at('2000'),
    );
    expect(outcome.steps).toHaveLength(200);
    expect(showAmounts(outcome.steps.at(-1)?.debtLeft ?? [])).toEqual(['12000 dai']);
    expect(outcome.assumptions.at(-1)).toContain('200');
  });

  test('a debt with nothing behind it is bad, and no auction takes place', () => {
    const outcome = makerMcdModel.computeOutcome(vault('0', '9000'), at('2000'));
    expect([outcome.steps.length, show(outcome.badDebt)]).toEqual([0, '9000']);
  });

  const arbitrary = {
    ink: fc.bigInt(1n, 10n ** 6n),
    /** Collateral ratio in thousandths, below and above mat. */
    ratio: fc.bigInt(100n, 1_600n),
    price: fc.bigInt(1n, 10n ** 6n),
    dai: fc.bigInt(80n, 120n),
    hole: fc.bigInt(10n ** 6n, 10n ** 9n),
  };

  test('what the vault loses is what pays its debt and the penalty and what the buyer gains; nothing is lost or owed below 0', () => {
    fc.assert(
      fc.property(fc.record(arbitrary), ({ ink, ratio, price, dai, hole }) => {
        const [eth, daiPrice] = [rational(price, 100n), rational(dai, 100n)];
        const debt = rational(ink * price * 10n, 1_000n * ratio);
        const terms = termsOf({ ilk: 'ETH-A', dust: '0', hole: hole.toString() });
        const start = { ...vault('1', '1'), terms };
        const [gem, owed] = [start.collateral[0], start.debt[0]];
        if (!gem || !owed) throw new Error('both legs are there');
        const inkAmount = rational(ink, 1_000n);
        const position = { ...start, collateral: [{ ...gem, amount: inkAmount }], debt: [{ ...owed, amount: debt }] };
        const outcome = makerMcdModel.computeOutcome(
          position,
          new Map([
            ['eth', eth],
            ['dai', daiPrice],
          ]),
        );
        const auction = (power: number): Rational =>
          rational(price * 11n * 99n ** BigInt(power), 1_000n * 100n ** BigInt(power));
        let power = 0;
        while (compareRational(multiplyRational(auction(power), daiPrice), eth) > 0) power += 1;
        let [before, owing] = [inkAmount, debt];
        for (const step of outcome.steps) {
          const amounts = [step.seized, step.repaid, step.collateralLeft, step.debtLeft].map((legs) => legs[0]?.amount);
          const [seized, repaid, left, debtLeft] = amounts as [Rational, Rational, Rational, Rational];
          const fee = step.fee[0]?.amount ?? rational(0n);
          expect(compareRational(addRational(seized, left), before)).toBe(0);
          const paid = multiplyRational(subtractRational(seized, fee), auction(power));
          const difference = subtractRational(paid, repaid);
          // The contract's power is rounded at 27 decimals; the test's is exact.
          expect(Math.abs(Number(difference.numerator) / Number(difference.denominator))).toBeLessThan(1e-9);
          const cleared = addRational(multiplyRational(repaid, daiPrice), step.badDebt);
          expect(compareRational(cleared, multiplyRational(subtractRational(owing, debtLeft), daiPrice))).toBe(0);
          expect(debtLeft.numerator >= 0n && left.numerator >= 0n && step.badDebt.numerator >= 0n).toBe(true);
          expect(step.penaltyValue.numerator >= 0n).toBe(true);
          [before, owing] = [left, debtLeft];
        }
      }),
      { numRuns: 60 },
    );
  });

  test('at a lower price no more is left and no less is bad', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 2_029n), fc.bigInt(1n, 2_029n), (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const [worse, better] = [low, high].map((eth) =>
          makerMcdModel.computeOutcome(vault('10', '14000'), at(`${eth}`)),
        );
        const left = (outcome: typeof worse) => outcome?.steps[0]?.collateralLeft[0]?.amount ?? rational(-1n);
        expect(compareRational(left(worse), left(better))).toBeLessThanOrEqual(0);
        expect(
          compareRational(worse?.badDebt ?? rational(-1n), better?.badDebt ?? rational(0n)),
        ).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
