import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PriceBook } from '@/lib/domain/book-position';
import { computeDirectionPrice, computePricesAlong } from '@/lib/risk/liquidation/direction-price';
import { computeSlack } from '@/lib/risk/liquidation/linear-edge';
import { computeRemedies } from '@/lib/risk/remedies/compute-remedies';
import {
  absoluteRational,
  addRational,
  compareRational,
  floorRational,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show, showAmounts } from '../book-testing';
import { modelById } from '../models';
import { aaveV3Model } from './book-model';
import { AAVE_VERSIONS, aaveV3TermsSchema } from './book-terms';

type Legs = Parameters<typeof bookPosition>[2];
const aave = (version: string, collateral: Legs, debt: Legs) =>
  bookPosition('aave-v3', aaveV3TermsSchema.parse({ version }), collateral, debt);

const TRUNCATING = ['3.0', '3.1', '3.2', '3.3', '3.4'] as const;
const ETH = { liquidationThreshold: '0.83', maxLtv: '0.805', liquidationBonus: '0.05' };
const BTC = { liquidationThreshold: '0.78', maxLtv: '0.73', liquidationBonus: '0.05' };

/** 5 ETH and 0.15 BTC at 90,000 against 18,100. */
const documented = (version: string, debt = '18100') =>
  aave(
    version,
    [
      ['eth', '5', ETH],
      ['btc', '0.15', BTC],
    ],
    [['usdc', debt]],
  );
const ethAt = (eth: string) => bookPrices({ eth, btc: '90000', usdc: '1' });

describe('a thousandth above the line, a basis point below the contract', () => {
  // ETH at 1,824.2: 22,621 of collateral carry 7,570.43 + 10,530 = 18,100.43, on average 80.0160… %; truncated 0.8001·22,621 = 18,099.0621.
  const prices = ethAt('1824.2');

  test.each(TRUNCATING)('%s liquidates', (version) => {
    const evaluation = aaveV3Model.computeEvaluation(documented(version), prices);
    expect(evaluation.liquidatable).toBe(true);
    expect(show(evaluation.healthFactor)).toBe('180990621/181000000');
    // Above 0.95: half of the 18,100 is repaid.
    const outcome = aaveV3Model.computeOutcome(documented(version), prices);
    expect(showAmounts(outcome.steps[0]?.repaid ?? [])).toEqual(['9050 usdc']);
  });

  test.each(AAVE_VERSIONS.filter((version) => !TRUNCATING.includes(version as never)))('%s does not', (version) => {
    const evaluation = aaveV3Model.computeEvaluation(documented(version), prices);
    expect(evaluation.liquidatable).toBe(false);
    expect(show(evaluation.healthFactor)).toBe('1810043/1810000');
    expect(aaveV3Model.computeOutcome(documented(version), prices).steps).toEqual([]);
  });

  test('the health factor after a step is truncated too', () => {
    // BTC pays most: 9,050·1.05 = 9,502.5 of its 13,500, the ETH only 9,121. Left: 9,121 at 83 % and 3,997.5 at 78 % carry 10,688.48 of
    // 13,118.5, on average 81.4763… %: 0.8147·13,118.5 = 10,687.64195, against 9,050. 9,502.5/90,000 = 1,267/12,000.
    const [first] = aaveV3Model.computeOutcome(documented('3.2'), prices).steps;
    expect(showAmounts(first?.seized ?? [])).toEqual(['1267/12000 btc']);
    expect(show(first?.healthFactorAfter ?? null)).toBe('213752839/181000000');
  });
});

test.each(TRUNCATING)(
  '%s: prices alone end where the last whole basis point goes, together at the truncated average',
  (version) => {
    const { alone, together } = aaveV3Model.computeLiquidationPrices(documented(version), ethAt('3000'));
    const [eth, btc] = [alone.get('eth'), alone.get('btc')];
    // 0.8001·(5·P + 13,500) = 18,100: P = (18,100/0.8001 − 13,500)/5 = (181,000,000 − 108,013,500)/40,005
    expect(eth?.exists && [eth.direction, show(eth.price)]).toEqual(['below', '14597300/8001']);
    // BTC: S = D at P = (18,100 − 12,450)/0.117 = 48,290.59…, where 22,243.58 carry 81.372 %. As BTC falls the average rises:
    // 0.8137·(15,000 + 0.15·P) = 18,100 goes last, P = (18,100/0.8137 − 15,000)/0.15 = (181,000,000 − 122,055,000)/1,220.55
    expect(btc?.exists && [btc.direction, show(btc.price)]).toEqual(['below', '1178900000/24411']);
    // 22,980 / 28,500 = 80.6315… %: 0.8063·28,500 = 22,979.55; 1 − 18,100 / 22,979.55 = 4,879.55 / 22,979.55
    expect(together.exists && show(together.drop)).toBe('97591/459591');
  },
);

