import { MarketUtils } from '@morpho-org/blue-sdk';
import fc from 'fast-check';
import { encodeErrorResult, parseAbi } from 'viem';
import { describe, expect, test } from 'vitest';
import { toAssetId } from '@/lib/domain/asset';
import type { LiquidationPrice } from '@/lib/domain/evaluation';
import { WAD } from '@/lib/units/fixed';
import { compareRational, rational } from '@/lib/units/rational';
import { accrueInterest, computeCompoundedWad } from './accrual';
import { encodeLiquidation, parseVerdict } from './check';
import { decode } from './decode';
import { computeEvaluation } from './evaluation';
import { computeHealth } from './health';
import { computeLiquidationIncentive } from './incentive';
import { computeLiquidationPrices } from './liquidation-price';
import { computeOracleSide } from './oracle-side';
import { morphoBlueRules } from './rules';
import { examplePosition, feedSide, usdc, wstETH } from './testing';

const E8 = 10n ** 8n;

test('a market that was not there is looked for again with the next round: a started chain may still be deploying', () => {
  const { block, chain, market } = examplePosition();
  const known = { contract: market.contract, multicall3: market.contract, markets: [] };
  const read = (problems: readonly string[]) =>
    decode({ ...known, problems }, [market.contract], [], { identity: chain, block });
  expect(read(['There is no such market.'])).toMatchObject({
    owners: [{ positions: [] }],
    problems: ['There is no such market.'],
    marketChanged: true,
  });
  expect(read([]).marketChanged).toBe(false);
});

describe('incentive', () => {
  test.each([
    [385_000n, 1.15],
    [625_000n, 1.1268],
    [770_000n, 1.0741],
    [860_000n, 1.0438],
    [915_000n, 1.0262],
    [945_000n, 1.0168],
    [965_000n, 1.0106],
    [980_000n, 1.006],
  ])('an LLTV of %i millionths gives %f', (millionths, expected) => {
    const lltv = millionths * 10n ** 12n;
    expect(Number(computeLiquidationIncentive(lltv)) / 1e18).toBeCloseTo(expected, 4);
    expect(computeLiquidationIncentive(lltv)).toBe(MarketUtils.getLiquidationIncentiveFactor({ lltv }));
  });
});

describe('accrual', () => {
  test('three terms of the series, each rounded down', () => {
    const rate = 1_585_489_599n;
    // 5 % a year: x = 0.049999999993…, x + x²/2 + x³/6 = 0.0512708333…
    expect(Number(computeCompoundedWad(rate, 31_536_000n)) / 1e18).toBeCloseTo(0.0512708333, 9);
    expect(computeCompoundedWad(rate, 0n)).toBe(0n);
  });

  test('equals the reference package for random totals, fees and times', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 30n });
    fc.assert(
      fc.property(
        fc.record({ supply: amount, borrow: amount, shares: amount, fee: fc.bigInt({ min: 0n, max: WAD / 4n }) }),
        fc.bigInt({ min: 0n, max: 30_000_000_000n }),
        fc.integer({ min: 1, max: 90 * 86_400 }),
        ({ supply, borrow, shares, fee }, rate, elapsed) => {
          const { totals } = examplePosition().market;
          const before = {
            ...totals,
            totalSupplyAssets: supply + borrow,
            totalSupplyShares: shares,
            totalBorrowAssets: borrow,
            fee: fee as typeof totals.fee,
          };
          const { interest, feeShares } = MarketUtils.getAccruedInterest(rate, before, BigInt(elapsed));
          const after = accrueInterest(before, rate, before.lastUpdateSeconds + elapsed);
          expect(after.totalBorrowAssets).toBe(borrow + interest);
          expect(after.totalSupplyAssets).toBe(supply + borrow + interest);
          expect(after.totalSupplyShares).toBe(shares + feeShares);
          expect(after.totalBorrowShares).toBe(before.totalBorrowShares);
        },
      ),
    );
  });

  test('a time not after the last update changes nothing', () => {
    const { totals } = examplePosition().market;
    expect(accrueInterest(totals, 10n ** 9n, totals.lastUpdateSeconds)).toBe(totals);
    expect(accrueInterest(totals, 10n ** 9n, totals.lastUpdateSeconds - 1)).toBe(totals);
  });
});

