import { describe, expect, test } from 'vitest';
import type { BookPosition } from '@/lib/domain/book-position';
import { bookPosition, bookPrices, fraction, show } from '@/lib/venues/book-testing';
import { type VenueModelId, venueModels } from '@/lib/venues/models';
import { compareVenues, type VenueComparison } from './compare-venues';

const ETH = { liquidationThreshold: '0.83', maxLtv: '0.805', liquidationBonus: '0.05' };
const BTC = { liquidationThreshold: '0.78', maxLtv: '0.73', liquidationBonus: '0.05' };
const prices = bookPrices({
  eth: '3000',
  btc: '90000',
  usdc: '1',
  wsteth: '3600',
  link: '15',
  weth: '3000',
  doge: '0.2',
});
const half = bookPrices({
  eth: '1500',
  btc: '45000',
  usdc: '1',
  wsteth: '1800',
  link: '7.5',
  weth: '1500',
  doge: '0.1',
});

type Legs = Parameters<typeof bookPosition>[2];
const custom = (collateral: Legs, debt: Legs): BookPosition => bookPosition('custom', {}, collateral, debt);
const compare = (position: BookPosition) =>
  compareVenues({ position, prices, outcomePrices: half, symbolOf: (asset) => asset });
const on = (position: BookPosition, venue: VenueModelId): VenueComparison => {
  const found = compare(position).find((each) => each.venue === venue);
  if (!found) throw new Error(venue);
  return found;
};
const writeLegs = ({ positions }: VenueComparison) =>
  positions.map(({ collateral, debt }) =>
    [...collateral, ...debt].map(({ asset, amount }) => `${show(amount)} ${asset}`),
  );
const writeLeft = ({ left }: VenueComparison) =>
  left.map(({ side, asset, amount }) => `${side} ${show(amount)} ${asset}`);

// 5 ETH at 3,000 and 0.15 BTC at 90,000 against 18,000 of a dollar.
const documented = custom(
  [
    ['eth', '5', ETH],
    ['btc', '0.15', BTC],
  ],
  [['usdc', '18000']],
);

test('a rule of its own venue that no book holds bounds what could be owed there, and nowhere else', () => {
  const capacities = (mostOwed: string) =>
    compareVenues({
      position: documented,
      prices,
      outcomePrices: half,
      symbolOf: (asset) => asset,
      mostOwed: fraction(mostOwed),
    }).map(({ venue, capacity }) => [venue, show(capacity)]);
  const free = compare(documented).map(({ venue, capacity }) => [venue, show(capacity)]);
  // 12,075 + 9,855 by the legs' maxLtv
  expect(free[0]).toEqual(['custom', '21930']);
  expect(capacities('19000')).toEqual([['custom', '19000'], ...free.slice(1)]);
  expect(capacities('30000')).toEqual(free);
});

test('every venue once, the position’s own first and as it is', () => {
  const [own, ...others] = compare(documented);
  expect(own).toMatchObject({ venue: 'custom', isCurrent: true, positions: [documented], left: [], notes: [] });
  expect(others.map(({ venue }) => venue).sort()).toEqual(
    Object.keys(venueModels)
      .filter((id) => id !== 'custom')
      .sort(),
  );
  expect(others.every(({ isCurrent }) => !isCurrent)).toBe(true);
});

