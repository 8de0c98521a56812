import { describe, expect, test } from 'vitest';
import { findModel } from '@/lib/interchange/book';
import { formatDecimal } from '@/lib/units/decimal';
import { wad } from '@/lib/units/fixed';
import { bookPosition, bookPrices, fraction, show } from '@/lib/venues/book-testing';
import { RISK_CLASSES, worseRiskClass } from '../risk-class';
import { findDropBin, findHealthBin, HEALTH_BINS } from './bins';
import { computeDeskItem } from './compute-desk-item';
import { computeConcentration } from './concentration';
import { computeCoverage } from './coverage';
import { computeExposures, EXPOSURE_DIMENSIONS, type Exposure } from './exposures';
import { FINE_DECIMALS, fineValue } from './fine-value';
import { computeHistogram } from './histogram';
import { lookThrough, nameAsset } from './look-through';
import { deskEntry, deskItem } from './testing';

const ETH = { liquidationThreshold: '0.83' };
const prices = bookPrices({ ETH: '3000', wstETH: '3500', USDC: '1', DAI: '1' });
const SYMBOLS = new Map<string, string>();
const itself = (asset: string) => asset;
const through = (asset: string) => lookThrough(asset, SYMBOLS).key;

const custom = (
  id: string,
  collateral: Parameters<typeof bookPosition>[2],
  debt: Parameters<typeof bookPosition>[3],
  changes = {},
) => deskItem({ ...bookPosition('custom', {}, collateral, debt), id }, prices, { id, ...changes });

const text = (value: bigint | undefined) => (value === undefined ? undefined : formatDecimal(value, FINE_DECIMALS));
const told = (bars: readonly Exposure[]) =>
  bars.map(({ key, gross, net, count, unpricedCount }) => [key, text(gross), text(net), count, unpricedCount]);

// 5 ETH at 3,000 carry 12,450 against 9,000: health factor 1.3833…, drop 1 − 9,000/12,450 = 23/83.
const plain = custom('plain', [['ETH', '5', ETH]], [['USDC', '9000']], { owner: 'ann', counterparty: 'Desk A' });
// 10 wstETH are 35,000, 5 ETH owed 15,000.
const short = custom('short', [['wstETH', '10', ETH]], [['ETH', '5']], { owner: 'bob', counterparty: 'Desk A' });
// The price of DOGE is not known; 1 ETH beside it is.
const blind = custom(
  'blind',
  [
    ['ETH', '1', ETH],
    ['DOGE', '7', ETH],
  ],
  [['DAI', '100']],
  { owner: 'ann' },
);
const unread = computeDeskItem(
  deskEntry(bookPosition('custom', {}, [], []), prices, {
    id: 'unread',
    owner: 'eve',
    position: undefined,
    problem: 'The node did not answer.',
  }),
  findModel,
);
const all = [plain, short, blind, unread];

