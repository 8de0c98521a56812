import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import { findModel } from '@/lib/interchange/book';
import { drawMockBook } from '@/lib/interchange/mock-book';
import { formatDecimal } from '@/lib/units/decimal';
import { rational } from '@/lib/units/rational';
import { bookPosition, bookPrices } from '@/lib/venues/book-testing';
import { modelExamples } from '@/lib/venues/model-examples';
import { computeBadDebts } from './bad-debts';
import type { DeskEntry, DeskItem } from './desk-book';
import { type DeskFilter, filterItems } from './desk-filter';
import { computeFallRanges, isLiquidatableAt } from './fall-ranges';
import { applyFall, FALLS_BPS, type Falling, isFalling } from './falls';
import { ceilFine, FINE_DECIMALS } from './fine-value';
import { computeLiquidationCurve } from './liquidation-curve';
import { listUnlistedDollars, lookThrough, nameAsset } from './look-through';
import { deskItem, drain } from './testing';

const SYMBOLS = new Map<string, string>();
const fallsOf = (falling: Falling) => (asset: string) => isFalling(lookThrough(asset, SYMBOLS), falling);
const text = (value: bigint | undefined) => (value === undefined ? undefined : formatDecimal(value, FINE_DECIMALS));

function computeCurve(items: readonly DeskItem[], falling: Falling) {
  const ranges = drain(computeFallRanges(items, findModel, fallsOf(falling)));
  const debts = drain(computeBadDebts(items, ranges, findModel, fallsOf(falling)));
  return { ranges, curve: computeLiquidationCurve(items, ranges, debts, items.keys()) };
}

/** The slow way: every position at every fall by its model's own word. */
function computeByForce(items: readonly DeskItem[], falling: Falling) {
  return FALLS_BPS.map((fallBps) => {
    let [collateral, badDebt, count] = [0n, 0n, 0];
    for (const { entry, figures } of items) {
      const model = findModel(entry.venue);
      if (!model || !entry.position || !figures.known) continue;
      const at = applyFall(entry.prices, fallBps, fallsOf(falling));
      if (!model.computeEvaluation(entry.position, at).liquidatable) continue;
      collateral += figures.value.collateralValue;
      badDebt += ceilFine(model.computeOutcome(entry.position, at).badDebt);
      count += 1;
    }
    return { fallBps, collateralAtRisk: collateral, badDebt, count };
  });
}

const WEIGHT = { liquidationThreshold: '0.8', liquidationBonus: '0.25' };
const prices = bookPrices({ ETH: '1000', wstETH: '1200', BTC: '50000', USDC: '1' });
const custom = (collateral: Parameters<typeof bookPosition>[2], debt: Parameters<typeof bookPosition>[3]) =>
  deskItem(bookPosition('custom', {}, collateral, debt), prices);

// 1 ETH carries 800 against 480: liquidatable below 600, so at 45 % (550) and not at 40 % exactly (600).
const eth = custom([['ETH', '1', WEIGHT]], [['USDC', '480']]);
// Staked ether is ether's family: 1,200 · 0.8 = 960 against 768: below 0.8 of the price, first at 25 %.
const staked = custom([['wstETH', '1', WEIGHT]], [['USDC', '768']]);
const btc = custom([['BTC', '1', WEIGHT]], [['USDC', '38000']]);
// 1,000 USDC carry 800; 0.85 ETH owed are 850: liquidatable now, cured once ETH is at or below 941.17…: at 10 %.
const shortEth = custom([['USDC', '1000', WEIGHT]], [['ETH', '0.85']]);
const blind = custom([['DOGE', '1', WEIGHT]], [['USDC', '1']]);
const items = [eth, staked, btc, shortEth, blind];

describe('the liquidation curve', () => {
  test('knows at which falls each position is liquidatable; at the edge exactly it is not', () => {
    const { ranges } = computeCurve(items, 'eth');
    const [at45, at25, last] = [9, 5, 18];
    expect(FALLS_BPS[at45]).toBe(4_500);
    expect(ranges).toEqual([
      { from: at45, to: last },
      { from: at25, to: last },
      undefined,
      { from: 0, to: 1 },
      'unknown',
    ]);
  });

  test('adds up collateral at the prices before the fall, bad debt by the venue’s outcome, and says what it could not price', () => {
    const { curve } = computeCurve(items, 'eth');
    expect(curve.unpricedCount).toBe(1);
    const at = (fallBps: number) => {
      const point = curve.points.find((each) => each.fallBps === fallBps);
      return [text(point?.collateralAtRisk), text(point?.badDebt), point?.count];
    };
    // The short: 1,000 of USDC at a bonus of 25 % pay 800 of 850.
    expect(at(0)).toEqual(['1000', '50', 1]);
    expect(at(1_000)).toEqual(['0', '0', 0]);
    // wstETH at 900 pays 720 of 768.
    expect(at(2_500)).toEqual(['1200', '48', 1]);
    // ETH at 100 pays 100/1.25 = 80 of 480: 400 unpaid. wstETH at 120 pays 96 of 768: 672.
    expect(at(9_000)).toEqual(['2200', '1072', 2]);
  });

  test('of all falls leaves dollars where they are', () => {
    const { ranges } = computeCurve(items, 'all');
    // 40,000 against 38,000 turns at 5 % exactly: first at 10 %.
    expect(ranges[2]).toEqual({ from: 2, to: 18 });
  });

  test('before bad debts are computed has none, which is not zero', () => {
    const ranges = drain(computeFallRanges(items, findModel, fallsOf('eth')));
    const curve = computeLiquidationCurve(items, ranges, undefined, items.keys());
    expect(curve.points.every(({ badDebt }) => badDebt === undefined)).toBe(true);
  });
});