describe('health', () => {
  test('the example: 10 wstETH at 3,000 against 24,000 USDC at 86 %', () => {
    const evaluation = computeEvaluation(examplePosition());
    expect(evaluation).toEqual({
      collateralValue: { known: true, value: 30_000n * E8 },
      debtValue: { known: true, value: 24_000n * E8 },
      idleValue: { known: true, value: 0n },
      ltv: { known: true, value: 8n * 10n ** 17n },
      liquidationThreshold: { known: true, value: 86n * 10n ** 16n },
      maxLtv: { known: true, value: 86n * 10n ** 16n },
      collateralRatio: { known: true, value: 125n * 10n ** 16n },
      healthFactor: { known: true, value: 1_075_000_000_000_000_000n },
      availableToBorrow: { known: true, value: 1_800n * E8 },
      liquidatable: { known: true, value: false },
    });
  });

  test('health factor and liquidatable never contradict', () => {
    const size = fc.bigInt({ min: 0n, max: 10n ** 27n });
    fc.assert(
      fc.property(
        size,
        fc.bigInt({ min: 1n, max: 10n ** 27n }),
        fc.bigInt({ min: 0n, max: 10n ** 40n }),
        fc.boolean(),
        fc.integer({ min: -1, max: 1 }),
        (collateral, borrowed, price, onTheEdge, off) => {
          const lltv = 86n * 10n ** 16n;
          const { maxBorrow } = computeHealth({ collateral, borrowShares: 1n }, borrowed, price, lltv);
          // Half of the cases stand within one unit of the contract's edge.
          const debt = onTheEdge && maxBorrow > 1n ? maxBorrow + BigInt(off) : borrowed;
          const health = computeHealth({ collateral, borrowShares: 1n }, debt, price, lltv);
          expect(health.healthFactor).not.toBeNull();
          expect((health.healthFactor ?? 0n) < WAD).toBe(health.liquidatable);
          expect(health.liquidatable).toBe(maxBorrow < debt);
        },
      ),
    );
  });

  test('without debt: healthy whatever the price, even an unknown one', () => {
    const broken = feedSide(wstETH, 0n);
    const evaluation = computeEvaluation(examplePosition({ borrowShares: 0n, base: broken, price: undefined }));
    expect(evaluation.healthFactor).toEqual({ known: true, value: null });
    expect(evaluation.liquidatable).toEqual({ known: true, value: false });
    expect(evaluation.collateralValue.known).toBe(false);
  });

  test('debt without collateral has no LTV and is liquidatable', () => {
    const evaluation = computeEvaluation(examplePosition({ collateral: 0n }));
    expect(evaluation.ltv).toEqual({ known: true, value: null });
    expect(evaluation.healthFactor).toEqual({ known: true, value: 0n });
    expect(evaluation.liquidatable).toEqual({ known: true, value: true });
  });

  test.each([
    ['an answer of 0', 0n, 'price-invalid'],
    ['a negative answer', -1n, 'price-invalid'],
    ['a feed that does not answer', undefined, 'price-missing'],
  ] as const)('%s makes what depends on it unknown, never 0', (_name, answer, code) => {
    const evaluation = computeEvaluation(examplePosition({ base: feedSide(wstETH, answer), price: undefined }));
    for (const figure of [
      evaluation.healthFactor,
      evaluation.liquidatable,
      evaluation.collateralValue,
      evaluation.ltv,
      evaluation.availableToBorrow,
    ]) {
      expect(figure.known ? 'known' : figure.reason.code).toBe(code);
    }
    // The debt hangs on another feed.
    expect(evaluation.debtValue.known).toBe(true);
  });

  test('an oracle of another build: its price stands, dollars and what-ifs are unknown', () => {
    const position = examplePosition();
    const foreign = {
      ...position,
      market: { ...position.market, oracle: { ...position.market.oracle, parts: undefined } },
    };
    const evaluation = computeEvaluation(foreign);
    expect(evaluation.healthFactor).toEqual({ known: true, value: 1_075_000_000_000_000_000n });
    expect(evaluation.collateralValue.known).toBe(false);
    expect(computeEvaluation(foreign, (price) => price.answer).healthFactor.known).toBe(false);
    expect(computeLiquidationPrices(foreign).alone.map((price) => !price.exists && price.reason)).toEqual([
      'price-unknown',
      'price-unknown',
    ]);
    expect(morphoBlueRules.listLegs(foreign).map(({ price }) => price.problem)).toEqual(['missing', 'missing']);
  });

  test('what is still borrowable stops at what lies idle in the market', () => {
    const position = examplePosition();
    const { totals } = position.market;
    const drained = { ...totals, totalSupplyAssets: totals.totalBorrowAssets + 5n };
    const evaluation = computeEvaluation({ ...position, market: { ...position.market, totals: drained } });
    expect(evaluation.availableToBorrow).toEqual({ known: true, value: 500n });
  });

  test('lending in the same market is idle, never collateral', () => {
    const position = examplePosition({ supplyShares: 1_000n * 10n ** 12n });
    const evaluation = computeEvaluation(position);
    expect(evaluation.idleValue).toEqual({ known: true, value: 1_000n * E8 });
    expect(evaluation.collateralValue).toEqual({ known: true, value: 30_000n * E8 });
    const lent = morphoBlueRules.listLegs(position).find(({ enabled }) => !enabled);
    // Half is borrowed and a tenth goes to the fee: 45 % of the borrow rate.
    expect(Number(lent?.yearlyRate) / 1e27).toBeCloseTo(0.05 * 0.5 * 0.9, 9);
  });
});

