import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PositionChange } from '@/lib/domain/venue-actions';
import { WAD } from '@/lib/units/fixed';
import { applyChange } from './apply-change';
import { findObstacle } from './find-obstacle';
import { computeBorrowed } from './health';
import { examplePosition, feedSide, usdc, wstETH } from './testing';

const USDC = 10n ** 6n;
const supply = (amount: bigint): PositionChange => ({ kind: 'supply', asset: wstETH.id, amount });
const withdraw = (amount: bigint): PositionChange => ({ kind: 'withdraw', asset: wstETH.id, amount });
const borrow = (amount: bigint): PositionChange => ({ kind: 'borrow', asset: usdc.id, amount });
const repay = (amount: bigint): PositionChange => ({ kind: 'repay', asset: usdc.id, amount });

describe('10 wstETH at 3,000 against 24,000 USDC at 86 %', () => {
  const before = examplePosition();
  const { totals } = before.market;

  test('collateral goes in and out; the market’s totals stay', () => {
    expect(applyChange(before, supply(WAD))).toEqual({ ...before, collateral: 11n * WAD });
    expect(applyChange(before, withdraw(WAD))).toEqual({ ...before, collateral: 9n * WAD });
    expect(applyChange(before, withdraw(11n * WAD)).collateral).toBe(0n);
  });

  test('borrowing adds shares, repaying takes them, on both sides of the market’s books', () => {
    // a share is exactly a millionth of a unit here
    const borrowed = applyChange(before, borrow(1_000n * USDC));
    expect(borrowed.borrowShares).toBe(25_000n * 10n ** 12n);
    expect(borrowed.market.totals).toEqual({
      ...totals,
      totalBorrowAssets: totals.totalBorrowAssets + 1_000n * USDC,
      totalBorrowShares: totals.totalBorrowShares + 1_000n * 10n ** 12n,
    });
    const repaid = applyChange(before, repay(4_000n * USDC));
    expect(repaid.borrowShares).toBe(20_000n * 10n ** 12n);
    expect(repaid.market.totals).toEqual({
      ...totals,
      totalBorrowAssets: totals.totalBorrowAssets - 4_000n * USDC,
      totalBorrowShares: totals.totalBorrowShares - 4_000n * 10n ** 12n,
    });
  });

  test('all of the debt, or more, goes by shares: nothing is left', () => {
    // one share more than 24,000 USDC is owed as 24,000.000001
    const odd = examplePosition({ borrowShares: 24_000n * 10n ** 12n + 1n });
    for (const amount of [24_000n * USDC + 1n, 10n ** 30n]) {
      const after = applyChange(odd, repay(amount));
      expect(after.borrowShares).toBe(0n);
      expect(after.market.totals.totalBorrowAssets).toBe(totals.totalBorrowAssets - 24_000n * USDC - 1n);
      expect(after.market.totals.totalBorrowShares).toBe(totals.totalBorrowShares - 24_000n * 10n ** 12n - 1n);
    }
    expect(applyChange(odd, repay(24_000n * USDC)).borrowShares).toBe(1n);
  });

  test('shares are rounded up for what is borrowed, down for what is repaid', () => {
    // a unit is (1,000,000 + 1e6) / (2 + 1) = 666,666.66… shares
    const odd = examplePosition({ borrowShares: 900_000n, totalBorrowAssets: 2n, totalBorrowShares: 1_000_000n });
    expect(applyChange(odd, borrow(1n)).borrowShares).toBe(900_000n + 666_667n);
    expect(applyChange(odd, repay(1n)).borrowShares).toBe(900_000n - 666_666n);
  });

  test('up to 1,800 more may be borrowed', () => {
    // 10 · 3,000 · 0.86 = 25,800
    expect(findObstacle(before, borrow(1_800n * USDC))).toBeUndefined();
    expect(findObstacle(before, borrow(1_800n * USDC + 1n))).toContain('would not be healthy');
  });

  test('collateral may go down to what carries 24,000', () => {
    // ⌈24,000 / 0.86⌉ in units of USDC is 27,906,976,745; / 3,000 = 9.302325581666… wstETH must stay, up to 9.302325581666666667
    const least = 9_302_325_581_666_666_667n;
    expect(findObstacle(before, withdraw(10n * WAD - least))).toBeUndefined();
    expect(findObstacle(before, withdraw(10n * WAD - least + 1n))).toContain('would not be healthy');
    expect(findObstacle(before, withdraw(10n ** 30n))).toContain('would not be healthy');
  });

  test('no more than what lies idle in the market', () => {
    // 2,000,000 USDC supplied, 1,000,000 borrowed, both less a unit
    const rich = examplePosition({ collateral: 10n ** 22n });
    expect(findObstacle(rich, borrow(1_000_000n * USDC))).toBeUndefined();
    expect(findObstacle(rich, borrow(1_000_000n * USDC + 1n))).toBe(
      'The market does not have so much USDC left to lend.',
    );
  });
});