test('where two whole basis points fit to begin with, the one that stays longer counts', () => {
  // BTC at 10,000 (83 %), 5 ETH (78 %), 16,098 owed. At 2,000 ETH debt and threshold are 80.49 % and 80.50 %. Falling, both rise: 80.49 % goes at
  // once, 80.50 % at 5·P + 10,000 = 16,098/0.805.
  const position = aave(
    '3.2',
    [
      ['eth', '5', { ...ETH, liquidationThreshold: '0.78' }],
      ['btc', '1', { ...BTC, liquidationThreshold: '0.83' }],
    ],
    [['usdc', '16098']],
  );
  const eth = aaveV3Model
    .computeLiquidationPrices(position, bookPrices({ eth: '3000', btc: '10000', usdc: '1' }))
    .alone.get('eth');
  expect(eth?.exists && [eth.direction, show(eth.price)]).toEqual(['below', '321920/161']);
});

test('a rise of collateral below the average that liquidates is named where it is nearer than the fall', () => {
  // 15,000 at 83 % and 13,845 at 78 %: on average 80.6000… %, 23,248 owed are 80.596… %. BTC at (12,450 − 12,090)/0.026/0.15 = 1,200,000/13 takes
  // the average below 80.60 %, 7.69 up; a fall takes 8.85 to 0.806·(15,000 + 0.15·P) = 23,248.
  const prices = bookPrices({ eth: '3000', btc: '92300', usdc: '1' });
  const position = documented('3.2', '23248');
  expect(aaveV3Model.computeEvaluation(position, prices).liquidatable).toBe(false);
  const btc = aaveV3Model.computeLiquidationPrices(position, prices).alone.get('btc');
  expect(btc?.exists && [btc.direction, show(btc.price)]).toEqual(['above', '1200000/13']);
  expect(
    aaveV3Model.computeEvaluation(position, bookPrices({ eth: '3000', btc: '92308', usdc: '1' })).liquidatable,
  ).toBe(true);
});

test('within the basis point that the line leaves, what goes by it says so', () => {
  // ETH at 1,824.5: 22,622.5 carry 18,101.675, on average 80.0162… %; 0.8001·22,622.5 = 18,100.26225 keep it safe, the line has 18,099.41275.
  const prices = ethAt('1824.5');
  expect(aaveV3Model.computeEvaluation(documented('3.2'), prices).liquidatable).toBe(false);
  const falling = new Map([['eth', rational(-1n)]]);
  const found = computeDirectionPrice(aaveV3Model.describeEdge(documented('3.2')), prices, falling);
  expect(found).toMatchObject({ exists: false, reason: 'already-liquidatable' });
  expect(!found.exists && found.text).toContain('less than a basis point');
  // Where there is nothing to average, and since 3.5, the line is the test.
  expect(aaveV3Model.describeEdge(aave('3.2', [['eth', '5', ETH]], [['usdc', '1']])).isCautious).toBeUndefined();
  expect(computeDirectionPrice(aaveV3Model.describeEdge(documented('3.5')), prices, falling).exists).toBe(true);
});

test('one threshold is not rounded: the closed form as it is', () => {
  const { alone } = aaveV3Model.computeLiquidationPrices(
    aave('3.2', [['eth', '10', ETH]], [['usdc', '12450']]),
    ethAt('3000'),
  );
  const eth = alone.get('eth');
  expect(eth?.exists && show(eth.price)).toBe('1500');
});

/** `GenericLogic.calculateUserAccountData` and `ValidationLogic` of v3.0.2, on integers: base currency with 24 decimals instead of 8, since prices here have 12. */
function isLiquidatableByContract(
  collateral: readonly { readonly value: bigint; readonly thresholdBps: bigint }[],
  totalDebtInBaseCurrency: bigint,
): boolean {
  let totalCollateralInBaseCurrency = 0n;
  let avgLiquidationThreshold = 0n;
  for (const { value, thresholdBps } of collateral) {
    totalCollateralInBaseCurrency += value;
    avgLiquidationThreshold += value * thresholdBps;
  }
  avgLiquidationThreshold =
    totalCollateralInBaseCurrency === 0n ? 0n : avgLiquidationThreshold / totalCollateralInBaseCurrency;
  if (totalDebtInBaseCurrency === 0n) return false;
  const percentMul = (totalCollateralInBaseCurrency * avgLiquidationThreshold + 5_000n) / 10_000n;
  const wadDiv = (percentMul * 10n ** 18n + totalDebtInBaseCurrency / 2n) / totalDebtInBaseCurrency;
  return wadDiv < 10n ** 18n;
}

/** Far above what the contract's half-up division gives away: half of 1e-18 of the debt. */
const TICK = rational(1n, 10n ** 10n);

