import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeTotalValue } from '@/lib/risk/liquidation/book-values';
import {
  addRational,
  compareRational,
  divideRational,
  multiplyRational,
  rational,
  subtractRational,
} from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show, showAmounts } from '../book-testing';
import { computeAaveOutcome } from './book-outcome';
import { AAVE_VERSIONS, aaveV3TermsSchema } from './book-terms';

type Legs = Parameters<typeof bookPosition>[2];
const aave = (terms: object, collateral: Legs, debt: Legs) =>
  bookPosition('aave-v3', aaveV3TermsSchema.parse(terms), collateral, debt);

const ETH = { liquidationThreshold: '0.83', maxLtv: '0.805', liquidationBonus: '0.05' };
/** 10 ETH against a dollar debt, at a price of ETH. */
const outcomeOf = (terms: object, debt: string, eth: string, amount = '10') =>
  computeAaveOutcome(aave(terms, [['eth', amount, ETH]], [['usdc', debt]]), bookPrices({ eth, usdc: '1' }));
const repaidOf = ({ steps }: ReturnType<typeof computeAaveOutcome>) =>
  steps.map(({ repaid }) => showAmounts(repaid).join());

const BY_RESERVE = ['3.0', '3.1', '3.2'] as const;
const BY_ACCOUNT = ['3.3', '3.4', '3.5', '3.6'] as const;

describe('close factor', () => {
  test.each(AAVE_VERSIONS)('%s: half above 0.95', (version) => {
    // 20,000·0.83 = 16,600 / 17,000 = 0.976: 8,500, seized 8,925 / 2,000 = 4.4625. Left 11,075·0.83 = 9,192.25 / 8,500 = 1.0814…
    const outcome = outcomeOf({ version }, '17000', '2000');
    expect(repaidOf(outcome)).toEqual(['8500 usdc']);
    expect(showAmounts(outcome.steps[0]?.seized ?? [])).toEqual(['4.4625 eth']);
    expect(showAmounts(outcome.steps[0]?.collateralLeft ?? [])).toEqual(['5.5375 eth']);
    expect(show(outcome.steps[0]?.healthFactorAfter ?? null)).toBe('36769/34000');
    expect(show(outcome.penaltyValue)).toBe('425');
    expect(show(outcome.badDebt)).toBe('0');
  });

  test.each(AAVE_VERSIONS)('%s: all at exactly 0.95', (version) => {
    // 16,600 / 0.95 = 332,000/19: at that debt the health factor is 0.95, which is not above it.
    expect(repaidOf(outcomeOf({ version }, '332000/19', '2000'))).toEqual(['332000/19 usdc']);
  });

  test.each(AAVE_VERSIONS)('%s: half just above 0.95', (version) => {
    // One below 332,000/19 is 331,981/19; its half 331,981/38.
    expect(repaidOf(outcomeOf({ version }, '331981/19', '2000'))[0]).toBe('331981/38 usdc');
  });

  test('by reserve before 3.3, by account since', () => {
    const position = (version: string) =>
      aave(
        { version },
        [['eth', '10', ETH]],
        [
          ['usdc', '12000'],
          ['dai', '5000'],
        ],
      );
    const first = (version: string) =>
      repaidOf(computeAaveOutcome(position(version), bookPrices({ eth: '2000', usdc: '1', dai: '1' })))[0];
    // Half of the 12,000 before; since, half of 17,000 in all, which 12,000 still exceeds.
    for (const version of BY_RESERVE) expect(first(version)).toBe('6000 usdc');
    for (const version of BY_ACCOUNT) expect(first(version)).toBe('8500 usdc');
  });

  test('since 3.3 a debt below half of the account’s goes whole', () => {
    const position = aave(
      {},
      [['eth', '10', ETH]],
      [
        ['usdc', '6000'],
        ['dai', '5500'],
        ['gho', '5500'],
      ],
    );
    const outcome = computeAaveOutcome(position, bookPrices({ eth: '2000', usdc: '1', dai: '1', gho: '1' }));
    expect(repaidOf(outcome)).toEqual(['6000 usdc']);
  });

  test('below 2,000 of debt or of collateral: all since 3.3, half before', () => {
    // 1.1 ETH at 2,000 = 2,200·0.83 = 1,826 against 1,900: 0.961.
    expect(repaidOf(outcomeOf({}, '1900', '2000', '1.1'))).toEqual(['1900 usdc']);
    expect(repaidOf(outcomeOf({ version: '3.2' }, '1900', '2000', '1.1'))[0]).toBe('950 usdc');
  });
});

