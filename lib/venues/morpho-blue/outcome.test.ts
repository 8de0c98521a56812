import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toOptional } from '@/lib/domain/known';
import type { PositionOutcome } from '@/lib/domain/outcome';
import { WAD } from '@/lib/units/fixed';
import { mulDivDown } from '@/lib/units/rounding';
import { computeEvaluation } from './evaluation';
import { computeBorrowed } from './health';
import { computeLiquidation } from './liquidate';
import { computeOutcome, listPairs } from './outcome';
import { toAssetsUp } from './shares';
import type { MorphoPosition } from './state';
import { type ExamplePosition, examplePosition, feedSide, usdc, wstETH } from './testing';

const E8 = 10n ** 8n;
const PRICE_UNIT = 10n ** 24n;

/** The example at another price of wstETH, in whole dollars. */
const at = (dollars: bigint, changes: Partial<ExamplePosition> = {}): MorphoPosition =>
  examplePosition({ base: feedSide(wstETH, dollars * E8), price: dollars * PRICE_UNIT, ...changes });

function outcomeOf(position: MorphoPosition): PositionOutcome {
  const outcome = computeOutcome(position, {});
  if (!outcome.known) throw new Error(outcome.reason.text);
  return outcome.value;
}

describe('10 wstETH against 24,000 USDC at 86 %', () => {
  test('solvent at 2,700: all shares are repaid', () => {
    const { steps, ...sums } = outcomeOf(at(2_700n));
    // ⌊24,000e6 · 1.043841336116910229⌋ = 25,052,192,066; ⌊25,052,192,066e12 / 2,700⌋ = 9,278,589,654,074,074,074.
    // Worth 25,052.1920659999999998; less 24,000: 1,052.19206599…, up to 8 decimals 1,052.19206600.
    expect(steps).toEqual([
      {
        pair: { collateral: wstETH.id, debt: usdc.id },
        repaid: { asset: usdc, amount: 24_000_000_000n },
        seized: { asset: wstETH, amount: 9_278_589_654_074_074_074n },
        fee: { asset: wstETH, amount: 0n },
        penaltyValue: 105_219_206_600n,
        bonusValue: 105_219_206_600n,
        collateralLeft: [{ asset: wstETH, amount: 721_410_345_925_925_926n }],
        debtLeft: [{ asset: usdc, amount: 0n }],
        healthFactorAfter: null,
        badDebt: [],
        badDebtValue: 0n,
      },
    ]);
    expect(sums).toMatchObject({ penaltyValue: 105_219_206_600n, badDebtValue: 0n, badDebtBearer: undefined });
  });

  test('insolvent at 1,916: all collateral is seized, the rest is written off', () => {
    const { steps, badDebtBearer } = outcomeOf(at(1_916n));
    // 19,160e6 · 0.958 = 18,355,280,000 exactly; the incentive 1 / 0.958 is rounded down, so the quotient lies just above and is rounded
    // up to 18,355,280,001. Bad debt 24,000,000,000 − 18,355,280,001 = 5,644,719,999. Penalty 19,160 − 18,355.280001.
    expect(steps).toMatchObject([
      {
        repaid: { amount: 18_355_280_001n },
        seized: { amount: 10n * WAD },
        penaltyValue: 80_471_999_900n,
        collateralLeft: [{ amount: 0n }],
        debtLeft: [{ amount: 0n }],
        healthFactorAfter: null,
        badDebt: [{ asset: usdc, amount: 5_644_719_999n }],
        badDebtValue: 564_471_999_900n,
      },
    ]);
    expect(badDebtBearer).toBe("the market's suppliers");
  });

  test('what all collateral pays for is rounded up at each step', () => {
    // (10e18 + 1e9) · 1,916 = 19,160,000,001.916 → 19,160,000,002; · 0.958 = 18,355,280,001.916 → 18,355,280,002
    const { repaidAssets, repaidShares } = computeLiquidation(
      at(1_916n, { collateral: 10n * WAD + 10n ** 9n }),
      1_916n * PRICE_UNIT,
    );
    expect([repaidAssets, repaidShares]).toEqual([18_355_280_002n, 18_355_280_002_000_000n]);
  });

  test('healthy at 3,000, without debt, without collateral: no steps', () => {
    expect(outcomeOf(at(3_000n)).steps).toEqual([]);
    expect(outcomeOf(at(1n, { borrowShares: 0n })).steps).toEqual([]);
    // 24,000 owed and nothing behind it.
    expect(outcomeOf(at(1n, { collateral: 0n }))).toMatchObject({
      steps: [],
      badDebtValue: 2_400_000_000_000n,
      badDebtBearer: "the market's suppliers",
    });
    expect(listPairs(at(1n))).toEqual([{ collateral: wstETH.id, debt: usdc.id }]);
    expect(listPairs(at(1n, { borrowShares: 0n }))).toEqual([]);
    expect(listPairs(at(1n, { collateral: 0n }))).toEqual([]);
  });

  test('at overriding prices', () => {
    const outcome = computeOutcome(examplePosition(), {
      override: ({ assetId }) => (assetId === wstETH.id ? 2_700n * E8 : E8),
    });
    expect(toOptional(outcome)).toEqual(outcomeOf(at(2_700n)));
  });

  test('an oracle price that rounds down to 0: all collateral for nothing, all debt written off', () => {
    const { call, ...figures } = computeLiquidation(at(1n), 0n);
    expect(call).toEqual({ by: 'seizedAssets', amount: 10n * WAD });
    expect(figures).toMatchObject({
      repaidAssets: 0n,
      repaidShares: 0n,
      seizedAssets: 10n * WAD,
      badDebtAssets: 24_000_000_000n,
      badDebtShares: 24_000n * 10n ** 12n,
    });
  });
});

