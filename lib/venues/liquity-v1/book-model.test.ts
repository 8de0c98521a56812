import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toFaceValueLoan } from '@/lib/risk/liquidation/face-value-loan';
import { addRational, compareRational, rational, subtractRational, sumRational } from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show, showAmounts } from '../book-testing';
import { liquityV1Model } from './book-model';
import { computeLiquityV1Split } from './book-outcome';

type TermTexts = { totalCollateralRatio?: string; stabilityPool?: string };
const trove = (eth: string, lusd: string, terms: TermTexts = {}) =>
  bookPosition('liquity-v1', liquityV1Model.termsSchema.parse(terms), [['eth', eth]], [['lusd', lusd]]);
const at = (eth: string, lusd = '1') => bookPrices({ eth, lusd });
const RECOVERY = { totalCollateralRatio: '1.4' };
const evaluate = (position: ReturnType<typeof trove>, eth: string) =>
  liquityV1Model.computeEvaluation(position, at(eth));

describe('evaluation', () => {
  test('normal mode: strictly below 110 %', () => {
    const evaluation = evaluate(trove('10', '10000'), '2000');
    // 20,000 / 11,000; room 20,000 / 1.1 − 10,000.
    expect([show(evaluation.healthFactor), show(evaluation.availableToBorrow)]).toEqual(['20/11', '90000/11']);
    expect(evaluate(trove('10', '10000'), '1100').liquidatable).toBe(false);
    expect(evaluate(trove('10', '10000'), '1099.999999999999999999').liquidatable).toBe(true);
    expect(evaluate(trove('10', '0'), '0').liquidatable).toBe(false);
  });

  test('recovery mode: below the total ratio, if the Pool covers the whole debt, at a health factor above 1', () => {
    const covered = evaluate(trove('10', '10000', { ...RECOVERY, stabilityPool: '10000' }), '1399');
    expect([covered.liquidatable, show(covered.healthFactor)]).toEqual([true, '1399/1100']);
    expect(evaluate(trove('10', '10000', { ...RECOVERY, stabilityPool: '9999.99' }), '1399').liquidatable).toBe(false);
    expect(evaluate(trove('10', '10000', RECOVERY), '1400').liquidatable).toBe(false);
    expect(evaluate(trove('10', '10000', { totalCollateralRatio: '1.5' }), '1399').liquidatable).toBe(false);
    // A total ratio below 110 % does not lower the edge.
    expect(evaluate(trove('10', '10000', { totalCollateralRatio: '1.05' }), '1099').liquidatable).toBe(true);
  });

  test('what may be drawn: 200 LUSD aside for a new trove, 150 % and no more debt in recovery mode, 1,800 net at least', () => {
    const room = (position: ReturnType<typeof trove>, eth = '2000') => show(evaluate(position, eth).availableToBorrow);
    // 20,000 / 1.1 − 200; 20,000 / 1.5 − 200; 2,199 / 1.1 = 1,999.09 < 2,000.
    expect(room(trove('10', '0'))).toBe('197800/11');
    // No debt leg at all: the same, LUSD at its face value.
    const bare = bookPosition('liquity-v1', {}, [['eth', '10']], []);
    expect(show(liquityV1Model.computeEvaluation(bare, bookPrices({ eth: '2000' })).availableToBorrow)).toBe(
      '197800/11',
    );
    expect(room(trove('10', '5000', RECOVERY))).toBe('0');
    expect(room(trove('10', '0', RECOVERY))).toBe('39400/3');
    expect(room(trove('1', '0'), '2199')).toBe('0');
  });
});