test('since 3.3 small collateral lifts the limit of half, however large the debt', () => {
  // 1,980·0.8 + 1,000·0.75 = 2,334 against 2,400: 0.9725. Half would be 1,200, but ETH is below 2,000: all of it, 1,980/1.01.
  const legs: Legs = [
    ['eth', '1', { liquidationThreshold: '0.8', liquidationBonus: '0.01' }],
    ['btc', '1', { liquidationThreshold: '0.75', liquidationBonus: '0' }],
  ];
  const outcome = computeAaveOutcome(
    aave({}, legs, [['usdc', '2400']]),
    bookPrices({ eth: '1980', btc: '1000', usdc: '1' }),
  );
  expect(repaidOf(outcome)[0]).toBe('198000/101 usdc');
});

describe('dust rule', () => {
  test('since 3.3 half would leave less than 1,000 of collateral: the most that leaves 1,000', () => {
    // 1.3 ETH at 2,000 = 2,600·0.83 = 2,158 against 2,240: 0.963. Half is 1,120: debt left 1,120, collateral left 2,600 − 1,176 = 1,424: fine.
    expect(repaidOf(outcomeOf({}, '2240', '2000', '1.3'))[0]).toBe('1120 usdc');
    // 1.02 ETH at 2,000 = 2,040 with a threshold of 0.95 carry 1,938 against 2,010: 0.964. Half is 1,005; left 2,040 − 1,055.25 = 984.75.
    // So (2,040 − 1,000)/1.05 = 20,800/21 = 990.476…, which leaves 1,019.52 of debt.
    const tight = (version: string) =>
      aave(
        { version },
        [['eth', '1.02', { liquidationThreshold: '0.95', liquidationBonus: '0.05' }]],
        [['usdc', '2010']],
      );
    const at = bookPrices({ eth: '2000', usdc: '1' });
    const outcome = computeAaveOutcome(tight('3.6'), at);
    expect(repaidOf(outcome)[0]).toBe('20800/21 usdc');
    expect(show(computeTotalValue(outcome.steps[0]?.collateralLeft ?? [], at))).toBe('1000');
    expect(repaidOf(computeAaveOutcome(tight('3.2'), at))[0]).toBe('1005 usdc');
  });

  test('since 3.3 half of the account’s debt would leave less than 1,000 of this debt: the most that leaves 1,000', () => {
    // 12,800·0.83 = 10,624 against 10,900: 0.9747. Half is 5,450, which would leave 550 of the 6,000: so 5,000. DAI goes whole, 4,900 for
    // less gain.
    const position = aave(
      {},
      [['eth', '10', ETH]],
      [
        ['usdc', '6000'],
        ['dai', '4900'],
      ],
    );
    const outcome = computeAaveOutcome(position, bookPrices({ eth: '1280', usdc: '1', dai: '1' }));
    expect(repaidOf(outcome)[0]).toBe('5000 usdc');
  });
});

describe('protocol fee', () => {
  test('comes out of the bonus alone', () => {
    // Bonus 425 of the 8,500 repaid; 10 % of it 42.5, at 2,000: 0.02125 ETH. What the borrower loses stays 425.
    const outcome = outcomeOf({ liquidationProtocolFee: '0.1' }, '17000', '2000');
    expect(showAmounts(outcome.steps[0]?.fee ?? [])).toEqual(['0.02125 eth']);
    expect(showAmounts(outcome.steps[0]?.seized ?? [])).toEqual(['4.4625 eth']);
    expect(show(outcome.penaltyValue)).toBe('425');
  });
});