interface Sample {
  readonly collateral: readonly { readonly amount: bigint; readonly cents: bigint; readonly thresholdBps: bigint }[];
  /** Of the first collateral, owed too. */
  readonly owedInKind: bigint;
  /** Of an asset of its own at 1,000. */
  readonly owedVolatile: bigint;
  /** How far the dollars owed stand from the line, in hundredths of a basis point of the collateral. */
  readonly offset: bigint;
}

const natural = (max: number) => fc.integer({ min: 1, max }).map(BigInt);
const samples = fc.record<Sample>({
  collateral: fc.array(
    fc.record({
      amount: natural(200),
      cents: natural(1_000_000),
      thresholdBps: fc.integer({ min: 5_000, max: 9_500 }).map(BigInt),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  owedInKind: fc.constantFrom(0n, 0n, 1n, 3n),
  owedVolatile: fc.constantFrom(0n, 0n, 1n, 20n),
  offset: fc.integer({ min: -400, max: 300 }).map(BigInt),
});

/** The account near its edge: so many dollars owed that it carries about what it owes. */
function build({ collateral, owedInKind, owedVolatile, offset }: Sample) {
  const cents = collateral.reduce((sum, { amount, cents }) => sum + amount * cents, 0n);
  const carried = collateral.reduce((sum, leg) => sum + leg.amount * leg.cents * leg.thresholdBps, 0n) / 10_000n;
  const others = owedInKind * (collateral[0]?.cents ?? 0n) + owedVolatile * 100_000n;
  const dollarCents = carried - others + (cents * offset) / 1_000_000n;
  if (dollarCents < 0n) return undefined;
  const legs = collateral.map(({ amount, thresholdBps }, index) => {
    const parameters = {
      liquidationThreshold: `${thresholdBps}/10000`,
      maxLtv: `${thresholdBps}/10000`,
      liquidationBonus: '0.05',
    };
    return [`c${index}`, `${amount}`, parameters] as const;
  });
  const debt = [
    ['usd', `${dollarCents}/100`],
    ['v', `${owedVolatile}`],
    ['c0', `${owedInKind}`],
  ] as const;
  const prices = bookPrices({
    usd: '1',
    v: '1000',
    ...Object.fromEntries(collateral.map(({ cents }, index) => [`c${index}`, `${cents}/100`])),
  });
  return { legs, debt, prices };
}

type Built = NonNullable<ReturnType<typeof build>>;

/** The contract's answer at prices, which are cut to 12 decimals. */
function askContract({ legs, debt }: Built, prices: PriceBook): boolean {
  const priceOf = (asset: string): bigint => floorRational(prices.get(asset) as Rational, 10n ** 12n);
  const toValue = (asset: string, amount: string): bigint =>
    floorRational(multiplyRational(fraction(amount), rational(priceOf(asset))), 10n ** 12n);
  return isLiquidatableByContract(
    legs.map(([asset, amount, { liquidationThreshold }]) => ({
      value: toValue(asset, amount),
      thresholdBps: floorRational(fraction(liquidationThreshold), 10_000n),
    })),
    debt.reduce((sum, [asset, amount]) => sum + toValue(asset, amount), 0n),
  );
}

const at = (prices: PriceBook, asset: string, price: Rational): PriceBook => new Map([...prices, [asset, price]]);
const cut = (price: Rational, up: boolean): Rational => {
  const ticks = floorRational(price, 10n ** 12n);
  const isExact = compareRational(rational(ticks, 10n ** 12n), price) === 0;
  return rational(ticks + (up && !isExact ? 1n : 0n), 10n ** 12n);
};
const mix = (a: Rational, b: Rational, share: bigint, of = 16n): Rational =>
  addRational(a, multiplyRational(subtractRational(b, a), rational(share, of)));
const SHARES = Array.from({ length: 15 }, (_, index) => BigInt(index + 1));

const each = (numRuns: number, check: (built: Built, version: string) => void) =>
  fc.assert(
    fc.property(samples, fc.constantFrom(...TRUNCATING), (sample, version) => {
      const built = build(sample);
      fc.pre(built !== undefined);
      check(built, version);
    }),
    { numRuns },
  );

describe('against the contract’s integers, accounts within four basis points of the edge', () => {
  test('liquidatable, and an outcome, exactly where it says so', () => {
    const seen = { liquidatable: 0, sliver: 0 };
    each(600, (built, version) => {
      const position = aave(version, built.legs, built.debt);
      const expected = askContract(built, built.prices);
      expect(aaveV3Model.computeEvaluation(position, built.prices).liquidatable).toBe(expected);
      expect(aaveV3Model.computeOutcome(position, built.prices).steps.length > 0).toBe(expected);
      const untruncated = aaveV3Model.computeEvaluation(aave('3.6', built.legs, built.debt), built.prices);
      if (expected) seen.liquidatable += 1;
      if (expected && !untruncated.liquidatable) seen.sliver += 1;
    });
    // The sweep is worth something only where the versions differ often.
    expect(seen.sliver).toBeGreaterThan(20);
    expect(seen.liquidatable).toBeGreaterThan(seen.sliver);
  });

  test('each price alone: safe up to it, liquidatable a tick beyond; nothing nearer on either side', () => {
    let found = 0;
    each(250, (built, version) => {
      const position = aave(version, built.legs, built.debt);
      const isSafe = !askContract(built, built.prices);
      for (const [asset, price] of aaveV3Model.computeLiquidationPrices(position, built.prices).alone) {
        const today = built.prices.get(asset) as Rational;
        const ask = (value: Rational) => askContract(built, at(built.prices, asset, value));
        if (!price.exists) {
          if (isSafe)
            for (const factor of [1n, 50n, 99n, 101n, 200n, 5_000n])
              expect(ask(multiplyRational(today, rational(factor, 100n))), asset).toBe(false);
          continue;
        }
        found += 1;
        const below = price.direction === 'below';
        const safe = cut(price.price, below);
        expect(ask(safe), `${asset} at`).toBe(false);
        expect(
          ask(below ? subtractRational(cut(price.price, false), TICK) : addRational(cut(price.price, true), TICK)),
          `${asset} beyond`,
        ).toBe(true);
        const distance = absoluteRational(subtractRational(today, price.price));
        const mirror = below ? addRational(today, distance) : subtractRational(today, distance);
        const far = multiplyRational(safe, below ? rational(3n) : rational(1n, 3n));
        for (const share of SHARES) {
          if (isSafe) expect(ask(mix(today, safe, share)), `${asset} between`).toBe(false);
          if (isSafe && mirror.numerator > 0n) expect(ask(mix(today, mirror, share)), `${asset} mirrored`).toBe(false);
          if (!isSafe) expect(ask(mix(safe, far, share, 64n)), `${asset} cured`).toBe(false);
        }
      }
    });
    expect(found).toBeGreaterThan(400);
  });

  test('together: safe at the fall, liquidatable beyond', () => {
    each(200, (built, version) => {
      const { together } = aaveV3Model.computeLiquidationPrices(aave(version, built.legs, built.debt), built.prices);
      if (!together.exists) return;
      const falling = (factor: Rational) =>
        new Map(
          [...built.prices].map(
            ([asset, price]) => [asset, asset.startsWith('c') ? multiplyRational(price, factor) : price] as const,
          ),
        );
      const factor = subtractRational(rational(1n), together.drop);
      const hair = rational(1n, 10n ** 9n);
      expect(askContract(built, falling(addRational(factor, hair)))).toBe(false);
      expect(askContract(built, falling(subtractRational(factor, hair)))).toBe(true);
    });
  });

  test('the edge, and every way up to it, is never on the unsafe side', () => {
    const speed = fc.integer({ min: -30, max: 30 }).map((tenths) => rational(BigInt(tenths), 10n));
    fc.assert(
      fc.property(
        samples,
        fc.constantFrom(...TRUNCATING),
        fc.array(speed, { minLength: 5, maxLength: 5 }),
        (sample, version, speeds) => {
          const built = build({ ...sample, offset: sample.offset - 300n });
          fc.pre(built !== undefined);
          const edge = aaveV3Model.describeEdge(aave(version, built.legs, built.debt));
          const isCalledSafe = computeSlack(edge, built.prices).numerator >= 0n;
          if (isCalledSafe) expect(askContract(built, built.prices)).toBe(false);
          const direction = new Map(
            [...built.prices.keys()].map((asset, index) => [asset, speeds[index] ?? rational(0n)] as const),
          );
          const found = computeDirectionPrice(edge, built.prices, direction);
          if (!found.exists) return;
          for (const share of SHARES) {
            const prices = computePricesAlong(built.prices, direction, multiplyRational(found.t, rational(share, 16n)));
            expect(askContract(built, prices)).toBe(false);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a remedy that is said to reach the target reaches it by the contract too', () => {
    let reached = 0;
    each(60, (built, version) => {
      const remedies = computeRemedies({
        position: aave(version, built.legs, built.debt),
        model: modelById('aave-v3'),
        target: rational(1n),
        evaluationPrices: built.prices,
        tradePrices: built.prices,
      });
      for (const { reaches, healthFactorAfter } of [...remedies.single, remedies.cheapest]) {
        if (reaches && healthFactorAfter) expect(compareRational(healthFactorAfter, rational(1n))).not.toBe(-1);
        if (reaches) reached += 1;
      }
      if (!remedies.isReached) expect(remedies.cheapest.reaches).toBe(true);
    });
    expect(reached).toBeGreaterThan(60);
  });
});