const answerOf = (price: LiquidationPrice | undefined): bigint => {
  if (!price?.exists)
    throw new Error(`A liquidation price is expected, got ${price?.exists === false && price.reason}.`);
  return price.answer;
};

describe('liquidation prices', () => {
  test('the example, by hand', () => {
    const { alone, together } = computeLiquidationPrices(examplePosition());
    // 24,000 / 0.86 = 27,906.976744186… USDC, rounded up to its 6 decimals, over 10: 2790.6976745 is the lowest healthy answer.
    expect(alone[0]).toMatchObject({ exists: true, answer: 279_069_767_449n, direction: 'below', decimals: 8 });
    // At 1.075 exactly the collateral is worth 27,906.976744 USDC, floored: a unit short of the 27,906.976745 it takes.
    expect(alone[1]).toMatchObject({ exists: true, answer: 107_500_000n, direction: 'above' });
    const [collateral] = alone;
    if (!collateral?.exists || !together.exists) throw new Error('Both exist.');
    expect(compareRational(collateral.distance, rational(279_069_767_449n - 300_000_000_000n, 300_000_000_000n))).toBe(
      0,
    );
    // 1 − 1/1.075 = 6.976744186… %
    expect(Number(together.drop) / 1e18).toBeCloseTo(0.0697674418, 9);
  });

  test('reasons for none', () => {
    const reasonsOf = (changes: Parameters<typeof examplePosition>[0]) => {
      const { alone, together } = computeLiquidationPrices(examplePosition(changes));
      return [...alone, together].map((price) => (price.exists ? 'exists' : price.reason));
    };
    expect(reasonsOf({ borrowShares: 0n })).toEqual(['no-debt', 'no-debt', 'no-debt']);
    expect(reasonsOf({ collateral: 0n })).toEqual(Array(3).fill('already-liquidatable'));
    const shared = '0x7777777777777777777777777777777777777777';
    expect(reasonsOf({ base: feedSide(wstETH, 3_000n * E8, shared), quote: feedSide(usdc, E8, shared) })).toEqual(
      Array(3).fill('sides-cancel'),
    );
    const fixed = { ...feedSide(usdc, E8), product: 1n, feeds: [], fixed: true };
    expect(reasonsOf({ quote: fixed, scaleFactor: 10n ** 16n })).toEqual(['exists', 'no-effect', 'exists']);
    // A millionth of a dollar owed against a million wstETH: no price of a feed's last digit is low enough.
    expect(reasonsOf({ collateral: 10n ** 24n, borrowShares: 10n ** 6n })[0]).toBe('never-below-zero');
    expect(reasonsOf({ base: feedSide(wstETH, undefined), price: undefined })).toEqual(Array(3).fill('price-unknown'));
  });

  test('a position already past it keeps its price, at a distance of the other sign', () => {
    const { alone, together } = computeLiquidationPrices(
      examplePosition({ base: feedSide(wstETH, 2_500n * E8), price: 2_500n * 10n ** 24n }),
    );
    expect(answerOf(alone[0])).toBe(279_069_767_449n);
    expect(alone[0]?.exists && alone[0].distance.numerator > 0n).toBe(true);
    expect(together.exists && together.drop < 0n).toBe(true);
  });

  test('on one side of each answer liquidatable, on the other not, for random positions', () => {
    const digits = (min: number, max: number) =>
      fc
        .tuple(fc.integer({ min, max }), fc.integer({ min: 100, max: 999 }))
        .map(([e, m]) => (BigInt(m) * 10n ** BigInt(e)) / 100n + 1n);
    let checked = 0;
    fc.assert(
      fc.property(
        digits(3, 24),
        digits(3, 22),
        digits(4, 16),
        digits(6, 14),
        (collateral, borrowShares, base, quote) => {
          const price = (10n ** 24n * base) / quote;
          const position = examplePosition({
            collateral,
            borrowShares,
            base: feedSide(wstETH, base, '0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'),
            quote: feedSide(usdc, quote, '0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'),
            price,
          });
          const liquidatableAt = (baseAnswer: bigint, quoteAnswer: bigint): boolean => {
            // The contract's own test, written out: no code under test but the position.
            const at = (10n ** 24n * baseAnswer) / quoteAnswer;
            const { totalBorrowAssets, totalBorrowShares } = position.market.totals;
            const shares = totalBorrowShares + 10n ** 6n;
            const borrowed = (borrowShares * (totalBorrowAssets + 1n) + shares - 1n) / shares;
            return (((collateral * at) / 10n ** 36n) * 86n) / 100n < borrowed;
          };
          const { alone, together } = computeLiquidationPrices(position);
          const [below, above] = alone;
          if (below?.exists) {
            checked++;
            expect(liquidatableAt(below.answer, quote)).toBe(true);
            expect(liquidatableAt(below.answer + 1n, quote)).toBe(false);
          } else expect(liquidatableAt(1n, quote)).toBe(false);
          if (above?.exists) {
            expect(liquidatableAt(base, above.answer)).toBe(true);
            if (above.answer > 1n) expect(liquidatableAt(base, above.answer - 1n)).toBe(false);
          }
          if (together.exists) {
            const floored = (drop: bigint) => (base * (WAD - drop)) / WAD;
            expect(liquidatableAt(floored(together.drop), quote)).toBe(true);
            expect(liquidatableAt(floored(together.drop - 1n), quote)).toBe(false);
          }
        },
      ),
      { numRuns: 2_000 },
    );
    expect(checked).toBeGreaterThan(500);
  });

  test('another price moves the answer where it should be, spot and distance with it', () => {
    const position = examplePosition();
    const cheaper = computeLiquidationPrices(position, (price) =>
      price.assetId === wstETH.id ? 2_800n * E8 : price.answer,
    );
    expect(answerOf(cheaper.alone[0])).toBe(279_069_767_449n);
    expect(
      cheaper.alone[0]?.exists && compareRational(cheaper.alone[0].distance, rational(-930_232_551n, 280_000_000_000n)),
    ).toBe(0);
    expect(morphoBlueRules.computeHealthFactorAt(position, wstETH.id, 279_069_767_449n)).toBeLessThan(WAD);
    expect(morphoBlueRules.computeHealthFactorAt(position, wstETH.id, 279_069_767_450n)).toBeGreaterThanOrEqual(WAD);
    expect(morphoBlueRules.computeHealthFactorAt(position, wstETH.id, 0n)).toBeUndefined();
    expect(morphoBlueRules.computeHealthFactorAt(examplePosition({ borrowShares: 0n }), wstETH.id, 1n)).toBeNull();
    expect(morphoBlueRules.computeHealthFactorAt(position, toAssetId(1, usdc.address), 2n * E8)).toBeLessThan(WAD);
  });
});

