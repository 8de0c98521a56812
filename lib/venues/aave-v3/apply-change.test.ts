import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import type { PositionChange } from '@/lib/domain/venue-actions';
import { formatDecimal, parseDecimal } from '@/lib/units/decimal';
import { bps, RAY, ray, tokenAmount } from '@/lib/units/fixed';
import { computeOwed, computeSupplied } from './accrual';
import { aaveV3Actions } from './actions';
import { applyChange } from './apply-change';
import { findObstacle } from './find-obstacle';
import type { AavePosition, EModeCategory, ReserveConfiguration } from './state';
import { BTC, ETH, type ReserveInput, toPosition, toReserve, USDC } from './testing';

const change = (kind: PositionChange['kind'], of: ReserveInput, amount: string): PositionChange => ({
  kind,
  asset: toReserve(of).asset.id,
  amount: parseDecimal(amount, of.decimals),
});

function readHolding(position: AavePosition, of: ReserveInput) {
  const holding = position.holdings.find(({ reserve }) => reserve.id === of.id);
  if (!holding) throw new Error(`No ${of.symbol}.`);
  return holding;
}

/** Indexes of 1.05: 20 units without interest are 21. */
const aged = (of: ReserveInput): ReserveInput => ({
  ...of,
  reserve: { normalizedIncome: ray((RAY * 105n) / 100n), normalizedDebt: ray((RAY * 105n) / 100n), ...of.reserve },
});

const configured = (of: ReserveInput, configuration: Partial<ReserveConfiguration>): ReserveInput => ({
  ...of,
  configuration: { ...of.configuration, ...configuration },
});