describe('a position', () => {
  test('has values, health and distance by its venue’s own model', () => {
    if (!plain.figures.known) throw new Error(plain.figures.reason.text);
    const { collateralValue, debtValue, healthFactor, liquidatable, drop } = plain.figures.value;
    expect([text(collateralValue), text(debtValue)]).toEqual(['15000', '9000']);
    expect(healthFactor).toBe(1_383_333_333_333_333_333n);
    expect(liquidatable).toBe(false);
    expect(show(drop)).toBe('23/83');
    expect(plain.riskClass).toBe('watch');
  });

  test('with one missing price is unknown as a whole, never safe; the legs that have prices keep their values', () => {
    expect(blind.figures).toMatchObject({ known: false, reason: { code: 'price-missing' } });
    expect(blind.riskClass).toBe('unknown');
    expect(blind.legs.map(({ value }) => text(value))).toEqual(['3000', undefined, '100']);
  });

  test('that could not be read is unknown with its own reason', () => {
    expect(unread.figures).toMatchObject({ known: false, reason: { text: 'The node did not answer.' } });
    expect(unread.riskClass).toBe('unknown');
    expect(unread.legs).toEqual([]);
  });

  test('of a venue that is not known is unknown', () => {
    const item = deskItem(bookPosition('nowhere', {}, [['ETH', '1']], []), prices);
    expect(item.riskClass).toBe('unknown');
  });

  test('is as its contract has it where the contract rounds across the edge: liquidatable, whatever the exact model says', () => {
    // 1.0000… by the model, 1 unit short by the contract.
    const edge = bookPosition('custom', {}, [['ETH', '5', ETH]], [['USDC', '12450']]);
    expect(deskItem(edge, prices)).toMatchObject({ riskClass: 'danger', figures: { value: { liquidatable: false } } });
    const standing = {
      riskClass: 'liquidatable',
      liquidatable: true,
      healthFactor: wad(999_999_999_999_999_999n),
      note: undefined,
    } as const;
    const item = deskItem(edge, prices, { standing });
    expect(item.riskClass).toBe('liquidatable');
    expect(item.figures).toMatchObject({ value: { liquidatable: true, healthFactor: 999_999_999_999_999_999n } });
    expect([findHealthBin(item), findDropBin(item)]).toEqual(['liquidatable', 'liquidatable']);
  });

  test.each(RISK_CLASSES)('is never better than a standing of %s, nor than its own figures', (riskClass) => {
    for (const [entry, own] of [
      [plain, 'watch'],
      [blind, 'unknown'],
    ] as const) {
      const standing = { riskClass, liquidatable: undefined, healthFactor: undefined, note: 'A price is late.' };
      const item = computeDeskItem({ ...entry.entry, standing }, findModel);
      expect(item).toMatchObject({ riskClass: worseRiskClass(own, riskClass), riskNote: 'A price is late.' });
      expect(item.figures).toEqual(entry.figures);
    }
  });

  test('is valued with what it holds rounded down and what it owes rounded up', () => {
    const odd = deskItem(
      bookPosition('custom', {}, [['X', '1/3', ETH]], [['X', '1/30']]),
      new Map([['X', fraction('1')]]),
    );
    expect(odd.legs.map(({ value }) => value)).toEqual([333_333_333_333_333_333n, 33_333_333_333_333_334n]);
  });
});

describe('exposures', () => {
  test('by asset, as it stands', () => {
    // ETH: 15,000 + 3,000 held, 15,000 owed.
    expect(told(computeExposures(all, 'asset', itself))).toEqual([
      ['wstETH', '35000', '35000', 1, 0],
      ['ETH', '33000', '3000', 3, 0],
      ['USDC', '9000', '-9000', 1, 0],
      ['DAI', '100', '-100', 1, 0],
      ['DOGE', '0', '0', 1, 1],
    ]);
  });

  test('by asset, looked through: staked ether counts as ether, by value', () => {
    expect(told(computeExposures(all, 'asset', through))).toEqual([
      ['eth', '68000', '38000', 3, 0],
      ['usdc', '9000', '-9000', 1, 0],
      ['dai', '100', '-100', 1, 0],
      ['doge', '0', '0', 1, 1],
    ]);
  });

  test('by owner and counterparty; who is not named stands under nothing, and what could not be read is counted', () => {
    expect(told(computeExposures(all, 'owner', itself))).toEqual([
      ['bob', '50000', '20000', 1, 0],
      ['ann', '27100', '8900', 2, 1],
      ['eve', '0', '0', 1, 1],
    ]);
    expect(told(computeExposures(all, 'counterparty', itself))).toEqual([
      ['Desk A', '74000', '26000', 2, 0],
      ['', '3100', '2900', 2, 2],
    ]);
  });

  test('add up to the same in every dimension, looked through or not', () => {
    for (const dimension of EXPOSURE_DIMENSIONS) {
      for (const keyOf of [itself, through]) {
        const bars = computeExposures(all, dimension, keyOf);
        // 15,000 + 35,000 + 3,000 held; 9,000 + 15,000 + 100 owed.
        expect(text(bars.reduce((sum, { gross }) => sum + gross, 0n))).toBe('77100');
        expect(text(bars.reduce((sum, { net }) => sum + net, 0n))).toBe('28900');
      }
    }
  });
});

test('coverage says how many positions are unknown, and at least which share of value stands in them', () => {
  const { pricedCount, unpricedCount, unpricedShareAtLeast } = computeCoverage(all);
  expect([pricedCount, unpricedCount]).toEqual([2, 2]);
  // 3,100 of 77,100.
  expect(show(unpricedShareAtLeast)).toBe('31/771');
  expect(computeCoverage([unread]).unpricedShareAtLeast).toBeNull();
  expect(computeCoverage([])).toEqual({ pricedCount: 0, unpricedCount: 0, unpricedShareAtLeast: null });
});

