import { expect, test } from 'vitest';
import { parseDecimal } from '@/lib/units/decimal';
import { bps, RAY, ray } from '@/lib/units/fixed';
import { compareRational, type Rational, rational } from '@/lib/units/rational';
import { aaveV3Model } from './book-model';
import { aaveV3Rules } from './rules';
import type { AavePosition, EModeCategory } from './state';
import { BTC, ETH, toPosition, toReserve, USDC } from './testing';
import { toBook } from './to-book';

const ETH_MODE: EModeCategory = {
  id: 1,
  label: 'ETH correlated',
  ltv: bps(9_300n),
  liquidationThreshold: bps(9_500n),
  liquidationBonus: bps(10_100n),
  // WETH and an asset that the account does not hold.
  collateralBitmap: 0b1001n,
  borrowableBitmap: 0b0101n,
  ltvzeroBitmap: 0b1011n,
};

function readBook(position: AavePosition, override?: Parameters<typeof toBook>[1]) {
  const book = toBook(position, override);
  if (!book.known) throw new Error(book.reason.text);
  return book.value;
}

const expectEqual = (actual: Rational | null | undefined, expected: Rational) =>
  expect(actual && compareRational(actual, expected)).toBe(0);

test('amounts in whole tokens, supplies rounded down and debts up, with the reserve’s own parameters', () => {
  // 10 units at an index of 1.05 are 10.5 units: 10 supplied, 11 owed.
  const index = ray((RAY * 105n) / 100n);
  const aged = { ...USDC, reserve: { normalizedIncome: index, normalizedDebt: index } };
  const { position, prices } = readBook(
    toPosition([
      { of: ETH, supply: '10.5', off: true },
      { of: aged, supply: '0.00001', debt: '0.00001' },
    ]),
  );
  const [eth, usdc] = position.collateral;
  expect(position.collateral.map(({ enabled }) => enabled)).toEqual([false, true]);
  expectEqual(eth?.amount, rational(21n, 2n));
  expectEqual(usdc?.amount, rational(10n, 1_000_000n));
  expectEqual(position.debt[0]?.amount, rational(11n, 1_000_000n));
  expectEqual(position.debt[0]?.borrowRate, rational(4n, 100n));
  expectEqual(eth?.parameters.liquidationThreshold, rational(83n, 100n));
  expectEqual(eth?.parameters.maxLtv, rational(805n, 1_000n));
  expectEqual(eth?.parameters.liquidationBonus, rational(5n, 100n));
  expect(eth?.asset).toBe('eip155:1/erc20:0x0000000000000000000000000000000000000001');
  expectEqual(prices.get(eth?.asset ?? ''), rational(3_000n));
  expectEqual(prices.get(usdc?.asset ?? ''), rational(1n));
});

test('the mode stands in the terms, cut to the account’s assets; the fee is the largest of the enabled collaterals', () => {
  const fee = (share: bigint) => ({ liquidationProtocolFee: bps(share) });
  const { position } = readBook(
    toPosition(
      [
        { of: { ...ETH, configuration: fee(1_000n) }, supply: '1' },
        { of: { ...BTC, configuration: fee(1_500n) }, supply: '1' },
        { of: { ...USDC, configuration: fee(2_000n) }, supply: '1', off: true, debt: '1' },
      ],
      ETH_MODE,
    ),
  );
  const [eth, , usdc] = position.collateral.map(({ asset }) => asset);
  const { version, eMode, liquidationProtocolFee } = position.terms;
  expect(version).toBe('3.6');
  expectEqual(liquidationProtocolFee, rational(15n, 100n));
  expect([eMode?.assets, eMode?.borrowable, eMode?.ltvZero]).toEqual([[eth], [eth, usdc], [eth]]);
  expectEqual(eMode?.ltv, rational(93n, 100n));
  expectEqual(eMode?.liquidationThreshold, rational(95n, 100n));
  expectEqual(eMode?.liquidationBonus, rational(1n, 100n));
});

test('an asset that is no collateral has no gain of −100 %', () => {
  const none = { ltv: bps(0n), liquidationThreshold: bps(0n), liquidationBonus: bps(0n) };
  const { position } = readBook(toPosition([{ of: { ...ETH, configuration: none }, supply: '1', off: true }]));
  expectEqual(position.collateral[0]?.parameters.liquidationBonus, rational(0n));
});

test('a listed price that is missing makes the book unknown; an override stands in for it', () => {
  const position = toPosition([
    { of: ETH, supply: '10' },
    { of: { ...USDC, price: undefined }, debt: '15000' },
  ]);
  expect(toBook(position)).toMatchObject({ known: false, reason: { code: 'price-missing' } });
  const { prices } = readBook(position, ({ answer }) => answer ?? parseDecimal('0.99', 8));
  expectEqual(prices.get(toReserve(USDC).asset.id), rational(99n, 100n));
});

test('the book’s model gives the health factor of the account itself where nothing is rounded', () => {
  for (const eMode of [undefined, ETH_MODE]) {
    const position = toPosition(
      [
        { of: ETH, supply: '10' },
        { of: BTC, supply: '0.25' },
        { of: USDC, debt: '20000' },
      ],
      eMode,
    );
    const book = readBook(position);
    const healthFactor = aaveV3Rules.computeEvaluation(position).healthFactor;
    if (!healthFactor.known || healthFactor.value === null) throw new Error('There is a debt.');
    // 30,000 at 83 % (95 % in the mode) and 15,000 at 78 % against 20,000: 36,600 or 40,200 by 20,000, both with few digits.
    expect(aaveV3Model.findProblem(book.position)).toBeUndefined();
    const model = aaveV3Model.computeEvaluation(book.position, book.prices);
    expectEqual(model.healthFactor, rational(healthFactor.value, 10n ** 18n));
  }
});

test('an isolated collateral’s ceiling stands beside the book: what is owed and what is left, above 0', () => {
  const isolated = (debtCeiling: bigint, isolationModeTotalDebt: bigint) => {
    const of = { ...ETH, configuration: { debtCeiling }, reserve: { isolationModeTotalDebt } };
    return readBook(
      toPosition([
        { of, supply: '10' },
        { of: USDC, debt: '4000' },
      ]),
    ).mostOwed;
  };
  // A ceiling of 10,000.00 of which 7,500.50 are used: 2,499.50 beside the 4,000 owed.
  expectEqual(isolated(1_000_000n, 750_050n), rational(12_999n, 2n));
  expectEqual(isolated(1_000_000n, 1_000_001n), rational(4_000n));
  expect(isolated(0n, 0n)).toBeUndefined();
});