test('the state after: shares, borrowing and supply', () => {
  const before = at(1_916n);
  const { after, repaidShares, badDebtShares } = computeLiquidation(before, 1_916n * PRICE_UNIT);
  const { totals } = before.market;
  // a share is exactly a millionth of a unit here
  expect([repaidShares, badDebtShares]).toEqual([18_355_280_001_000_000n, 5_644_719_999_000_000n]);
  expect(after).toEqual({
    ...before,
    collateral: 0n,
    borrowShares: 0n,
    market: {
      ...before.market,
      totals: {
        ...totals,
        totalBorrowAssets: totals.totalBorrowAssets - 24_000_000_000n,
        totalBorrowShares: totals.totalBorrowShares - 24_000n * 10n ** 12n,
        totalSupplyAssets: totals.totalSupplyAssets - 5_644_719_999n,
      },
    },
  });
});

test('dust: shares worth less than a unit cost a unit and buy nothing', () => {
  // 999,999 shares are 0 units rounded down, 1 rounded up; 1e-14 wstETH is worth 0 units of USDC
  const { call, ...figures } = computeLiquidation(at(2_700n, { collateral: 10_000n, borrowShares: 999_999n }), 0n);
  expect(call.by).toBe('seizedAssets');
  expect(figures).toMatchObject({ repaidAssets: 0n, badDebtAssets: 1n });
  const priced = computeLiquidation(at(2_700n, { collateral: 10_000n, borrowShares: 999_999n }), 2_700n * PRICE_UNIT);
  expect(priced).toMatchObject({
    call: { by: 'repaidShares', amount: 999_999n },
    repaidAssets: 1n,
    seizedAssets: 0n,
    badDebtAssets: 0n,
    after: { borrowShares: 0n, collateral: 10_000n },
  });
});

test('the last borrower repays a unit more than the market lends: its total stops at 0', () => {
  // 1 unit lent for 1,500,001 shares, all the borrower's: ⌈1,500,001 · (1 + 1) / (1,500,001 + 1e6)⌉ = ⌈1.2…⌉ = 2
  const position = at(2_700n, { borrowShares: 1_500_001n, totalBorrowAssets: 1n, totalBorrowShares: 1_500_001n });
  const { repaidAssets, after } = computeLiquidation(position, 2_700n * PRICE_UNIT);
  expect(repaidAssets).toBe(2n);
  expect(after.market.totals).toMatchObject({ totalBorrowAssets: 0n, totalBorrowShares: 0n });
});

describe('unknown', () => {
  const { market } = at(2_700n);
  const opaque = { ...at(2_700n), market: { ...market, oracle: { ...market.oracle, parts: undefined } } };
  test.each([
    ['an oracle that does not answer', at(2_700n, { price: undefined }), 'price-missing'],
    ['a feed that answers 0', at(2_700n, { base: feedSide(wstETH, 0n) }), 'price-invalid'],
    ['no dollar prices to value the loss', opaque, 'price-missing'],
    ['no dollar price of the loan token', at(2_700n, { quote: feedSide(usdc, undefined) }), 'price-missing'],
  ] as const)('%s', (_, position, code) => {
    expect(computeOutcome(position, {})).toMatchObject({ known: false, reason: { code } });
  });

  test('no debt needs no price', () => {
    expect(computeOutcome(at(1n, { borrowShares: 0n, price: undefined }), {}).known).toBe(true);
  });
});

