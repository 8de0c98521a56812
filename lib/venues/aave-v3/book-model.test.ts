import { describe, expect, test } from 'vitest';
import type { LegParameter } from '@/lib/domain/book-position';
import { bookPosition, bookPrices, fraction, show } from '../book-testing';
import { aaveV3Model } from './book-model';
import { AAVE_VERSIONS, type AaveV3Terms, aaveV3TermsSchema } from './book-terms';

type Legs = Parameters<typeof bookPosition>[2];
const parse = (terms: object): AaveV3Terms => aaveV3TermsSchema.parse(terms);
const aave = (terms: object, collateral: Legs, debt: Legs) => bookPosition('aave-v3', parse(terms), collateral, debt);

const ETH = { liquidationThreshold: '0.83', maxLtv: '0.805', liquidationBonus: '0.05' };
const BTC = { liquidationThreshold: '0.78', maxLtv: '0.73', liquidationBonus: '0.05' };
const prices = bookPrices({ eth: '3000', btc: '90000', usdc: '1' });

describe('terms', () => {
  test('default: 3.6, no mode, no fee', () => {
    expect(parse({})).toEqual({ version: '3.6', liquidationProtocolFee: fraction('0') });
  });

  test.each([
    { version: '3.7' },
    { version: 3.6 },
    { liquidationProtocolFee: '1.5' },
    { closeFactor: '0.5' },
    { eMode: { ltv: '0.9', liquidationThreshold: '0.93', assets: [] } },
    { eMode: { ltv: '0.9', liquidationThreshold: '0.93', liquidationBonus: '-0.01', assets: [] } },
  ])('%j is refused', (terms) => {
    expect(aaveV3TermsSchema.safeParse(terms).success).toBe(false);
  });

  const mode = (figures: object) => ({
    eMode: { ltv: '0.9', liquidationThreshold: '0.93', liquidationBonus: '0.01', assets: [], ...figures },
  });

  test.each([
    ['a bonus written as a factor', { liquidationBonus: '1.01' }, 'eMode.liquidationBonus'],
    ['a gain of all of it', { liquidationBonus: '1' }, 'eMode.liquidationBonus'],
    ['an LTV above the threshold', { ltv: '0.931' }, 'eMode.ltv'],
  ])('a mode with %s is refused at its place', (_, figures, path) => {
    const { error } = aaveV3TermsSchema.safeParse(mode(figures));
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  test.each([{ liquidationBonus: '0.99' }, { ltv: '0.93' }])('a mode with %j is taken', (figures) => {
    expect(aaveV3TermsSchema.safeParse(mode(figures)).success).toBe(true);
  });
});

describe('the documented book', () => {
  const position = aave(
    {},
    [
      ['eth', '5', ETH],
      ['btc', '0.15', BTC],
    ],
    [['usdc', '18000']],
  );

  test('health and what is still lent', () => {
    const evaluation = aaveV3Model.computeEvaluation(position, prices);
    // (15,000·0.83 + 13,500·0.78) / 18,000 = 22,980 / 18,000
    expect(show(evaluation.healthFactor)).toBe('383/300');
    expect(show(evaluation.collateralValue)).toBe('28500');
    // Average LTV (12,075 + 9,855) / 28,500 = 76.947… %, truncated to 7,694 bp: 28,500·0.7694 − 18,000 = 21,927.9 − 18,000
    expect(show(evaluation.availableToBorrow)).toBe('3927.9');
  });

  test('liquidation prices', () => {
    const { alone, together } = aaveV3Model.computeLiquidationPrices(position, prices);
    const [eth, btc] = [alone.get('eth'), alone.get('btc')];
    // (18,000 − 10,530) / 4.15; (18,000 − 12,450) / 0.117; 1 − 18,000 / 22,980
    expect(eth?.exists && show(eth.price)).toBe('1800');
    expect(btc?.exists && show(btc.price)).toBe('1850000/39');
    expect(together.exists && show(together.drop)).toBe('83/383');
  });
});

test('collateral switched off neither counts nor liquidates', () => {
  const position = aave(
    {},
    [
      ['eth', '5', ETH],
      ['btc', '0.15'],
    ],
    [['usdc', '9000']],
  );
  const off = { ...position, collateral: position.collateral.map((leg, index) => ({ ...leg, enabled: index === 0 })) };
  const evaluation = aaveV3Model.computeEvaluation(off, prices);
  // 12,450 / 9,000
  expect(show(evaluation.healthFactor)).toBe('83/60');
  expect(show(evaluation.collateralValue)).toBe('15000');
  expect(aaveV3Model.findProblem(off)).toBeUndefined();
  expect(aaveV3Model.findProblem(position)?.path).toBe('collateral[1].liquidationThreshold');
  expect(aaveV3Model.computeLiquidationPrices(off, prices).alone.get('btc')).toMatchObject({ reason: 'no-effect' });
});

describe('one asset on both sides, and a net short', () => {
  test('volatile debt: above', () => {
    const short = aave({}, [['usdc', '40000', { liquidationThreshold: '0.78' }]], [['eth', '10']]);
    const { alone, together } = aaveV3Model.computeLiquidationPrices(short, prices);
    const eth = alone.get('eth');
    // 31,200 / 10
    expect(eth?.exists && [eth.direction, show(eth.price)]).toEqual(['above', '3120']);
    // all collateral falls, the ETH owed does not: 1 − 30,000 / 31,200
    expect(together.exists && show(together.drop)).toBe('1/26');
  });

  test('both sides', () => {
    const both = aave(
      {},
      [['eth', '10', ETH]],
      [
        ['eth', '2'],
        ['usdc', '15000'],
      ],
    );
    const { alone, together } = aaveV3Model.computeLiquidationPrices(both, prices);
    const eth = alone.get('eth');
    // 15,000 / (8.3 − 2) = 15,000 / 6.3; S = 24,900, D_s = 6,000: 1 − 15,000 / 18,900
    expect(eth?.exists && show(eth.price)).toBe('50000/21');
    expect(together.exists && show(together.drop)).toBe('13/63');
  });
});

describe('efficiency modes by version', () => {
  const eMode = { ltv: '0.93', liquidationThreshold: '0.95', liquidationBonus: '0.01', assets: ['wsteth'] };
  const at = bookPrices({ wsteth: '1000', eth: '1000' });
  const evaluate = (terms: object, parameters: Partial<Record<LegParameter, string>>) =>
    aaveV3Model.computeEvaluation(aave(terms, [['wsteth', '10', parameters]], [['eth', '9']]), at);

  test.each(AAVE_VERSIONS)('%s: the mode’s threshold and LTV for its collateral', (version) => {
    const { healthFactor, availableToBorrow } = evaluate(
      { version, eMode },
      { liquidationThreshold: '0.81', maxLtv: '0.785' },
    );
    // 10,000·0.95 / 9,000 = 19/18; 9,300 − 9,000
    expect(show(healthFactor)).toBe('19/18');
    expect(show(availableToBorrow)).toBe('300');
  });

  test.each([
    ['3.2', '0', '0'],
    ['3.5', '0', '0'],
    ['3.6', '10000', '19/18'],
  ])('%s: a base threshold of 0', (version, collateralValue, healthFactor) => {
    const evaluation = evaluate({ version, eMode }, { liquidationThreshold: '0', maxLtv: '0' });
    expect(show(evaluation.collateralValue)).toBe(collateralValue);
    expect(show(evaluation.healthFactor)).toBe(healthFactor);
  });

  test.each([
    ['3.5', '0'],
    ['3.6', '300'],
  ])('%s: a base LTV of 0', (version, available) => {
    const evaluation = evaluate({ version, eMode }, { liquidationThreshold: '0.81', maxLtv: '0' });
    expect(show(evaluation.availableToBorrow)).toBe(available);
  });

  test('3.6: the mode’s own list sets LTV 0; before, there is no such list', () => {
    const listed = { ...eMode, ltvZero: ['wsteth'] };
    expect(show(evaluate({ eMode: listed }, { maxLtv: '0.785' }).availableToBorrow)).toBe('0');
    const early = aave({ version: '3.5', eMode: listed }, [['wsteth', '10']], [['eth', '9']]);
    expect(aaveV3Model.findProblem(early)?.path).toBe('terms.eMode.ltvZero');
  });

  test('collateral of the mode needs no figures of its own; other collateral keeps its own', () => {
    const position = aave(
      { eMode },
      [
        ['wsteth', '10'],
        ['eth', '1', ETH],
      ],
      [['eth', '9']],
    );
    expect(aaveV3Model.findProblem(position)).toBeUndefined();
    // (9,500 + 830) / 9,000
    expect(show(aaveV3Model.computeEvaluation(position, at).healthFactor)).toBe('1033/900');
  });
});