describe('bad debt', () => {
  test.each(BY_ACCOUNT)('%s: burned once the last collateral is gone, in every debt', (version) => {
    const position = aave(
      { version },
      [['eth', '10', ETH]],
      [
        ['usdc', '10000'],
        ['dai', '2000'],
      ],
    );
    const outcome = computeAaveOutcome(position, bookPrices({ eth: '1050', usdc: '1', dai: '1' }));
    // 10,500 pays for 10,000: the whole USDC (gain 500 against 100), all ETH gone, 2,000 DAI burned.
    expect(repaidOf(outcome)).toEqual(['10000 usdc']);
    expect(showAmounts(outcome.steps[0]?.debtLeft ?? [])).toEqual(['0 usdc', '0 dai']);
    expect(outcome.steps[0]?.healthFactorAfter).toBeNull();
    expect(show(outcome.badDebt)).toBe('2000');
    expect(outcome.badDebtBearer).toBe("the borrowed reserve's suppliers, or Umbrella");
  });

  test.each(BY_RESERVE)('%s: stays on the account', (version) => {
    const outcome = outcomeOf({ version }, '12000', '1050');
    expect(repaidOf(outcome)).toEqual(['10000 usdc']);
    expect(showAmounts(outcome.steps[0]?.debtLeft ?? [])).toEqual(['2000 usdc']);
    expect(show(outcome.steps[0]?.healthFactorAfter ?? null)).toBe('0');
    expect(show(outcome.badDebt)).toBe('2000');
    expect(outcome.assumptions.join(' ')).toContain('Before 3.3');
  });

  test('not while any enabled collateral is left', () => {
    const legs: Legs = [
      ['eth', '10', ETH],
      ['btc', '0.01', { liquidationThreshold: '0.7', liquidationBonus: '0.1' }],
    ];
    const outcome = computeAaveOutcome(
      aave({}, legs, [['usdc', '12000']]),
      bookPrices({ eth: '1050', btc: '88000', usdc: '1' }),
    );
    // ETH pays 500 of bonus for 10,000, BTC 80 for 800: ETH first, nothing burned; then 880 pays for 800 of the 2,000, and 1,200 is burned.
    expect(repaidOf(outcome)).toEqual(['10000 usdc', '800 usdc']);
    expect(outcome.steps.map(({ badDebt }) => show(badDebt))).toEqual(['0', '1200']);
    expect(show(outcome.badDebt)).toBe('1200');
  });

  test('what is switched off is neither seized nor in the way of the burning', () => {
    const position = aave(
      {},
      [
        ['eth', '10', ETH],
        ['btc', '1', ETH],
      ],
      [['usdc', '12000']],
    );
    const off = {
      ...position,
      collateral: position.collateral.map((leg, index) => ({ ...leg, enabled: index === 0 })),
    };
    const outcome = computeAaveOutcome(off, bookPrices({ eth: '1050', btc: '88000', usdc: '1' }));
    expect(show(outcome.badDebt)).toBe('2000');
    expect(showAmounts(outcome.steps[0]?.collateralLeft ?? [])).toEqual(['0 eth', '1 btc']);
  });
});

test('a pair chosen takes the place of the one that pays most, within the close factor', () => {
  const position = aave(
    {},
    [
      ['eth', '10', ETH],
      ['btc', '0.2', { liquidationThreshold: '0.78', maxLtv: '0.73', liquidationBonus: '0.1' }],
    ],
    [['usdc', '25500']],
  );
  const at = bookPrices({ eth: '2000', btc: '50000', usdc: '1' });
  // 16,600 + 7,800 = 24,400 / 25,500 = 0.9568…: half, 12,750. BTC pays most: 10,000/1.1 at 10 % against 12,750 at 5 %.
  expect(showAmounts(computeAaveOutcome(position, at).steps[0]?.seized ?? [])).toEqual(['0.2 btc']);
  const chosen = computeAaveOutcome(position, at, { collateral: 'eth', debt: 'usdc' });
  // 12,750·1.05/2,000 ETH; then 6,612.5·0.83 + 7,800 = 13,288.375 carry 12,750.
  expect(repaidOf(chosen)).toEqual(['12750 usdc']);
  expect(showAmounts(chosen.steps[0]?.seized ?? [])).toEqual(['6.69375 eth']);
  expect(chosen.assumptions[0]).toBe(
    'The liquidator repays the most the close factor and the dust rule allow, on the pair chosen: eth seized for usdc repaid.',
  );
});

test('collateral without a bonus is named: no penalty is not claimed unseen', () => {
  const legs: Legs = [
    ['eth', '10', ETH],
    ['btc', '0.01', { liquidationThreshold: '0.7' }],
  ];
  const at = bookPrices({ eth: '1050', btc: '88000', usdc: '1' });
  const said =
    'No liquidation bonus is given for btc: none is counted, so penalty and bad debt may be larger than given.';
  expect(computeAaveOutcome(aave({}, legs, [['usdc', '12000']]), at).assumptions).toContain(said);
  const eMode = { ltv: '0.93', liquidationThreshold: '0.95', liquidationBonus: '0.01', assets: ['btc'] };
  const inMode = computeAaveOutcome(aave({ eMode }, legs, [['usdc', '12000']]), at).assumptions.join(' ');
  expect(inMode).not.toContain('No liquidation bonus');
});

test('in a mode its bonus is paid', () => {
  const eMode = { ltv: '0.93', liquidationThreshold: '0.95', liquidationBonus: '0.01', assets: ['eth'] };
  const outcome = computeAaveOutcome(
    aave({ eMode }, [['eth', '10', ETH]], [['usdc', '9600']]),
    bookPrices({ eth: '1000', usdc: '1' }),
  );
  // 9,500 / 9,600 = 0.9896: half, 4,800, for 4,848.
  expect(showAmounts(outcome.steps[0]?.seized ?? [])).toEqual(['4.848 eth']);
});