const positions = fc
  .record({
    collateral: fc.bigInt({ min: 1n, max: 10n ** 24n }),
    assets: fc.oneof(fc.bigInt({ min: 0n, max: 50n }), fc.bigInt({ min: 0n, max: 10n ** 15n })),
    shares: fc.oneof(fc.bigInt({ min: 1n, max: 10n ** 8n }), fc.bigInt({ min: 1n, max: 10n ** 21n })),
    part: fc.integer({ min: 1, max: 100 }),
    price: fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.bigInt({ min: 10n ** 34n, max: 10n ** 40n })),
    lltv: fc.constantFrom(385n, 625n, 770n, 860n, 945n, 980n),
  })
  .map(({ collateral, assets, shares, part, price, lltv }) => {
    const borrowShares = (shares * BigInt(part)) / 100n + 1n;
    const totals = { totalBorrowAssets: assets, totalBorrowShares: borrowShares > shares ? borrowShares : shares };
    return { price, position: examplePosition({ ...totals, collateral, borrowShares, lltv: lltv * 10n ** 15n }) };
  });

test('nothing below 0, nothing lost: what left the borrower is repaid or written off, in shares', () => {
  fc.assert(
    fc.property(positions, ({ position, price }) => {
      const { after, repaidShares, badDebtShares, seizedAssets, badDebtAssets } = computeLiquidation(position, price);
      const { totals } = after.market;
      for (const amount of [after.collateral, after.borrowShares, repaidShares, badDebtShares, badDebtAssets]) {
        expect(amount).toBeGreaterThanOrEqual(0n);
      }
      expect(totals.totalBorrowAssets).toBeGreaterThanOrEqual(0n);
      expect(after.collateral + seizedAssets).toBe(position.collateral);
      expect(after.borrowShares).toBe(0n);
      expect(repaidShares + badDebtShares).toBe(position.borrowShares);
      expect(position.market.totals.totalBorrowShares - totals.totalBorrowShares).toBe(position.borrowShares);
      expect(position.market.totals.totalSupplyAssets - totals.totalSupplyAssets).toBe(badDebtAssets);
      expect(computeBorrowed(after.borrowShares, totals)).toBe(0n);
    }),
  );
});

test('no other call takes more: a unit of collateral more costs shares that are not owed', () => {
  fc.assert(
    fc.property(positions, ({ position, price }) => {
      const { call, seizedAssets } = computeLiquidation(position, price);
      if (call.by === 'seizedAssets') {
        expect(seizedAssets).toBe(position.collateral);
        return;
      }
      // What the contract asks for one unit more, by its own steps: value up, without the bonus up, into shares up.
      const { totalBorrowAssets, totalBorrowShares } = position.market.totals;
      const quoted = ((seizedAssets + 1n) * price + 10n ** 36n - 1n) / 10n ** 36n;
      const cursor = WAD - mulDivDown(3n * 10n ** 17n, WAD - position.market.params.lltv, WAD);
      const uncapped = (WAD * WAD) / cursor;
      const incentive = uncapped < 115n * 10n ** 16n ? uncapped : 115n * 10n ** 16n;
      const assets = (quoted * WAD + incentive - 1n) / incentive;
      const shares = (assets * (totalBorrowShares + 1_000_000n) + totalBorrowAssets) / (totalBorrowAssets + 1n);
      expect(shares).toBeGreaterThan(position.borrowShares);
    }),
  );
});

test('a lower price never takes less, and never leaves less unpaid', () => {
  fc.assert(
    fc.property(positions, fc.bigInt({ min: 0n, max: 10n ** 30n }), ({ position, price }, more) => {
      const [worse, better] = [computeLiquidation(position, price), computeLiquidation(position, price + more)];
      expect(worse.seizedAssets).toBeGreaterThanOrEqual(better.seizedAssets);
      expect(worse.badDebtShares).toBeGreaterThanOrEqual(better.badDebtShares);
      expect(worse.repaidShares).toBeLessThanOrEqual(better.repaidShares);
    }),
  );
});

test('a step exactly where the venue says liquidatable', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 6_000n }), (dollars) => {
      const position = at(dollars);
      const liquidatable = toOptional(computeEvaluation(position).liquidatable);
      expect(outcomeOf(position).steps.length === 1).toBe(liquidatable);
      const owed = toAssetsUp(position.borrowShares, 10n ** 12n - 1n, 10n ** 18n - 10n ** 6n);
      const [step] = outcomeOf(position).steps;
      if (step) expect(step.repaid.amount + (step.badDebt[0]?.amount ?? 0n)).toBe(owed);
    }),
  );
});