describe('liquidation prices', () => {
  test('110 %, or the total ratio in recovery mode', () => {
    const price = (terms: TermTexts) => {
      const eth = liquityV1Model.computeLiquidationPrices(trove('10', '10000', terms), at('2000')).alone.get('eth');
      return eth?.exists ? show(eth.price) : eth?.reason;
    };
    expect([price({}), price(RECOVERY), price({ ...RECOVERY, stabilityPool: '1' })]).toEqual(['1100', '1400', '1100']);
    const { alone, together } = liquityV1Model.computeLiquidationPrices(trove('10', '10000'), at('2000'));
    expect(together.exists && show(together.drop)).toBe('0.45');
    expect(alone.get('lusd')).toMatchObject({ exists: false, reason: 'venue-rule' });
  });

  test('at it safe, 1e-18 below it liquidatable', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 9n),
        fc.bigInt(1n, 10n ** 9n),
        fc.constantFrom<TermTexts>({}, RECOVERY, { totalCollateralRatio: '1.2', stabilityPool: '5000' }),
        (eth, lusd, terms) => {
          const position = trove(`${eth}/1000`, `${lusd}/10`, terms);
          const price = liquityV1Model.computeLiquidationPrices(position, at('2000')).alone.get('eth');
          if (!price?.exists) throw new Error('there must be a price');
          const isLiquidatable = (value: typeof price.price) =>
            liquityV1Model.computeEvaluation(position, new Map([...at('1'), ['eth', value]])).liquidatable;
          expect(isLiquidatable(price.price)).toBe(false);
          expect(isLiquidatable(subtractRational(price.price, rational(1n, 10n ** 18n)))).toBe(true);
        },
      ),
    );
  });
});