describe('balances without interest', () => {
  // 0.0001 of each, that is 100 units without interest: 105.
  const position = toPosition([{ of: aged(USDC), supply: '0.0001', debt: '0.0001' }]);
  test.each([
    // 104/1.05 = 99.05: a supply adds 99, a withdrawal takes 100, a borrowing adds 100, a repayment takes 99.
    ['supply', 199n, 100n],
    ['withdraw', 0n, 100n],
    ['borrow', 100n, 200n],
    ['repay', 100n, 1n],
  ] as const)('%s of 104 units', (kind, scaledSupply, scaledDebt) => {
    const after = readHolding(applyChange(position, change(kind, USDC, '0.000104')), USDC);
    expect([after.scaledSupply, after.scaledDebt]).toEqual([scaledSupply, scaledDebt]);
  });

  test('more than there is means all of it', () => {
    const withdrawn = readHolding(applyChange(position, change('withdraw', USDC, '5')), USDC);
    expect([withdrawn.scaledSupply, withdrawn.usedAsCollateral]).toEqual([0n, false]);
    expect(readHolding(applyChange(position, change('repay', USDC, '5')), USDC).scaledDebt).toBe(0n);
  });

  test('any change moves what there is by its amount, to a unit, and against the owner', () => {
    const amounts = fc.record({
      supply: fc.bigInt({ min: 1n, max: 10n ** 15n }),
      debt: fc.bigInt({ min: 1n, max: 10n ** 15n }),
      income: fc.bigInt({ min: RAY, max: 2n * RAY }),
      debtIndex: fc.bigInt({ min: RAY, max: 2n * RAY }),
      amount: fc.bigInt({ min: 1n, max: 10n ** 15n }),
    });
    fc.assert(
      fc.property(amounts, ({ supply, debt, income, debtIndex, amount }) => {
        const reserve = { normalizedIncome: ray(income), normalizedDebt: ray(debtIndex) };
        const start = toPosition([
          { of: { ...USDC, reserve }, supply: formatDecimal(supply, 6), debt: formatDecimal(debt, 6) },
        ]);
        const [supplied, owed] = [computeSupplied(readHolding(start, USDC)), computeOwed(readHolding(start, USDC))];
        const play = (kind: PositionChange['kind']) =>
          readHolding(applyChange(start, change(kind, USDC, formatDecimal(amount, 6))), USDC);
        const gained = computeSupplied(play('supply')) - supplied;
        expect(gained <= amount && gained >= amount - 2n).toBe(true);
        const taken = supplied - computeSupplied(play('withdraw'));
        const most = amount < supplied ? amount : supplied;
        expect(taken >= most && taken <= most + 2n).toBe(true);
        const added = computeOwed(play('borrow')) - owed;
        expect(added >= amount && added <= amount + 2n).toBe(true);
        const paid = owed - computeOwed(play('repay'));
        const due = amount < owed ? amount : owed;
        expect(paid <= due && paid >= due - 2n).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the collateral flag', () => {
  const market = [toReserve(ETH), toReserve(configured(BTC, { debtCeiling: 1_000n }))];

  test('a first supply becomes collateral, but not an isolated one, nor one that lends nothing, nor beside an isolated one', () => {
    const empty = toPosition([]);
    const isUsed = (position: AavePosition, of: ReserveInput) =>
      readHolding(applyChange(position, change('supply', of, '1'), market), of).usedAsCollateral;
    expect([isUsed(empty, ETH), isUsed(empty, BTC)]).toEqual([true, false]);
    const noLtv = toPosition([{ of: configured(ETH, { ltv: bps(0n) }), debt: '1' }]);
    expect(isUsed(noLtv, ETH)).toBe(false);
    const isolated = toPosition([{ of: configured(BTC, { debtCeiling: 1_000n }), supply: '1' }]);
    expect(isUsed(isolated, ETH)).toBe(false);
  });

  test('a further supply leaves it as it is', () => {
    const off = toPosition([{ of: ETH, supply: '1', off: true }]);
    expect(readHolding(applyChange(off, change('supply', ETH, '1')), ETH).usedAsCollateral).toBe(false);
  });

  test('an asset that neither the account nor the market has is an error', () => {
    expect(() => applyChange(toPosition([]), change('supply', USDC, '1'), market)).toThrow(InvalidInputError);
    expect(findObstacle(toPosition([]), change('supply', USDC, '1'), market)).toBeDefined();
  });
});

describe('where nobody owes anything', () => {
  test('the first borrowing is at the index as it was stored', () => {
    const untouched = { ...aged(USDC).reserve, variableBorrowIndex: ray(RAY), totalBorrowed: tokenAmount(0n) };
    const position = toPosition([
      { of: ETH, supply: '1' },
      { of: { ...USDC, reserve: untouched }, supply: '1' },
    ]);
    const after = readHolding(applyChange(position, change('borrow', USDC, '0.000104')), USDC);
    expect([after.scaledDebt, computeOwed(after)]).toEqual([104n, 104n]);
  });
});

describe('isolated debt', () => {
  test('counts whole tokens with two decimals, up and down, never below 0', () => {
    const gold = configured({ ...BTC, reserve: { isolationModeTotalDebt: 150n } }, { debtCeiling: 200n });
    const position = toPosition([
      { of: gold, supply: '1' },
      { of: configured(USDC, { borrowableInIsolation: true }), debt: '3' },
    ]);
    const isolatedAfter = (kind: 'borrow' | 'repay', amount: string) =>
      readHolding(applyChange(position, change(kind, USDC, amount)), BTC).reserve.isolationModeTotalDebt;
    // 0.509 USDC are 50 hundredths; 1.999 are 199, more than the 150 there are.
    expect([
      isolatedAfter('borrow', '0.509'),
      isolatedAfter('repay', '0.509'),
      isolatedAfter('repay', '1.999'),
    ]).toEqual([200n, 100n, 0n]);
    expect(findObstacle(position, change('borrow', USDC, '0.509'))).toBeUndefined();
    expect(findObstacle(position, change('borrow', USDC, '0.51'))).toContain('ceiling');
  });
});

describe('obstacles', () => {
  // 2 ETH at 3,000: 4,830 may be borrowed, liquidated below 4,980.
  const eth = { of: ETH, supply: '2' };
  const debt = { of: USDC, debt: '4000' };

  test('the borrow limit and the health factor, on the unit', () => {
    const position = toPosition([eth, debt]);
    expect(findObstacle(position, change('borrow', USDC, '830'))).toBeUndefined();
    expect(findObstacle(position, change('borrow', USDC, '830.000001'))).toContain('collateral allows');
    // 4,000/0.83/3,000 = 1.60642570281… ETH have to stay, so 0.39357429718875… may go.
    expect(findObstacle(position, change('withdraw', ETH, '0.3935'))).toBeUndefined();
    expect(findObstacle(position, change('withdraw', ETH, '0.3936'))).toContain('health factor');
  });

  test.each([
    ['supply', { paused: true }, 'paused'],
    ['supply', { frozen: true }, 'frozen'],
    ['supply', { active: false }, 'not active'],
    ['withdraw', { paused: true }, 'paused'],
    ['withdraw', { frozen: true }, undefined],
    ['borrow', { borrowingEnabled: false }, 'cannot be borrowed'],
    ['borrow', { frozen: true }, 'frozen'],
    ['borrow', { siloedBorrowing: true }, 'siloed'],
    ['repay', { paused: true }, 'paused'],
    ['repay', { frozen: true }, undefined],
  ] as const)('%s with %o', (kind, configuration, expected) => {
    const position = toPosition([
      { of: configured(ETH, configuration), supply: '2', debt: '0.1' },
      { of: USDC, debt: '1' },
    ]);
    const obstacle = findObstacle(position, change(kind, ETH, '0.01'));
    if (expected === undefined) expect(obstacle).toBeUndefined();
    else expect(obstacle).toContain(expected);
  });

  test('caps count everybody, and the treasury’s claim', () => {
    const totals = { totalSupplied: tokenAmount(90n * 10n ** 6n), totalBorrowed: tokenAmount(40n * 10n ** 6n) };
    const capped = configured(
      { ...USDC, reserve: { ...totals, accruedToTreasury: 10n ** 6n } },
      { supplyCap: 100n, borrowCap: 50n },
    );
    const position = toPosition([eth, { of: capped, debt: '1' }]);
    const obstacles = (kind: 'supply' | 'borrow', amounts: readonly string[]) =>
      amounts.map((amount) => findObstacle(position, change(kind, USDC, amount))?.includes('cap'));
    expect(obstacles('supply', ['9', '9.000001'])).toEqual([undefined, true]);
    expect(obstacles('borrow', ['10', '10.000001'])).toEqual([undefined, true]);
  });

  test('the treasury’s claim grows with the interest since the last update', () => {
    // 42 owed at an index of 1.05, stored as 1: 2 of interest, of which a tenth is the treasury's. 90 + 1 + 0.2 leave 8.8 under a cap of 100.
    const reserve = {
      ...{ totalSupplied: tokenAmount(90n * 10n ** 6n), totalBorrowed: tokenAmount(42n * 10n ** 6n) },
      ...{ accruedToTreasury: 10n ** 6n, normalizedDebt: ray((RAY * 105n) / 100n) },
    };
    const position = toPosition([{ of: configured({ ...USDC, reserve }, { supplyCap: 100n }), supply: '1' }]);
    expect(findObstacle(position, change('supply', USDC, '8.8'))).toBeUndefined();
    expect(findObstacle(position, change('supply', USDC, '8.800001'))).toContain('supply cap');
  });

  test('what the pool has not got', () => {
    const totals = { totalSupplied: tokenAmount(90n * 10n ** 6n), totalBorrowed: tokenAmount(40n * 10n ** 6n) };
    const position = toPosition([eth, { of: { ...USDC, reserve: totals }, supply: '80' }]);
    expect(findObstacle(position, change('withdraw', USDC, '50'))).toBeUndefined();
    expect(findObstacle(position, change('withdraw', USDC, '50.000001'))).toContain('does not hold');
    expect(findObstacle(position, change('borrow', USDC, '50.000001'))).toContain('does not hold');
  });

  test('collateral that lends nothing has to go first', () => {
    const position = toPosition([{ ...eth }, { of: configured(BTC, { ltv: bps(0n) }), supply: '1' }, debt]);
    expect(findObstacle(position, change('withdraw', ETH, '0.1'))).toContain('WBTC');
    expect(findObstacle(position, change('withdraw', BTC, '0.1'))).toBeUndefined();
  });

  test('a mode lends what it lists, whatever the reserve says', () => {
    const eMode: EModeCategory = {
      ...{ id: 1, label: 'ETH', ltv: bps(9_300n), liquidationThreshold: bps(9_500n), liquidationBonus: bps(10_100n) },
      ...{ collateralBitmap: 1n, borrowableBitmap: 4n, ltvzeroBitmap: 0n },
    };
    const position = toPosition(
      [eth, { of: BTC, debt: '0.0001' }, { of: configured(USDC, { borrowingEnabled: false }), debt: '1' }],
      eMode,
    );
    expect(findObstacle(position, change('borrow', USDC, '1'))).toBeUndefined();
    expect(findObstacle(position, change('borrow', BTC, '0.0001'))).toContain('efficiency mode');
  });

  test('nothing there, or too little to be recorded', () => {
    const position = toPosition([eth, { of: aged(USDC), debt: '1' }]);
    expect(findObstacle(position, change('withdraw', USDC, '1'))).toContain('no USDC');
    expect(findObstacle(position, change('repay', ETH, '1'))).toContain('No WETH');
    expect(findObstacle(position, change('repay', USDC, '0'))).toContain('above 0');
    // One unit at an index of 1.05 is less than one without interest.
    expect(findObstacle(position, change('repay', USDC, '0.000001'))).toContain('too small');
    expect(findObstacle(position, change('supply', USDC, '0.000001'))).toContain('too small');
  });

  test('a missing price is one where the contract asks for it', () => {
    const position = toPosition([{ of: { ...ETH, price: undefined }, supply: '2' }, debt]);
    expect(findObstacle(position, change('withdraw', ETH, '0.1'))).toContain('price of WETH');
    expect(findObstacle(position, change('supply', ETH, '0.1'))).toBeUndefined();
  });
});

test('the venue’s actions are these', () => {
  const position = toPosition([
    { of: ETH, supply: '2' },
    { of: USDC, debt: '4000' },
  ]);
  expect(aaveV3Actions.applyChange(position, change('repay', USDC, '1000'))).toEqual(
    applyChange(position, change('repay', USDC, '1000')),
  );
  expect(aaveV3Actions.findObstacle(position, change('borrow', USDC, '2000'))).toContain('collateral allows');
  expect(aaveV3Actions.listPairs(position)).toHaveLength(1);
});