describe('concentration', () => {
  const bar = (key: string, gross: bigint, net: bigint): Exposure => ({
    key,
    gross: fineValue(gross),
    net: fineValue(net),
    count: 1,
    unpricedCount: 0,
  });

  test('60, 30 and 10: HHI 0.46, the first has 0.6', () => {
    const found = computeConcentration([bar('b', 30n, 30n), bar('a', 60n, -60n), bar('c', 10n, 0n)], 'gross');
    expect(show(found?.hhi ?? null)).toBe('0.46');
    expect(show(found?.effectiveNumber ?? null)).toBe('50/23');
    expect(found?.topShares.map(({ top, share }) => [top, show(share)])).toEqual([
      [1, '0.6'],
      [5, '1'],
      [10, '1'],
    ]);
    expect(found?.count).toBe(3);
  });

  test('by net takes what it is worth either way, and leaves out what cancels', () => {
    const found = computeConcentration([bar('a', 60n, -60n), bar('b', 30n, 20n), bar('c', 10n, 0n)], 'net');
    // 60 and 20 of 80: 0.5625 + 0.0625.
    expect(show(found?.hhi ?? null)).toBe('0.625');
    expect(found?.count).toBe(2);
  });

  test('of nothing is not there', () => {
    expect(computeConcentration([], 'gross')).toBeUndefined();
    expect(computeConcentration([bar('a', 0n, 0n)], 'gross')).toBeUndefined();
  });
});

describe('histograms', () => {
  const at = (debt: string) => custom(`d${debt}`, [['ETH', '1', { liquidationThreshold: '1' }]], [['USDC', debt]]);

  test.each([
    ['3000.0001', 'liquidatable', 'liquidatable'],
    ['3000', '1', '0'],
    ['2850.01', '1', '0'],
    ['2850', '1', '5'],
    // 3,000 / 1.08 = 2,777.77…
    ['2777.78', '1', '5'],
    ['2777.77', '1.08', '5'],
    ['2400.01', '1.08', '15'],
    ['2400', '1.25', '20'],
    ['2000', '1.5', '30'],
    ['1500', '2', '50'],
    ['1000', '3', '60'],
    ['600', '3', '80'],
    ['0', 'no-debt', 'none'],
  ])('a debt of %s against 3,000 is in health bin %s and distance bin %s', (debt, health, drop) => {
    expect([findHealthBin(at(debt)), findDropBin(at(debt))]).toEqual([health, drop]);
  });

  test('are weighted by collateral; what is unknown has its own bin, with what of it has a price', () => {
    const bars = computeHistogram(all, HEALTH_BINS, findHealthBin);
    expect(bars.map(({ bin }) => bin)).toEqual(HEALTH_BINS);
    // 35,000 · 0.83 / 15,000 = 1.936…
    expect(bars.filter(({ count }) => count > 0).map(({ bin, value, count }) => [bin, text(value), count])).toEqual([
      ['1.25', '15000', 1],
      ['1.5', '35000', 1],
      ['unknown', '3000', 2],
    ]);
  });

  test('a venue that liquidates above 1 is in the first bin: its own test decides', () => {
    // Liquity v1 in recovery mode: 10 ETH at 3,000 against 22,000 is 136 %, below the total of 140 %.
    const recovery = deskItem(
      bookPosition('liquity-v1', { totalCollateralRatio: fraction('1.4') }, [['ETH', '10']], [['LUSD', '22000']]),
      bookPrices({ ETH: '3000', LUSD: '1' }),
    );
    expect(recovery.figures.known && recovery.figures.value.healthFactor).toBeGreaterThan(10n ** 18n);
    expect(findHealthBin(recovery)).toBe('liquidatable');
  });
});

test('a key from chain, and the second price of it, stand for the asset the chain names', () => {
  const key = 'eip155:31337/erc20:0x5fbdb2315678afecb367f032d93f642f64180aa3';
  const symbols = new Map([[key, 'wstETH']]);
  for (const asset of [key, `${key}#2`]) expect(lookThrough(asset, symbols).key).toBe('eth');
  expect([nameAsset(key, symbols), nameAsset(`${key}#2`, symbols)]).toEqual(['wstETH', 'wstETH#2']);
  expect(lookThrough(`${key}#2`, new Map()).key).toBe(key);
});
