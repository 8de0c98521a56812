import { expect, test } from 'vitest';
import { bps } from '@/lib/units/fixed';
import type { EModeCategory } from './state';
import { BTC, ETH, toPosition, USDC } from './testing';
import { toCandidateBook } from './to-candidate-book';

const GOLD = { ...BTC, symbol: 'XAUt', id: 3, configuration: { debtCeiling: 1_000n, borrowingEnabled: false } };
const OFF = { ...BTC, symbol: 'OFF', id: 4, configuration: { active: false } };
const UNPRICED = { ...BTC, symbol: 'LUSD', id: 5, price: undefined };
const POOL = [ETH, BTC, USDC, GOLD, OFF, UNPRICED];

const candidatesOf = (position: ReturnType<typeof toPosition>) => {
  const book = toCandidateBook(position);
  if (!book.known) throw new Error(book.reason.text);
  const symbolOf = ({ asset }: { readonly asset: string }) => book.value.assets.find(({ id }) => id === asset)?.symbol;
  const { collateral, debt } = book.value.candidates;
  return { collateral: collateral.map(symbolOf), debt: debt.map(symbolOf), position: book.value.position };
};
const held = [
  { of: ETH, supply: '10' },
  { of: USDC, debt: '20000' },
];

test('what a first supply would switch on, and what is lent; neither isolated, switched off, nor without a price', () => {
  const { collateral, debt, position } = candidatesOf(toPosition(held, undefined, POOL));
  expect(collateral).toEqual(['USDC', 'WBTC']);
  expect(debt).toEqual(['WETH', 'WBTC']);
  // What the account has is as `toBook` has it.
  expect([position.collateral.length, position.debt.length]).toEqual([1, 1]);
});

test('nothing joins an isolated collateral', () => {
  const isolated = toPosition([{ of: GOLD, supply: '10' }], undefined, POOL);
  expect(candidatesOf(isolated).collateral).toEqual([]);
});

test('in a mode what the mode lends, and its terms know the candidates', () => {
  // Bits 0 and 1: WETH and WBTC are collateral of the mode; bit 2: USDC alone is lent in it.
  const eMode: EModeCategory = {
    id: 1,
    label: 'Test',
    ltv: bps(9_000n),
    liquidationThreshold: bps(9_300n),
    liquidationBonus: bps(10_100n),
    collateralBitmap: 0b011n,
    borrowableBitmap: 0b100n,
    ltvzeroBitmap: 0n,
  };
  const { debt, position } = candidatesOf(toPosition([{ of: ETH, supply: '10' }], eMode, POOL));
  expect(debt).toEqual(['USDC']);
  expect(position.terms).toMatchObject({ eMode: { assets: { length: 2 }, borrowable: { length: 1 } } });
});

test('without a market nothing but what is held on the other side', () => {
  expect(candidatesOf(toPosition(held))).toMatchObject({ collateral: ['USDC'], debt: ['WETH'] });
});