describe('the documented book on other venues', () => {
  test.each([
    // 22,980/18,000; 28,500 at a truncated average of 76.94 %
    { venue: 'aave-v3', health: '383/300', capacity: '21927.9' },
    // 13,425 + 10,395 = 23,820; 12,375 + 9,450
    { venue: 'compound-v3', health: '397/300', capacity: '21825' },
    // 28,500·0.86 = 24,510
    { venue: 'morpho-blue', health: '817/600', capacity: '24510' },
    // 28,500·0.95/(18,000·1.01) = 27,075/18,180; 28,500·0.9/1.02
    { venue: 'cross-margin', health: '1805/1212', capacity: '427500/17' },
    { venue: 'isolated-margin', health: '1805/1212', capacity: '427500/17' },
  ] as const)('$venue', ({ venue, health, capacity }) => {
    const found = on(documented, venue);
    expect(found.left).toEqual([]);
    expect(show(found.risk?.healthFactor ?? null)).toBe(health);
    expect(show(found.capacity)).toBe(capacity);
    expect(show(found.collateralValue)).toBe('28500');
    expect(show(found.debtValue)).toBe('18000');
    expect(found.risk?.liquidatable).toBe(false);
  });

  test.each([
    // 15,000/1.45, /1.1, /1.1, /1.5 against 18,000; Liquity v1 sets 200 aside
    { venue: 'maker-mcd', health: '50/87', capacity: '300000/29' },
    { venue: 'liquity-v1', health: '25/33', capacity: '147800/11' },
    { venue: 'liquity-v2', health: '25/33', capacity: '150000/11' },
    { venue: 'maker-scd', health: '5/9', capacity: '10000' },
  ] as const)('$venue takes the ether alone, and dollars as its own', ({ venue, health, capacity }) => {
    const found = on(documented, venue);
    expect(writeLeft(found)).toEqual(['collateral 0.15 btc']);
    expect(show(found.risk?.healthFactor ?? null)).toBe(health);
    expect(show(found.capacity)).toBe(capacity);
    expect(found.risk?.liquidatable).toBe(true);
    expect(found.notes.join(' ')).toContain('USDC is owed as');
    expect(found.notes).toContain('ETH is taken as WETH, one for one.');
  });

  test('liquidation prices of one account', () => {
    const { nearest, together } = on(documented, 'aave-v3').risk?.prices ?? {};
    // (18,000 − 10,530)/4.15
    expect([nearest?.asset, show(nearest?.price ?? null), show(nearest?.distance ?? null)]).toEqual([
      'eth',
      '1800',
      '-0.4',
    ]);
    // BTC: 5,550/10,530 − 1; a dollar: 22,980/18,000 − 1. Of each asset its own distance.
    const alone = on(documented, 'aave-v3').risk?.prices.alone;
    const distances = [...(alone ?? [])].map(([asset, price]) => [asset, price.exists && show(price.distance)]);
    expect(distances).toEqual([
      ['eth', '-0.4'],
      ['btc', '-166/351'],
      ['usdc', '83/300'],
    ]);
    expect(together?.exists && show(together.t)).toBe('83/383');
  });

  test('two Morpho positions: the debt as the collaterals carry, equally safe', () => {
    const found = on(documented, 'morpho-blue');
    // 18,000·15/28.5 and 18,000·13.5/28.5
    expect(writeLegs(found)).toEqual([
      ['5 eth', '180000/19 usdc'],
      ['0.15 btc', '162000/19 usdc'],
    ]);
    expect(found.positions.map(({ id }) => id)).toEqual(['p1:1', 'p1:2']);
    const { prices: at, outcome } = found.risk ?? {};
    // 180,000/19/4.3; each falls by 1 − 600/817
    const eth = at?.alone.get('eth');
    expect(eth?.exists && show(eth.price)).toBe('1800000/817');
    expect(show(at?.nearest?.distance ?? null)).toBe('-217/817');
    expect(at?.together.exists && show(at.together.t)).toBe('217/817');
    // At half the prices: 14,250 seized for 14,250·0.958 = 13,651.5.
    expect(outcome).toMatchObject({ liquidated: 2, steps: 2, badDebtBearers: ["the market's suppliers"] });
    expect(show(outcome?.repaidValue ?? null)).toBe('13651.5');
    expect(show(outcome?.seizedValue ?? null)).toBe('14250');
    expect(show(outcome?.penaltyValue ?? null)).toBe('598.5');
    expect(show(outcome?.badDebt ?? null)).toBe('4348.5');
  });

  test('outcome of one account: 14,250/1.05 repaid, the rest of 18,000 bad', () => {
    const outcome = on(documented, 'aave-v3').risk?.outcome;
    expect(show(outcome?.badDebt ?? null)).toBe('31000/7');
    expect(show(outcome?.penaltyValue ?? null)).toBe('4750/7');
  });
});

describe('several debts', () => {
  // 18,000 of wstETH and 1,500 of LINK against 9,000 USDC and 2 WETH (6,000).
  const position = custom(
    [
      ['wsteth', '5', ETH],
      ['link', '100', ETH],
    ],
    [
      ['usdc', '9000'],
      ['weth', '2'],
    ],
  );

  test('Morpho: wstETH three to two; nothing takes LINK', () => {
    const found = on(position, 'morpho-blue');
    expect(writeLegs(found)).toEqual([
      ['3 wsteth', '9000 usdc'],
      ['2 wsteth', '2 weth'],
    ]);
    expect(writeLeft(found)).toEqual(['collateral 100 link']);
    // 10,800·0.86/9,000, less than 7,200·0.945/6,000
    expect(show(found.risk?.healthFactor ?? null)).toBe('1.032');
  });

  test('Compound: an account a market, LINK where it is taken', () => {
    const found = on(position, 'compound-v3');
    expect(writeLegs(found)).toEqual([
      ['3 wsteth', '100 link', '9000 usdc'],
      ['2 wsteth', '2 weth'],
    ]);
    // 7,200·0.93/6,000, less than (9,396 + 1,275)/9,000
    expect(show(found.risk?.healthFactor ?? null)).toBe('1.116');
  });

  test('a debt that a venue does not lend: capacity, but no word of safety', () => {
    const found = on(position, 'maker-mcd');
    expect(writeLeft(found)).toEqual(['collateral 100 link', 'debt 2 weth']);
    expect(found.risk).toBeUndefined();
    // 18,000/1.5
    expect(show(found.capacity)).toBe('12000');
  });

  test('nothing that a venue takes', () => {
    const found = on(custom([['doge', '5', ETH]], [['usdc', '1']]), 'liquity-v2');
    expect(found).toMatchObject({ positions: [], risk: undefined });
    expect(writeLeft(found)).toEqual(['collateral 5 doge', 'debt 1 usdc']);
    expect(show(found.capacity)).toBe('0');
  });
});