describe('composed oracles', () => {
  const feed = (digit: string, decimals: number, inDollars: boolean) => ({
    address: `0x${digit.repeat(40)}` as const,
    decimals,
    inDollars,
    heartbeatSeconds: 3_600,
    deviationBps: 50,
  });
  const round = (answer: bigint, updatedAtSeconds: number) => ({ roundId: 1n, answer, updatedAtSeconds });
  const rate = feed('1', 18, false);
  const ethUsd = feed('2', 8, true);
  const rounds = new Map([
    [rate.address, round(12n * 10n ** 17n, 50)],
    [ethUsd.address, round(2_500n * E8, 40)],
  ]);

  test('two feeds: one dollar price, the age of the feed that is due first', () => {
    const side = computeOracleSide(
      wstETH,
      { vault: undefined, feeds: [rate, ethUsd] },
      { rounds, vaultAssets: undefined },
      true,
    );
    expect(side.price).toMatchObject({ answer: 3_000n * E8, decimals: 8, updatedAtSeconds: 40, problem: undefined });
    expect(side.product).toBe(12n * 10n ** 17n * 2_500n * E8);
    const position = examplePosition({ base: side, scaleFactor: 10n ** 6n });
    // The price read, and the same price put in its place, are the same to the unit.
    const read = computeEvaluation(position);
    expect(computeEvaluation(position, (price) => price.answer)).toEqual(read);
    expect(morphoBlueRules.computeHealthFactorAt(position, wstETH.id, 1_500n * E8)).toBe(537_500_000_000_000_000n);
    expect(answerOf(computeLiquidationPrices(position).alone[0])).toBe(279_069_767_449n);
  });

  test('a vault before the feed: its conversion is part of the price', () => {
    const vault = { address: `0x${'3'.repeat(40)}` as const, sample: 10n ** 18n, assetDecimals: 18 };
    const side = computeOracleSide(wstETH, { vault, feeds: [ethUsd] }, { rounds, vaultAssets: 11n * 10n ** 17n }, true);
    expect(side.price.answer).toBe(2_750n * E8);
    expect(side.product).toBe(11n * 10n ** 17n * 2_500n * E8);
    expect(
      computeOracleSide(wstETH, { vault, feeds: [ethUsd] }, { rounds, vaultAssets: undefined }, true).price.problem,
    ).toBe('missing');
  });

  test('a side in another currency than dollars has no dollar price', () => {
    const side = computeOracleSide(
      wstETH,
      { vault: undefined, feeds: [rate] },
      { rounds, vaultAssets: undefined },
      true,
    );
    expect(side.price).toMatchObject({ answer: undefined, problem: 'missing' });
    expect(side.product).toBe(12n * 10n ** 17n);
  });

  test('a side without feeds counts as one dollar against a side in dollars', () => {
    const side = computeOracleSide(usdc, { vault: undefined, feeds: [] }, { rounds, vaultAssets: undefined }, true);
    expect(side).toMatchObject({ fixed: true, product: 1n, unit: undefined });
    expect(side.price.answer).toBe(E8);
  });

  test('two negative answers do not make a positive price', () => {
    const negative = new Map([
      [rate.address, round(-1n, 50)],
      [ethUsd.address, round(-2n, 40)],
    ]);
    const side = computeOracleSide(
      wstETH,
      { vault: undefined, feeds: [rate, ethUsd] },
      { rounds: negative, vaultAssets: undefined },
      true,
    );
    expect(side.price.problem).toBe('invalid');
    expect(computeEvaluation(examplePosition({ base: side })).healthFactor.known).toBe(false);
    expect(computeEvaluation(examplePosition({ base: side })).collateralValue.known).toBe(false);
  });
});