test('before 3.3 a debt that halves for ever ends after a stated number of steps', () => {
  // 100·0.8 = 80 at a bonus of 0.2 against 250/3: health factor 0.96 = (1 + bonus)·threshold, which a step does not move.
  const legs: Legs = [['eth', '100', { liquidationThreshold: '0.8', liquidationBonus: '0.2' }]];
  const outcome = computeAaveOutcome(
    aave({ version: '3.0' }, legs, [['usdc', '250/3']]),
    bookPrices({ eth: '1', usdc: '1' }),
  );
  expect(outcome.steps).toHaveLength(100);
  expect(outcome.assumptions.join(' ')).toContain('Stopped after 100');
});

const cents = fc.integer({ min: 1, max: 2_000_000 }).map((value) => `${value}/100`);
// (1 + bonus)·threshold below 1, as on every real reserve: an insolvent account then stays so, whatever the order of liquidations.
const leg = fc.tuple(cents, fc.integer({ min: 40, max: 85 }), fc.integer({ min: 0, max: 15 }));
const account = fc.record({
  version: fc.constantFrom(...AAVE_VERSIONS),
  fee: fc.constantFrom('0', '0.1', '0.2'),
  collateral: fc.array(leg, { minLength: 1, maxLength: 3 }),
  debt: fc.array(cents, { minLength: 1, maxLength: 3 }),
});
const at = bookPrices({ c0: '1', c1: '2', c2: '1/3', d0: '1', d1: '1/2', d2: '3' });

test('every step balances, obeys the limits and ends in Σ debt − Σ collateral/(1 + bonus)', () => {
  fc.assert(
    fc.property(account, ({ version, fee, collateral, debt }) => {
      const position = aave(
        { version, liquidationProtocolFee: fee },
        collateral.map(([amount, threshold, bonus], index) => [
          `c${index}`,
          amount,
          { liquidationThreshold: `${threshold}/100`, liquidationBonus: `${bonus}/100` },
        ]),
        debt.map((amount, index) => [`d${index}`, amount] as const),
      );
      const outcome = computeAaveOutcome(position, at);
      let [held, owed] = [computeTotalValue(position.collateral, at), computeTotalValue(position.debt, at)];
      const covered = position.collateral
        .map((each) =>
          divideRational(
            computeTotalValue([each], at),
            addRational(rational(1n), each.parameters.liquidationBonus ?? rational(0n)),
          ),
        )
        .reduce(addRational);
      const short = subtractRational(owed, covered);
      expect(show(outcome.badDebt)).toBe(short.numerator > 0n ? show(short) : '0');
      for (const step of outcome.steps) {
        const [repaid, seized] = [computeTotalValue(step.repaid, at), computeTotalValue(step.seized, at)];
        const burned = ['3.0', '3.1', '3.2'].includes(version) ? rational(0n) : step.badDebt;
        // The borrower's loss is what the liquidator pays in, its gain and the protocol's: gain + fee is the penalty.
        expect(show(subtractRational(seized, repaid))).toBe(show(step.penaltyValue));
        expect(show(computeTotalValue(step.fee, at))).toBe(show(multiplyRational(step.penaltyValue, fraction(fee))));
        held = subtractRational(held, seized);
        owed = subtractRational(subtractRational(owed, repaid), burned);
        expect(show(computeTotalValue(step.collateralLeft, at))).toBe(show(held));
        expect(show(computeTotalValue(step.debtLeft, at))).toBe(show(owed));
        for (const { amount } of [...step.collateralLeft, ...step.debtLeft]) expect(amount.numerator >= 0n).toBe(true);
        expect(compareRational(repaid, rational(0n))).toBe(1);
      }
      expect(outcome.assumptions.join(' ')).not.toContain('Stopped');
    }),
  );
});

test('since 3.3 no step leaves dust', () => {
  fc.assert(
    fc.property(account, ({ collateral, debt }) => {
      const position = aave(
        {},
        collateral.map(([amount, threshold], index) => [
          `c${index}`,
          amount,
          { liquidationThreshold: `${threshold}/100`, liquidationBonus: '0.05' },
        ]),
        debt.map((amount, index) => [`d${index}`, amount] as const),
      );
      for (const step of computeAaveOutcome(position, at).steps) {
        const owed = step.debtLeft.filter(({ asset }) => asset === step.repaid[0]?.asset);
        const held = step.collateralLeft.filter(({ asset }) => asset === step.seized[0]?.asset);
        const [debtLeft, collateralLeft] = [computeTotalValue(owed, at), computeTotalValue(held, at)];
        const thousand = rational(1000n);
        const isDust = (value: typeof thousand) => compareRational(value, thousand) < 0;
        if (debtLeft.numerator > 0n && collateralLeft.numerator > 0n) {
          expect([isDust(debtLeft), isDust(collateralLeft)]).toEqual([false, false]);
        }
      }
    }),
  );
});