test('collateral that is switched off stays out', () => {
  const [eth, btc] = documented.collateral;
  if (!eth || !btc) throw new Error('two legs');
  const position = { ...documented, collateral: [eth, { ...btc, enabled: false }] };
  expect(writeLeft(on(position, 'aave-v3'))).toEqual(['collateral 0.15 btc']);
});

test('without debt: what could be borrowed', () => {
  const found = on(custom([['eth', '5', ETH]], []), 'morpho-blue');
  expect(show(found.capacity)).toBe('12900');
  expect(found.risk).toMatchObject({ healthFactor: null, liquidatable: false });
  expect(found.risk?.prices.together).toMatchObject({ exists: false, reason: 'no-debt' });
});

describe('what a venue would not open as it is', () => {
  test('more than it lends: 18,000 against 10,344.82… of Maker’s; 18,000 of 21,927.90 on Aave is held', () => {
    expect(on(documented, 'maker-mcd').refusals).toMatchObject([{ reason: 'too-much', count: 1 }]);
    expect(on(documented, 'aave-v3').refusals).toEqual([]);
    expect(on(documented, 'morpho-blue').refusals).toEqual([]);
  });

  test('exactly the most it lends is lent, a cent more is not: 15,000 · 0.86 = 12,900', () => {
    const owing = (amount: string) => on(custom([['eth', '5', ETH]], [['usdc', amount]]), 'morpho-blue').refusals;
    expect(owing('12900')).toEqual([]);
    expect(owing('12900.01')).toMatchObject([{ reason: 'too-much', count: 1 }]);
  });

  test('where it stands already nothing is refused, liquidatable or not', () => {
    const [own] = compare(custom([['eth', '5', ETH]], [['usdc', '14999']]));
    expect([own?.risk?.liquidatable, own?.refusals]).toEqual([true, []]);
  });
});

test('a debt below the least is said so', () => {
  const found = on(custom([['eth', '5', ETH]], [['usdc', '500']]), 'maker-mcd');
  expect(found.refusals).toMatchObject([{ reason: 'too-little', count: 1 }]);
  // 500 against 15,000: healthy, and yet not to be had.
  expect(found.risk?.liquidatable).toBe(false);
});

test('what can be taken of a healthy trove on Liquity v2', () => {
  // 6,000 · 0.995 / 3,000 of 5 ETH.
  const legs: [Legs, Legs] = [[['eth', '5', ETH]], [['usdc', '6000']]];
  const [alone] = on(custom(...legs), 'liquity-v2').redemptions;
  expect(alone).toMatchObject({ isPossible: true, debtInFront: undefined });
  expect(alone?.text).toContain('at most 1.99 eth for its whole debt of 6000 usdc');
  // 15,000 of ether against 18,000.
  expect(on(documented, 'liquity-v2').redemptions).toMatchObject([{ isPossible: false }]);
  expect(on(custom(...legs), 'morpho-blue').redemptions).toEqual([]);
  // Liquity v1 redeems whatever is at 110 % or above: 15,000/18,000 is not.
  expect(on(custom(...legs), 'liquity-v1').redemptions).toMatchObject([{ isPossible: true, debtInFront: undefined }]);
  expect(on(documented, 'liquity-v1').redemptions).toMatchObject([{ isPossible: false }]);

  const trove = (id: string, rate: string): BookPosition => {
    const position = bookPosition('liquity-v2', { branch: 'WETH' }, [['eth', '5']], [['usdc', '6000']]);
    return { ...position, id, debt: position.debt.map((leg) => ({ ...leg, borrowRate: fraction(rate) })) };
  };
  const others = [trove('p2', '0.04'), trove('p3', '0.06'), { ...trove('p4', '0.01'), venue: 'liquity-v1' }];
  const position = trove('p1', '0.05');
  const [own] = compareVenues({ position, prices, outcomePrices: half, symbolOf: (asset) => asset, others });
  expect(own?.redemptions[0]?.text).toContain('at least 6000 usdc of the troves known here');
  const inFront = own?.redemptions[0]?.debtInFront;
  expect([inFront?.asset, show(inFront?.amount ?? null)]).toEqual(['usdc', '6000']);
});