describe('verdict of a liquidation call', () => {
  const revert = (text: string) => ({
    ok: false as const,
    data: encodeErrorResult({ abi: parseAbi(['error Error(string)']), errorName: 'Error', args: [text] }),
  });
  const panic = encodeErrorResult({ abi: parseAbi(['error Panic(uint256)']), errorName: 'Panic', args: [18n] });

  test.each([
    ['position is healthy', 'healthy'],
    ['transferFrom reverted', 'liquidatable'],
    ['transferFrom returned false', 'liquidatable'],
    ['market not created', 'undecided'],
  ])('%s: %s', (text, verdict) => {
    expect(parseVerdict(revert(text))).toBe(verdict);
  });

  test('success is liquidatable; a panic or an unknown error decides nothing', () => {
    expect(parseVerdict({ ok: true, data: '0x' })).toBe('liquidatable');
    expect(parseVerdict({ ok: false, data: panic })).toBe('undecided');
    expect(parseVerdict({ ok: false, data: '0x' })).toBe('undecided');
    expect(parseVerdict({ ok: false, data: '0xdeadbeef' })).toBe('undecided');
  });

  test('the call liquidates one share of the owner', () => {
    const data = encodeLiquidation(examplePosition());
    expect(data.startsWith('0xd8eabcb8')).toBe(true);
    expect(data).toContain('9'.repeat(40));
  });
});

test('the market is told by its tokens and its LLTV', () => {
  expect(morphoBlueRules.formatMarket(examplePosition())).toBe('wstETH/USDC · 86 %');
  expect(morphoBlueRules.formatMarket(examplePosition({ lltv: 945n * 10n ** 15n }))).toBe('wstETH/USDC · 94.5 %');
});