describe('outcome', () => {
  test('normal mode: all collateral is lost, 0.5 % of it to the liquidator', () => {
    // 3,600 against 3,400 (105.9 %): 2 ETH taken, 200 beyond the debt.
    const outcome = liquityV1Model.computeOutcome(trove('2', '3400'), at('1800'));
    expect(outcome.steps).toHaveLength(1);
    expect(showAmounts(outcome.steps[0]?.repaid ?? [])).toEqual(['3400 lusd']);
    expect(showAmounts(outcome.steps[0]?.seized ?? [])).toEqual(['2 eth']);
    expect([show(outcome.penaltyValue), show(outcome.badDebt), outcome.badDebtBearer]).toEqual(['200', '0', undefined]);
    // 0.01 · 1,800 to the liquidator; the rest of the 200 is the Pool's.
    expect(show(outcome.steps[0]?.bonusValue ?? null)).toBe('18');
    expect(outcome.assumptions[0]).toBe('The Stability Pool pays off 3400 lusd for 1.99 eth.');
  });

  test('the Pool as far as it goes, redistribution for the rest', () => {
    // 2 − 0.01 = 1.99, halved: 0.995 each.
    const position = trove('2', '3400', { stabilityPool: '1700' });
    const split = computeLiquityV1Split(toFaceValueLoan(position, at('1800'), fraction('1')), position.terms);
    expect([split.pool.collateral, split.redistributed.collateral, split.liquidator].map(show)).toEqual([
      '0.995',
      '0.995',
      '0.01',
    ]);
    expect([split.pool.debt, split.redistributed.debt].map(show)).toEqual(['1700', '1700']);
    expect(liquityV1Model.computeOutcome(position, at('1800')).assumptions.slice(0, 2)).toEqual([
      'The Stability Pool pays off 1700 lusd for 0.995 eth.',
      'All other troves (redistribution) take over 1700 lusd for 0.995 eth.',
    ]);
  });

  test('below 100 %: the Pool bears it in normal mode, the other troves in recovery mode', () => {
    // 2 · 1,650 = 3,300 against 3,400; those who take the debt on get 1.99 · 1,650 = 3,283.5, short of 116.5.
    const normal = liquityV1Model.computeOutcome(trove('2', '3400'), at('1650'));
    expect([show(normal.penaltyValue), show(normal.badDebt), normal.badDebtBearer]).toEqual([
      '-100',
      '116.5',
      'the Stability Pool',
    ]);
    const recovery = liquityV1Model.computeOutcome(trove('2', '3400', RECOVERY), at('1650'));
    expect([show(recovery.badDebt), recovery.badDebtBearer]).toEqual(['116.5', 'all other troves (redistribution)']);
    // At 100 % exactly too: short of the liquidator's 0.01 · 1,700.
    const even = liquityV1Model.computeOutcome(trove('2', '3400', RECOVERY), at('1700'));
    expect([show(even.badDebt), even.badDebtBearer]).toEqual(['17', 'all other troves (redistribution)']);
  });

  test('recovery mode from 110 %: 1.10 · debt is taken, the surplus is claimable', () => {
    // The contracts' own test (`TroveManager_RecoveryModeTest.js`, claim after 110 % < ICR < TCR): 5.76 ETH, 480 LUSD, 100 a piece:
    // surplus (576 − 528) / 100 = 0.48; taken 5.28, of which 0.5 % = 0.0264 to the liquidator.
    const position = trove('5.76', '480', { ...RECOVERY, stabilityPool: '481' });
    const outcome = liquityV1Model.computeOutcome(position, at('100'));
    expect(showAmounts(outcome.steps[0]?.seized ?? [])).toEqual(['5.28 eth']);
    expect(showAmounts(outcome.steps[0]?.collateralLeft ?? [])).toEqual(['0.48 eth']);
    expect([show(outcome.penaltyValue), show(outcome.badDebt)]).toEqual(['48', '0']);
    const split = computeLiquityV1Split(toFaceValueLoan(position, at('100'), fraction('1')), position.terms);
    expect([show(split.liquidator), show(split.pool.collateral)]).toEqual(['0.0264', '5.2536']);
    const uncovered = trove('5.76', '480', { ...RECOVERY, stabilityPool: '479' });
    expect(liquityV1Model.computeOutcome(uncovered, at('100')).steps).toEqual([]);
  });

  test('the assumptions name the mode and the Pool', () => {
    const text = (terms: TermTexts) =>
      liquityV1Model.computeOutcome(trove('2', '3400', terms), at('1800')).assumptions.join(' ');
    expect(text({})).toContain('normal mode');
    expect(text({})).toContain('enough LUSD');
    expect(text({ ...RECOVERY, stabilityPool: '0' })).not.toContain('enough LUSD');
  });

  test('the two rules of recovery mode meet at 110 %', () => {
    const parts = (eth: string) => {
      const position = trove('10', '10000', RECOVERY);
      return computeLiquityV1Split(toFaceValueLoan(position, at(eth), fraction('1')), position.terms);
    };
    const [above, below] = [parts('1100'), parts('1099.999999999999')];
    expect([show(above.surplus), show(below.surplus)]).toEqual(['0', '0']);
    // 10 ETH less 0.5 % on either side.
    expect([show(above.pool.collateral), show(below.pool.collateral)]).toEqual(['9.95', '9.95']);
  });

  const texts = fc.record({
    eth: fc.integer({ min: 0, max: 3_000 }),
    pool: fc.option(fc.integer({ min: 0, max: 12_000 }), { nil: undefined }),
    total: fc.option(fc.integer({ min: 100, max: 200 }), { nil: undefined }),
  });
  const toTerms = ({ pool, total }: { pool: number | undefined; total: number | undefined }): TermTexts => ({
    ...(pool === undefined ? {} : { stabilityPool: `${pool}` }),
    ...(total === undefined ? {} : { totalCollateralRatio: `${total / 100}` }),
  });

  test('what the trove loses is what liquidator, Pool and the other troves get; no debt is left or lost sight of', () => {
    fc.assert(
      fc.property(texts, (drawn) => {
        const position = trove('7.3', '9876.5', toTerms(drawn));
        const outcome = liquityV1Model.computeOutcome(position, at(`${drawn.eth}`));
        expect(outcome.steps.length).toBe(evaluate(position, `${drawn.eth}`).liquidatable ? 1 : 0);
        const [step] = outcome.steps;
        if (!step) return;
        const split = computeLiquityV1Split(
          toFaceValueLoan(position, at(`${drawn.eth}`), fraction('1')),
          position.terms,
        );
        const gained = sumRational([split.liquidator, split.pool.collateral, split.redistributed.collateral]);
        const [seized, left] = [step.seized[0]?.amount, step.collateralLeft[0]?.amount];
        expect(compareRational(seized ?? rational(-1n), gained)).toBe(0);
        expect(show(addRational(gained, left ?? rational(-1n)))).toBe('7.3');
        expect(show(addRational(split.pool.debt, split.redistributed.debt))).toBe('9876.5');
        expect(showAmounts(step.repaid)).toEqual(['9876.5 lusd']);
        for (const part of [split.pool.debt, split.redistributed.debt, gained, split.surplus, step.badDebt]) {
          expect(part.numerator >= 0n).toBe(true);
        }
      }),
    );
  });

  test('at a lower price no less debt is bad', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 3_000 }), (drawn, other) => {
        const [low, high] = [Math.min(drawn.eth, other), Math.max(drawn.eth, other)];
        const position = trove('7.3', '9876.5', toTerms(drawn));
        const badDebt = (eth: number) => liquityV1Model.computeOutcome(position, at(`${eth}`)).badDebt;
        expect(compareRational(badDebt(low), badDebt(high))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
