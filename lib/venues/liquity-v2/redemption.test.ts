import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BookPosition } from '@/lib/domain/book-position';
import { toFaceValueLoan } from '@/lib/risk/liquidation/face-value-loan';
import { addRational, compareRational, multiplyRational, rational, subtractRational } from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show, showAmounts } from '../book-testing';
import type { LiquityV2Terms } from './book-terms';
import type { BranchName } from './branches';
import { computeLiquityV2DebtInFront } from './debt-in-front';
import { describeLiquityV2Redemption } from './describe-redemption';
import { computeLiquityV2Redemption } from './redemption';

interface TroveText {
  readonly id?: string;
  readonly eth?: string;
  readonly bold: string;
  readonly rate?: string;
  readonly branch?: BranchName;
}

function trove({ id = 'own', eth = '10', bold, rate, branch = 'WETH' }: TroveText): BookPosition<LiquityV2Terms> {
  const position = bookPosition('liquity-v2', { branch }, [['eth', eth]], [['bold', bold]]);
  return {
    ...position,
    id,
    debt: position.debt.map((leg) => ({ ...leg, borrowRate: rate ? fraction(rate) : undefined })),
  };
}
const at = (eth: string) => bookPrices({ eth, bold: '0.99' });
const loanOf = (bold: string, eth: string) => toFaceValueLoan(trove({ bold }), at(eth), fraction('1'));

function redeem(loan: ReturnType<typeof loanOf>, bold: string, baseRate?: string, branch: BranchName = 'WETH') {
  const found = computeLiquityV2Redemption(loan, branch, fraction(bold), baseRate ? fraction(baseRate) : undefined);
  if (!found.redeemable) throw new Error(found.reason);
  return found;
}

describe('one trove', () => {
  test('part of the debt: face value less the fee, which stays', () => {
    // 6,000 / 3,000 = 2; 0.5 % of it 0.01. Left 8.01 at 3,000 = 24,030 against 14,000: / 1.1 = 2,403/1,540; / 1.2 = 801/560.
    const part = redeem(loanOf('20000', '3000'), '6000');
    expect([part.redeemed, part.taken, part.feeKept].map(show)).toEqual(['6000', '1.99', '0.01']);
    expect([part.collateralLeft, part.debtLeft].map(show)).toEqual(['8.01', '14000']);
    expect(show(part.healthFactorAfter)).toBe('2403/1540');
    expect(show(redeem(loanOf('20000', '3000'), '6000', undefined, 'rETH').healthFactorAfter)).toBe('801/560');
  });

  test('never more than the debt', () => {
    // 20,000 · 0.995 / 3,000 = 199/30 of 10.
    const all = redeem(loanOf('20000', '3000'), '50000');
    expect([all.redeemed, all.taken, all.collateralLeft, all.debtLeft].map(show)).toEqual([
      '20000',
      '199/30',
      '101/30',
      '0',
    ]);
    expect(all.healthFactorAfter).toBeNull();
  });

  test('the fee: half a per cent and the base rate, at most everything', () => {
    expect(
      [redeem(loanOf('20000', '3000'), '6000', '0.01')].map(({ taken, feeKept }) => [taken, feeKept].map(show)),
    ).toEqual([['1.97', '0.03']]);
    const dear = redeem(loanOf('20000', '3000'), '6000', '1');
    expect([dear.taken, dear.feeKept, dear.debtLeft].map(show)).toEqual(['0', '2', '14000']);
  });

  test('passed over below 100 %, not at it', () => {
    // 20,000 at 2,000: exactly 100 %. 20,000 · 0.995 / 2,000.
    expect(show(redeem(loanOf('20000', '2000'), '20000').taken)).toBe('9.95');
    const below = { redeemable: false, reason: 'below-face-value' };
    for (const price of ['1999.999999', '0']) {
      expect(computeLiquityV2Redemption(loanOf('20000', price), 'WETH', fraction('1'))).toEqual(below);
    }
    expect(computeLiquityV2Redemption(loanOf('0', '0'), 'WETH', fraction('1'))).toEqual({
      redeemable: false,
      reason: 'no-debt',
    });
  });

  test('nothing appears or is lost, the trove is no less safe, and two redemptions are one of both', () => {
    const [share, basePoints] = [fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 20_000 })];
    fc.assert(
      fc.property(fc.integer({ min: 2_000, max: 9_000 }), share, share, basePoints, (eth, first, second, base) => {
        const [loan, rate] = [loanOf('20000', `${eth}`), `${base}/10000`];
        const one = redeem(loan, `${200 * first}`, rate);
        const worth = (tokens: typeof one.taken) => multiplyRational(tokens, rational(BigInt(eth)));
        expect(show(addRational(one.taken, one.collateralLeft))).toBe('10');
        expect(show(addRational(one.redeemed, one.debtLeft))).toBe('20000');
        expect(compareRational(addRational(worth(one.taken), worth(one.feeKept)), one.redeemed)).toBe(0);
        // By hand: 10 · eth / 20,000 / 1.1 before.
        const before = rational(BigInt(eth), 2_200n);
        if (one.healthFactorAfter) expect(compareRational(one.healthFactorAfter, before)).toBeGreaterThanOrEqual(0);
        // What leaves is at most 99.5 % of what was redeemed.
        expect(
          compareRational(worth(one.taken), multiplyRational(one.redeemed, fraction('0.995'))),
        ).toBeLessThanOrEqual(0);

        if (one.debtLeft.numerator === 0n) return;
        const rest = {
          asset: 'eth',
          amount: one.collateralLeft,
          price: loan.collateral.price,
          value: worth(one.collateralLeft),
        };
        const then = {
          ...loan,
          collateral: rest,
          debt: { ...loan.debt, amount: one.debtLeft },
          faceDebt: one.debtLeft,
        };
        const [two, both] = [redeem(then, `${200 * second}`, rate), redeem(loan, `${200 * (first + second)}`, rate)];
        expect(compareRational(two.collateralLeft, both.collateralLeft)).toBe(0);
        expect(compareRational(two.debtLeft, both.debtLeft)).toBe(0);
      }),
    );
  });
});