const examples: DeskItem[] = Object.entries(modelExamples).flatMap(([venue, cases]) =>
  Object.values(cases).map((example) => {
    const terms = findModel(venue)?.termsSchema.parse(example.terms);
    return deskItem(bookPosition(venue, terms, example.collateral, example.debt), bookPrices(example.prices));
  }),
);
const mockItems = (seed: number, count: number): readonly DeskItem[] => {
  const book = drain(drawMockBook(seed, count));
  return book.positions.map((position: BookPosition) => deskItem(position, book.prices as PriceBook));
};

test.each(['all', 'eth', 'btc', 'usdc', 'comp'])(
  'example positions of every venue, %s falling: as by brute force',
  (falling) => {
    expect(computeCurve(examples, falling).curve.points).toEqual(computeByForce(examples, falling));
  },
);

describe('of made-up books', () => {
  const RUNS = { numRuns: 12, seed: 20_251_121 };

  test('is the same as by brute force', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom('all', 'eth', 'btc', 'link'), (seed, falling) => {
        const some = mockItems(seed, 12);
        expect(computeCurve(some, falling).curve.points).toEqual(computeByForce(some, falling));
      }),
      RUNS,
    );
  }, 60_000);

  test('rises with the fall where nothing is owed in what falls', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom('all', 'eth', 'btc'), (seed, falling) => {
        const falls = fallsOf(falling);
        const long = mockItems(seed, 25).filter(
          ({ legs }) => !legs.some(({ asset, side }) => side === 'debt' && falls(asset)),
        );
        const { points } = computeCurve(long, falling).curve;
        points.slice(1).forEach((point, index) => {
          const before = points[index];
          expect(point.collateralAtRisk >= (before?.collateralAtRisk ?? 0n)).toBe(true);
          expect((point.badDebt ?? 0n) >= (before?.badDebt ?? 0n)).toBe(true);
        });
      }),
      RUNS,
    );
  }, 60_000);
});

describe('the filter', () => {
  const context = {
    familyOf: (asset: string) => lookThrough(asset, SYMBOLS).key,
    nameOf: (asset: string) => nameAsset(asset, SYMBOLS),
    venueName: (venue: string) => venue,
  };
  const { ranges } = computeCurve(items, 'eth');
  const chosen = (filter: DeskFilter, except = [] as const) => filterItems(items, ranges, filter, context, except);

  test('gives the positions behind a mark', () => {
    const fall = (toBps: number, fromBps?: number): DeskFilter => ({ fall: { falling: 'eth', fromBps, toBps } });
    expect(chosen(fall(0))).toEqual([3]);
    expect(chosen(fall(5_000))).toEqual([0, 1]);
    expect(chosen(fall(5_000, 4_000))).toEqual([0]);
  });

  test('counts as many positions behind every mark as the curve says', () => {
    const { curve } = computeCurve(items, 'eth');
    for (const { fallBps, count } of curve.points) {
      expect(chosen({ fall: { falling: 'eth', fromBps: undefined, toBps: fallBps } })).toHaveLength(count);
    }
  });

  test('takes all of what was chosen, and can leave a part out', () => {
    expect(chosen({ family: 'eth' })).toEqual([0, 1, 3]);
    expect(chosen({ asset: 'ETH' })).toEqual([0, 3]);
    expect(chosen({ family: 'eth', health: 'liquidatable' })).toEqual([3]);
    expect(filterItems(items, ranges, { family: 'eth', health: 'liquidatable' }, context, ['health'])).toEqual([
      0, 1, 3,
    ]);
    expect(chosen({ drop: 'unknown' })).toEqual([4]);
    expect(chosen({ venue: 'custom' })).toHaveLength(5);
    expect(chosen({ owner: 'nobody' })).toEqual([]);
    expect(chosen({ counterparty: '' })).toHaveLength(5);
  });

  test('finds words in what a row says', () => {
    expect(chosen({ text: 'wsteth' })).toEqual([1]);
    expect(chosen({ text: 'UNKNOWN doge' })).toEqual([4]);
    expect(chosen({ text: 'safe eth nothing' })).toEqual([]);
  });

  test('never takes a position whose prices are unknown for liquidatable or not', () => {
    expect(isLiquidatableAt(ranges[4], 18)).toBe(false);
    expect(ranges[4]).toBe('unknown');
  });
});

test('a debt of an unlisted name at about a dollar is held still; one of another price falls with all', () => {
  const leg = (asset: string) => ({
    asset,
    amount: rational(1n),
    enabled: true,
    parameters: {},
    borrowRate: undefined,
  });
  const owing = (id: string, asset: string): DeskEntry => ({
    id,
    venue: 'custom',
    owner: undefined,
    counterparty: undefined,
    position: {
      id,
      venue: 'custom',
      owner: undefined,
      counterparty: undefined,
      collateral: [leg('eth')],
      debt: [leg(asset)],
      terms: {},
    },
    prices: new Map([
      ['eth', rational(3_000n)],
      ['usdc.e', rational(99n, 100n)],
      ['arb', rational(3n, 10n)],
      ['usdc#2', rational(1n)],
    ]),
    problem: undefined,
  });
  const entries = [owing('a', 'usdc.e'), owing('b', 'arb'), owing('c', 'usdc#2')];
  expect([...listUnlistedDollars({ entries, symbols: new Map() })]).toEqual(['usdc.e']);
  // "#2" is the second price of one asset in an export.
  expect(lookThrough('usdc#2', new Map())).toMatchObject({ key: 'usdc', stable: true });
});
