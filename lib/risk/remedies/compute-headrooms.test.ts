import { describe, expect, test } from 'vitest';
import type { BookLeg, BookPosition } from '@/lib/domain/book-position';
import { rational } from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show } from '@/lib/venues/book-testing';
import { venueModels } from '@/lib/venues/models';
import { computeHeadrooms, type Headroom, type HeadroomRequest } from './compute-headrooms';
import type { RemedyModel } from './remedy';

const ETH = { liquidationThreshold: '0.83', maxLtv: '0.805', liquidationBonus: '0.05' };
const WETH = { borrowCollateralFactor: '0.825', liquidateCollateralFactor: '0.895', liquidationFactor: '0.95' };
const prices = bookPrices({ eth: '3000', btc: '90000', usdc: '1', dai: '1', lusd: '1' });

type Legs = Parameters<typeof bookPosition>[2];
const build = (venue: keyof typeof venueModels, terms: unknown, collateral: Legs, debt: Legs): BookPosition =>
  bookPosition(venue, venueModels[venue].termsSchema.parse(terms), collateral, debt);

const compute = (position: BookPosition, changes: Partial<HeadroomRequest> = {}) =>
  computeHeadrooms({
    position,
    model: venueModels[position.venue as keyof typeof venueModels] as unknown as RemedyModel,
    target: fraction('1'),
    evaluationPrices: prices,
    tradePrices: prices,
    ...changes,
  });
const write = (rooms: readonly Headroom[]) =>
  rooms.map(({ asset, amount, limitedBy }) => `${asset} ${show(amount)} ${limitedBy}`);

const single = build('custom', {}, [['eth', '5', ETH]], [['usdc', '9000']]);

test('at a target: 12,450 − 1.25·9,000 = 1,200 to spare', () => {
  const rooms = compute(single, { target: fraction('1.25') });
  // 1,200/2,490 ETH out; 1,200/1.25 more owed
  expect(write(rooms.withdraw)).toEqual(['eth 40/83 target']);
  expect(write(rooms.borrow)).toEqual(['usdc 960 target']);
});

test('at the venue’s own limit: the edge for withdrawals, what it lends for loans', () => {
  const rooms = compute(single);
  // 3,450/2,490; 15,000·0.805 − 9,000
  expect(write(rooms.withdraw)).toEqual(['eth 115/83 target']);
  expect(write(rooms.borrow)).toEqual(['usdc 3075 venue']);
});

test('at shocked prices the target counts there, the venue’s limit today', () => {
  // ETH at 2,400: 9,960 − 9,000 = 960 to spare, 960/1,992
  const rooms = compute(single, { evaluationPrices: new Map([...prices, ['eth', rational(2_400n)]]) });
  expect(write(rooms.withdraw)).toEqual(['eth 40/83 target']);
  expect(write(rooms.borrow)).toEqual(['usdc 960 target']);
  // ETH at 4,000 would carry more, but today's 3,450 to spare is the venue's limit.
  const raised = compute(single, { evaluationPrices: new Map([...prices, ['eth', rational(4_000n)]]) });
  expect(write(raised.withdraw)).toEqual(['eth 115/83 venue']);
});

test('without debt all of it; below the target nothing', () => {
  expect(write(compute(build('custom', {}, [['eth', '5', ETH]], [])).withdraw)).toEqual(['eth 5 all']);
  const rooms = compute(single, { target: fraction('1.5') });
  expect(write([...rooms.withdraw, ...rooms.borrow])).toEqual(['eth 0 target', 'usdc 0 target']);
});

describe('by venue', () => {
  test('an Aave mode lends only what it lists', () => {
    const mode = {
      ltv: '0.9',
      liquidationThreshold: '0.93',
      liquidationBonus: '0.01',
      assets: ['eth'],
      borrowable: ['usdc'],
    };
    const position = build(
      'aave-v3',
      { eMode: mode },
      [['eth', '1']],
      [
        ['usdc', '900'],
        ['dai', '100'],
      ],
    );
    const [usdc, dai] = compute(position).borrow;
    // 3,000·0.9 − 1,000
    expect(write([usdc as Headroom, dai as Headroom])).toEqual(['usdc 1700 venue', 'dai 0 venue']);
    expect(dai?.text).toBe('dai is not among what may be borrowed in the account’s efficiency mode.');
  });

  test('Compound: up to what it lends, 12,375 − 9,000 over 2,475 an ETH', () => {
    const rooms = compute(build('compound-v3', {}, [['eth', '5', WETH]], [['usdc', '9000']]));
    expect(write(rooms.withdraw)).toEqual(['eth 15/11 venue']);
    expect(write(rooms.borrow)).toEqual(['usdc 3375 venue']);
  });

  test('margin: up to the initial margin, 2·3,000·0.95 − 5,400', () => {
    const long = [['eth', '2', { initialMargin: '0.05', maintenanceMargin: '0.02' }]] as const;
    const rooms = compute(build('cross-margin', {}, long, [['usdc', '5400']]));
    expect(write(rooms.withdraw)).toEqual(['eth 2/19 venue']);
    expect(write(rooms.borrow)).toEqual(['usdc 300 venue']);
  });

  test('Liquity v1 in recovery mode: nothing leaves and nothing is drawn', () => {
    const rooms = compute(build('liquity-v1', { totalCollateralRatio: '1.4' }, [['eth', '10']], [['lusd', '15000']]));
    expect(write([...rooms.withdraw, ...rooms.borrow])).toEqual(['eth 0 venue', 'lusd 0 venue']);
    expect(rooms.withdraw[0]?.text).toContain('recovery mode');
  });

  test('Maker: a debt below dust is not drawn, one above it is', () => {
    const [dai] = build('maker-mcd', { ilk: 'ETH-A' }, [], [['dai', '1']]).debt;
    const candidates = { debt: [dai as BookLeg] };
    const small = build('maker-mcd', { ilk: 'ETH-A' }, [['eth', '3']], []);
    expect(write(compute(small, { candidates }).borrow)).toEqual(['dai 0 venue']);
    const large = build('maker-mcd', { ilk: 'ETH-A' }, [['eth', '29']], []);
    // 87,000/1.45
    expect(write(compute(large, { candidates }).borrow)).toEqual(['dai 60000 target']);
  });

  test('a debt that the venue cannot hold beside another', () => {
    const position = build('morpho-blue', { lltv: '0.86' }, [['btc', '1']], [['usdc', '7000']]);
    const rooms = compute(position, { candidates: { debt: [{ ...(position.debt[0] as BookLeg), asset: 'dai' }] } });
    expect(write(rooms.borrow)[1]).toBe('dai 0 venue');
    expect(rooms.borrow[1]?.text).toBe('A Morpho Blue market lends one token.');
  });
});