describe('debt in front', () => {
  const own = trove({ bold: '20000', rate: '0.05' });
  const inFront = (others: readonly TroveText[], of = own) => {
    const found = computeLiquityV2DebtInFront(
      of,
      others.map((each) => trove({ id: 'other', ...each })),
      at('3000'),
    );
    return found && show(found);
  };

  test('lower rates of the branch alone', () => {
    expect(
      inFront([
        { bold: '10000', rate: '0.04' },
        { bold: '2000', rate: '0.049999' },
        { bold: '8000', rate: '0.05' },
        { bold: '7000', rate: '0.06' },
        { bold: '6000', rate: '0.01', branch: 'wstETH' },
        { id: 'own', bold: '5000', rate: '0.01' },
      ]),
    ).toBe('12000');
    expect(inFront([])).toBe('0');
  });

  test('none that is passed over: below 100 %, below the least debt, of no known rate', () => {
    // 30,000 of collateral: 30,000 owed is 100 %.
    expect(inFront([{ bold: '30000.000001', rate: '0.01' }, { bold: '1999.99', rate: '0.01' }, { bold: '3000' }])).toBe(
      '0',
    );
    expect(inFront([{ bold: '30000', rate: '0' }])).toBe('30000');
  });

  test('unknown without a rate of its own; none of a trove that was redeemed below the least debt', () => {
    expect(inFront([{ bold: '9000', rate: '0' }], trove({ bold: '20000' }))).toBeUndefined();
    expect(inFront([{ bold: '9000', rate: '0' }], trove({ bold: '1999', rate: '0.05' }))).toBe('0');
  });

  test('grows with the trove’s own rate', () => {
    const percent = fc.integer({ min: 0, max: 250 });
    const debts = fc.array(fc.tuple(fc.integer({ min: 1_500, max: 40_000 }), percent), { maxLength: 8 });
    fc.assert(
      fc.property(debts, percent, percent, (drawn, one, other) => {
        const others = drawn.map(([bold, rate]) => ({ bold: `${bold}`, rate: `${rate}/100` }));
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map((rate) =>
          computeLiquityV2DebtInFront(
            trove({ bold: '20000', rate: `${rate}/100` }),
            others.map((each) => trove({ id: 'other', ...each })),
            at('3000'),
          ),
        );
        if (!low || !high) throw new Error('two figures');
        expect(subtractRational(high, low).numerator >= 0n).toBe(true);
      }),
    );
  });
});

describe('in words', () => {
  test('the most that can go, rounded up, and what is in front, rounded down', () => {
    // 199/30 = 6.6333…
    const own = trove({ bold: '20000', rate: '0.05' });
    const other = trove({ id: 'other', bold: '2000.0000019', rate: '0.04' });
    const found = describeLiquityV2Redemption(own, at('3000'), [other]);
    expect(found?.debtInFront && showAmounts([found.debtInFront])).toEqual(['2000.0000019 bold']);
    expect(found?.text).toBe(
      'Even while healthy it can be redeemed against: at most 6.633334 eth for its whole debt of 20000 bold, at face value less a fee of at least 0.5 % that stays in it; 2 % above face value once its branch is shut down. The lowest interest rate of a branch goes first. In front of it stand at least 2000.000001 bold of the troves known here.',
    );
  });

  test('a rate that is not known, a trove that is passed over, no debt', () => {
    const of = (bold: string, price: string, rate?: string) =>
      describeLiquityV2Redemption(trove({ bold, ...(rate && { rate }) }), at(price), []);
    expect(of('20000', '3000')).toMatchObject({ isPossible: true, debtInFront: undefined });
    expect(of('20000', '3000')?.text).toContain('Its own is not known here');
    expect(of('20000', '1999')).toMatchObject({ isPossible: false, debtInFront: undefined });
    expect(of('20000', '1999')?.text).toContain('passed over');
    // Nobody else is known: nothing in front would be a guess.
    expect(of('20000', '3000', '0.05')).toMatchObject({ isPossible: true, debtInFront: undefined });
    expect(of('20000', '3000', '0.05')?.text).toContain('No other trove of its branch is known here');
    expect(describeLiquityV2Redemption(trove({ bold: '0' }), at('3000'), [])).toBeUndefined();
  });
});
