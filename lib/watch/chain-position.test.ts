import { describe, expect, test } from 'vitest';
import { computePositionRow } from '@/lib/book/compute-position-row';
import { computeInterestView } from '@/lib/book/direction-view';
import { toOptional } from '@/lib/domain/known';
import { NO_WHAT_IF } from '@/lib/scenarios/what-if';
import { WAD } from '@/lib/units/fixed';
import { compareRational, type Rational, rational, rationalToNumber } from '@/lib/units/rational';
import { BTC, ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import type { Position } from '@/lib/venues/registry';
import { ChainPosition } from './chain-position';
import { toMarketPrices, toWorld } from './testing';

const [eth, btc, usdc] = [ETH, BTC, USDC].map((of) => toReserve(of).asset.id) as [
  ReturnType<typeof toReserve>['asset']['id'],
  ReturnType<typeof toReserve>['asset']['id'],
  ReturnType<typeof toReserve>['asset']['id'],
];
const LONG = toPosition([
  { of: ETH, supply: '10' },
  { of: USDC, debt: '20000' },
]);
const MIXED = toPosition([
  { of: ETH, supply: '2', debt: '1' },
  { of: BTC, supply: '0.5' },
  { of: USDC, debt: '12000' },
]);
const MARKET = toMarketPrices({ [eth]: '2500', [btc]: '61000', [usdc]: '1' });
const see = (position: Position, changes: Parameters<typeof toWorld>[1] = {}) =>
  new ChainPosition(position, 'a position', toWorld([position], { marketPrices: MARKET, ...changes }));
const value = (figure: { readonly known: boolean; readonly value?: Rational | null }): number | null | undefined =>
  figure.known && figure.value ? rationalToNumber(figure.value) : figure.known ? null : undefined;

test('10 ETH at 3,000 (83 %) against 20,000: at the oracle 24,900 / 20,000, at the market’s 2,500 20,750 / 20,000', () => {
  const { atOracle, atMarket } = see(LONG);
  expect(value(atOracle.healthFactor)).toBe(1.245);
  expect(value(atOracle.collateralRatio)).toBe(1.5);
  expect(value(atMarket.healthFactor)).toBe(1.0375);
  expect(toOptional(atMarket.liquidatable)).toBe(false);
  // 20,000 / 8.3 = 2,409.63…: 19.67… % of 3,000 is left.
  const [nearest] = toOptional(see(LONG).liquidations) ?? [];
  expect(nearest?.asset).toBe(eth);
  expect(nearest && rationalToNumber(nearest.left)).toBeCloseTo(0.196787, 6);
});

test('what is held less what is owed of each asset, exact', () => {
  const exposures = toOptional(see(MIXED).exposures) ?? [];
  expect(exposures.map(({ asset, value: worth }) => [asset, value(worth)])).toEqual([
    [eth, 3_000],
    [btc, 30_000],
    [usdc, -12_000],
  ]);
});

describe('the figures are those of the row', () => {
  test.each([
    ['long', LONG],
    ['mixed', MIXED],
    ['no debt', toPosition([{ of: ETH, supply: '1' }])],
    [
      'past it',
      toPosition([
        { of: ETH, supply: '1' },
        { of: USDC, debt: '2600' },
      ]),
    ],
    [
      'no price',
      toPosition([
        { of: { ...ETH, price: undefined }, supply: '1' },
        { of: USDC, debt: '100' },
      ]),
    ],
  ] as const)('%s', (_, position) => {
    const world = toWorld([position], { marketPrices: MARKET });
    const row = computePositionRow(
      position,
      { address: position.owner, label: '', kind: 'demo' },
      {
        blind: undefined,
        chainTimeSeconds: 1_000,
        marketPrices: MARKET,
        latestWrites: new Map(),
        nowMs: world.nowMs,
        whatIf: NO_WHAT_IF,
      },
    );
    const seen = new ChainPosition(position, '', world);
    for (const [ours, theirs] of [
      [seen.atOracle, row.evaluation],
      [seen.atMarket, row.atMarket],
    ] as const) {
      for (const name of ['healthFactor', 'ltv', 'collateralRatio'] as const) {
        const [one, other] = [toOptional(ours[name]), toOptional(theirs[name])];
        expect(one === undefined || one === null ? one : compareRational(one, rational(other ?? 0n, WAD))).toBe(
          other === undefined || other === null ? other : 0,
        );
      }
      expect(ours.liquidatable).toEqual(theirs.liquidatable);
    }
    const nearest = toOptional(row.nearest);
    const left = toOptional(seen.liquidations)?.[0]?.left;
    expect(left && rationalToNumber(left)).toBe(
      nearest ? rationalToNumber(nearest.distance) * (nearest.direction === 'below' ? -1 : 1) : undefined,
    );
    const interest = toOptional(computeInterestView(row));
    if (interest?.exists) expect(value(seen.secondsToLiquidation)).toBe(Math.floor(interest.earliestSeconds));
  });
});

test('while the chain cannot be seen nothing is known of it', () => {
  const reason = { code: 'chain-stalled', text: 'The chain stands still.' } as const;
  const seen = see(LONG, { blind: reason });
  for (const figure of [
    seen.atOracle.healthFactor,
    seen.atMarket.liquidatable,
    seen.liquidations,
    seen.exposures,
    seen.secondsToLiquidation,
  ]) {
    expect(figure).toEqual({ known: false, reason });
  }
});

test('a market price that is no longer live is none', () => {
  const old = toMarketPrices({ [eth]: '2500', [usdc]: '1' }, 1_800_000_000_000 - 3_600_000);
  expect(see(LONG, { marketPrices: old }).atMarket.healthFactor.known).toBe(false);
  expect(see(LONG, { marketPrices: old }).atOracle.healthFactor.known).toBe(true);
});