describe('obstacles', () => {
  const before = examplePosition();
  const broken = { base: feedSide(wstETH, 0n), price: undefined };
  test.each([
    ['another collateral', before, { ...supply(1n), asset: usdc.id }, /collateral of this market is wstETH/],
    ['another loan token', before, { ...borrow(1n), asset: wstETH.id }, /lends USDC/],
    ['no amount', before, supply(0n), /above 0/],
    ['no amount', before, repay(-1n), /above 0/],
    ['no collateral', examplePosition({ collateral: 0n, borrowShares: 0n }), withdraw(1n), /no wstETH to withdraw/],
    ['no debt', examplePosition({ borrowShares: 0n }), repay(1n), /No USDC is owed/],
    ['more than the contract counts', before, supply(2n ** 128n), /so large/],
    ['a broken oracle, borrowing', examplePosition(broken), borrow(1n), /not above 0/],
    ['a broken oracle, withdrawing', examplePosition(broken), withdraw(1n), /not above 0/],
    ['already unhealthy', examplePosition({ price: 2_700n * 10n ** 24n }), borrow(1n), /not be healthy/],
  ] as const)('%s', (_, position, change, sentence) => {
    expect(findObstacle(position, change)).toMatch(sentence);
  });

  test('none', () => {
    expect(findObstacle(before, supply(1n))).toBeUndefined();
    expect(findObstacle(before, repay(10n ** 30n))).toBeUndefined();
    expect(findObstacle(examplePosition(broken), repay(1n))).toBeUndefined();
    expect(findObstacle(examplePosition({ ...broken, borrowShares: 0n }), withdraw(WAD))).toBeUndefined();
    expect(findObstacle(examplePosition({ price: 2_700n * 10n ** 24n }), supply(1n))).toBeUndefined();
  });
});

test('repaying a part leaves something, all of it nothing; no figure falls below 0', () => {
  const positions = fc
    .record({
      assets: fc.bigInt({ min: 0n, max: 10n ** 15n }),
      shares: fc.bigInt({ min: 1n, max: 10n ** 21n }),
      part: fc.integer({ min: 1, max: 100 }),
    })
    .map(({ assets, shares, part }) => {
      const borrowShares = (shares * BigInt(part) + 99n) / 100n;
      return examplePosition({ borrowShares, totalBorrowAssets: assets, totalBorrowShares: shares });
    });
  fc.assert(
    fc.property(positions, fc.bigInt({ min: 1n, max: 10n ** 15n }), (position, amount) => {
      const owed = computeBorrowed(position.borrowShares, position.market.totals);
      const after = applyChange(position, repay(amount));
      const { totalBorrowAssets, totalBorrowShares } = after.market.totals;
      expect(after.borrowShares).toBeGreaterThanOrEqual(0n);
      expect(totalBorrowAssets).toBeGreaterThanOrEqual(0n);
      expect(totalBorrowShares).toBeGreaterThanOrEqual(0n);
      if (amount >= owed) expect(after.borrowShares).toBe(0n);
      else expect(after.borrowShares).toBeGreaterThan(0n);
    }),
  );
});
