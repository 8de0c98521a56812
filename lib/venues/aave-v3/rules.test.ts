import { describe, expect, test } from 'vitest';
import { type Address, toAssetId } from '@/lib/domain/asset';
import type { LiquidationPrice } from '@/lib/domain/evaluation';
import type { OraclePrice } from '@/lib/domain/price';
import { parseDecimal } from '@/lib/units/decimal';
import { bps, RAY, ray, wad } from '@/lib/units/fixed';
import { rationalToNumber } from '@/lib/units/rational';
import { computeAccountData } from './account-data';
import { parseReserveConfiguration } from './configuration';
import { aaveV3Rules } from './rules';
import type { AaveHolding, AavePosition, AaveReserve, EModeCategory } from './state';

const OWNER: Address = '0x00000000000000000000000000000000000000aa';
const HASH = `0x${'11'.repeat(32)}` as const;

interface ReserveInput {
  readonly symbol: string;
  readonly id: number;
  readonly decimals: number;
  readonly ltv: bigint;
  readonly threshold: bigint;
  readonly price: string | undefined;
  readonly debtCeiling?: bigint;
}

const ETH = { symbol: 'WETH', id: 0, decimals: 18, ltv: 8_050n, threshold: 8_300n, price: '3000' };
const BTC = { symbol: 'WBTC', id: 1, decimals: 8, ltv: 7_300n, threshold: 7_800n, price: '60000' };
const USDC = { symbol: 'USDC', id: 2, decimals: 6, ltv: 7_500n, threshold: 7_800n, price: '1' };

function toReserve({ symbol, id, decimals, ltv, threshold, price, debtCeiling = 0n }: ReserveInput): AaveReserve {
  const address = `0x${(id + 1).toString(16).padStart(40, '0')}` as Address;
  const asset = { id: toAssetId(1, address), chainId: 1, address, symbol, decimals };
  const answer = price === undefined ? undefined : parseDecimal(price, 8);
  const oracle: OraclePrice = {
    assetId: asset.id,
    feed: address,
    answer,
    decimals: 8,
    updatedAtSeconds: 1,
    roundId: 1n,
    rounds: [],
    heartbeatSeconds: 3_600,
    deviationBps: 50,
    problem: answer === undefined ? 'missing' : answer <= 0n ? 'invalid' : undefined,
  };
  const word =
    ltv | (threshold << 16n) | (10_500n << 32n) | (BigInt(decimals) << 48n) | (1n << 56n) | (debtCeiling << 212n);
  return {
    asset,
    id,
    configuration: parseReserveConfiguration(word),
    liquidityIndex: ray(RAY),
    variableBorrowIndex: ray(RAY),
    liquidityRate: ray(RAY / 50n),
    variableBorrowRate: ray(RAY / 25n),
    lastUpdateSeconds: 100,
    normalizedIncome: ray(RAY),
    normalizedDebt: ray(RAY),
    isolationModeTotalDebt: 0n,
    totalSupplied: undefined,
    totalBorrowed: undefined,
    price: oracle,
  };
}

interface HoldingInput {
  readonly of: ReserveInput;
  readonly supply?: string;
  readonly debt?: string;
  readonly off?: boolean;
}

function toPosition(inputs: readonly HoldingInput[], eMode?: EModeCategory): AavePosition {
  return {
    id: 'test',
    venue: 'aave-v3',
    chain: { chainId: 1, genesisHash: HASH },
    owner: OWNER,
    block: { number: 1n, hash: HASH, timestampSeconds: 100 },
    pool: OWNER,
    marketName: 'Aave v3 Core Market',
    eMode,
    holdings: inputs.map(({ of, supply = '0', debt = '0', off = false }): AaveHolding => {
      const scaledSupply = parseDecimal(supply, of.decimals);
      return {
        reserve: toReserve(of),
        scaledSupply,
        scaledDebt: parseDecimal(debt, of.decimals),
        usedAsCollateral: scaledSupply > 0n && !off,
      };
    }),
  };
}

const pricesOf = (position: AavePosition): readonly LiquidationPrice[] =>
  aaveV3Rules.computeLiquidationPrices(position).alone;

describe('figures', () => {
  test('one collateral, one debt', () => {
    const position = toPosition([
      { of: ETH, supply: '10' },
      { of: USDC, debt: '15000' },
    ]);
    const evaluation = aaveV3Rules.computeEvaluation(position);
    expect(evaluation.collateralValue).toEqual({ known: true, value: parseDecimal('30000', 8) });
    expect(evaluation.debtValue).toEqual({ known: true, value: parseDecimal('15000', 8) });
    expect(evaluation.healthFactor).toEqual({ known: true, value: parseDecimal('1.66', 18) });
    expect(evaluation.ltv).toEqual({ known: true, value: parseDecimal('0.5', 18) });
    expect(evaluation.liquidationThreshold).toEqual({ known: true, value: parseDecimal('0.83', 18) });
    expect(evaluation.maxLtv).toEqual({ known: true, value: parseDecimal('0.805', 18) });
    expect(evaluation.collateralRatio).toEqual({ known: true, value: parseDecimal('2', 18) });
    expect(evaluation.availableToBorrow).toEqual({ known: true, value: parseDecimal('9150', 8) });
    expect(evaluation.liquidatable).toEqual({ known: true, value: false });
  });

  test('without debt the health factor does not exist, and no price can take that away', () => {
    const evaluation = aaveV3Rules.computeEvaluation(toPosition([{ of: { ...ETH, price: undefined }, supply: '1' }]));
    expect(evaluation.healthFactor).toEqual({ known: true, value: null });
    expect(evaluation.liquidatable).toEqual({ known: true, value: false });
    expect(evaluation.collateralValue.known).toBe(false);
  });

  test('an unusable price of what counts makes unknown, by name; of what is switched off it does not', () => {
    for (const price of [undefined, '0', '-1']) {
      const counted = toPosition([
        { of: { ...ETH, price }, supply: '1' },
        { of: USDC, debt: '500' },
      ]);
      const blind = aaveV3Rules.computeEvaluation(counted);
      expect(blind.healthFactor.known).toBe(false);
      expect(blind.healthFactor.known === false && blind.healthFactor.reason.text).toContain('WETH');
      expect(blind.debtValue.known).toBe(true);
      expect(computeAccountData(counted).known).toBe(false);
      expect(pricesOf(counted).map((found) => !found.exists && found.reason)).toEqual([
        'price-unknown',
        'price-unknown',
      ]);

      const idle = aaveV3Rules.computeEvaluation(
        toPosition([
          { of: { ...BTC, price }, supply: '1', off: true },
          { of: ETH, supply: '1' },
          { of: USDC, debt: '500' },
        ]),
      );
      expect(idle.healthFactor).toEqual({ known: true, value: parseDecimal('4.98', 18) });
      expect(idle.idleValue.known).toBe(false);
    }
  });

  test('an efficiency mode replaces the terms of its collaterals, and its zero-LTV list the LTV alone', () => {
    const eMode: EModeCategory = {
      id: 1,
      label: 'ETH correlated',
      ltv: bps(9_300n),
      liquidationThreshold: bps(9_500n),
      liquidationBonus: bps(10_100n),
      collateralBitmap: 0b001n,
      borrowableBitmap: 0b100n,
      ltvzeroBitmap: 0n,
    };
    const holdings = [
      { of: { ...ETH, ltv: 0n, threshold: 0n }, supply: '1' },
      { of: BTC, supply: '0.05' },
      { of: USDC, debt: '1000' },
    ];
    const account = computeAccountData(toPosition(holdings, eMode));
    // 3,000 at 95 % and 3,000 at 78 %, lent on 93 % and 73 %.
    expect(account.known && account.value.currentLiquidationThreshold).toBe(8_650n);
    expect(account.known && account.value.ltv).toBe(8_300n);
    const zero = computeAccountData(toPosition(holdings, { ...eMode, ltvzeroBitmap: 0b001n }));
    expect(zero.known && [zero.value.currentLiquidationThreshold, zero.value.ltv]).toEqual([8_650n, 3_650n]);
    const position = toPosition(holdings, eMode);
    expect(aaveV3Rules.formatMarket(position)).toBe('Core · eMode ETH correlated');
    expect(aaveV3Rules.listLegs(position)[0]).toMatchObject({ liquidationThreshold: 9_500n, liquidationBonus: 100n });
  });

  test('an isolated collateral lends no more than is left under its ceiling', () => {
    const isolated = toPosition([{ of: { ...ETH, debtCeiling: 100_000n }, supply: '1' }]);
    expect(aaveV3Rules.computeEvaluation(isolated).availableToBorrow).toEqual({
      known: true,
      value: parseDecimal('1000', 8),
    });
    expect(aaveV3Rules.formatMarket(isolated)).toBe('Core · isolated WETH');
  });

  test('the health factor at another price of one asset', () => {
    const position = toPosition([
      { of: ETH, supply: '10' },
      { of: USDC, debt: '15000' },
    ]);
    const at = (answer: bigint) =>
      aaveV3Rules.computeHealthFactorAt(
        position,
        position.holdings[0]?.reserve.asset.id ?? toAssetId(1, OWNER),
        answer,
      );
    expect(at(parseDecimal('1500', 8))).toBe(parseDecimal('0.83', 18));
    expect(at(0n)).toBeUndefined();
  });
});

describe('liquidation prices', () => {
  test('a collateral: below spot, distance below 0', () => {
    const [eth, usdc] = pricesOf(
      toPosition([
        { of: ETH, supply: '10' },
        { of: USDC, debt: '20000' },
      ]),
    );
    // 20,000 / 8.3 = 2409.638554216…: the last answer under it.
    expect(eth).toMatchObject({ exists: true, answer: 240_963_855_421n, direction: 'below', decimals: 8 });
    expect(eth?.exists && rationalToNumber(eth.distance)).toBeCloseTo(-0.196787, 6);
    // 24,900 / 20,000 = 1.245 exactly, which is safe: one unit above.
    expect(usdc).toMatchObject({ exists: true, answer: 124_500_001n, direction: 'above' });
    expect(usdc?.exists && rationalToNumber(usdc.distance)).toBeGreaterThan(0);
  });

  test('a net short lies above spot, also with some of it as collateral', () => {
    const [eth] = pricesOf(
      toPosition([
        { of: ETH, supply: '1', debt: '5' },
        { of: USDC, supply: '30000' },
      ]),
    );
    // 23,400 / (5 − 0.83) = 5611.5107913669…
    expect(eth).toMatchObject({ exists: true, direction: 'above', answer: 561_151_079_137n });
  });

  test('one asset on both sides and nothing else: the roundings alone liquidate at a few units of the answer', () => {
    const [eth] = pricesOf(toPosition([{ of: ETH, supply: '0.05', debt: '0.01' }]));
    // At 39 units: ⌊0.05 · 39⌋ = 1 of 83 % against ⌈0.01 · 39⌉ = 1. At 40 and above: 2 and more of 83 % against 1, then ever more.
    expect(eth).toMatchObject({ exists: true, answer: 39n, direction: 'below' });
    const [whole] = pricesOf(toPosition([{ of: ETH, supply: '10', debt: '3' }]));
    expect(whole).toMatchObject({ exists: false, reason: 'never-below-zero' });
  });

  test('already liquidatable: the price stands on the other side, with the other sign', () => {
    const position = toPosition([
      { of: ETH, supply: '10' },
      { of: USDC, debt: '26000' },
    ]);
    const { alone, together } = aaveV3Rules.computeLiquidationPrices(position);
    const [eth] = alone;
    expect(eth).toMatchObject({ exists: true, direction: 'below', answer: 313_253_012_048n });
    expect(eth?.exists && rationalToNumber(eth.distance)).toBeGreaterThan(0);
    expect(together.exists && together.drop < 0n).toBe(true);
  });

  test('the uniform drop is 1 − 1 / HF where nothing owed falls too', () => {
    const { together } = aaveV3Rules.computeLiquidationPrices(
      toPosition([
        { of: ETH, supply: '10' },
        { of: USDC, debt: '15000' },
      ]),
    );
    // 1 − 1 / 1.66 = 0.39759036144…; the feed's own unit hides what lies beyond the 12th digit.
    expect(together.exists && together.drop / 10n ** 7n).toBe(39_759_036_144n);
  });

  test.each([
    { name: 'no debt', holdings: [{ of: ETH, supply: '1' }], reasons: ['no-debt'], together: 'no-debt' },
    {
      name: 'switched off',
      holdings: [
        { of: ETH, supply: '1', off: true },
        { of: BTC, supply: '1' },
        { of: USDC, debt: '1' },
      ],
      reasons: ['no-effect', true, true],
      together: true,
    },
    {
      name: 'the other collateral carries the debt',
      holdings: [
        { of: ETH, supply: '0.1' },
        { of: BTC, supply: '1' },
        { of: USDC, debt: '40000' },
      ],
      reasons: ['never-below-zero', true, true],
      together: true,
    },
    {
      name: 'both sides weigh the same',
      holdings: [
        { of: ETH, supply: '100', debt: '83' },
        { of: BTC, supply: '1' },
        { of: USDC, debt: '1' },
      ],
      reasons: ['sides-cancel', true, true],
      together: true,
    },
    {
      name: 'nothing but what is owed backs it',
      holdings: [{ of: ETH, supply: '2', debt: '1' }],
      reasons: ['never-below-zero'],
      together: 'never-below-zero',
    },
    {
      name: 'debt without collateral',
      holdings: [{ of: ETH, debt: '1' }],
      reasons: ['already-liquidatable'],
      together: 'already-liquidatable',
    },
    {
      name: 'the smallest answer of all is still enough',
      holdings: [
        { of: ETH, supply: '1000000' },
        { of: USDC, debt: '0.000001' },
      ],
      reasons: ['never-below-zero', true],
      together: 'never-below-zero',
    },
    {
      name: 'a net short of the last digit, which no answer makes heavy enough',
      holdings: [
        {
          of: ETH,
          supply: '1000000000000000000000000000000',
          debt: '830000000000000000000000000000.000000000000000001',
        },
        { of: BTC, supply: '1' },
      ],
      reasons: ['out-of-range', 'never-below-zero'],
      together: 'never-below-zero',
    },
  ] as const)('reasons: $name', ({ holdings, reasons, together }) => {
    const prices = aaveV3Rules.computeLiquidationPrices(toPosition(holdings));
    expect(prices.alone.map((price) => price.exists || price.reason)).toEqual(reasons);
    expect(prices.together.exists || prices.together.reason).toBe(together);
  });

  test('overriding prices move spot, not the price itself', () => {
    const position = toPosition([
      { of: ETH, supply: '10' },
      { of: USDC, debt: '20000' },
    ]);
    const half = aaveV3Rules.computeLiquidationPrices(position, (price) => price.answer && price.answer / 2n);
    expect(half.alone[0]).toMatchObject({ exists: true, answer: 120_481_927_710n });
  });

  test('a wad of nothing is told apart from no figure', () => {
    const evaluation = aaveV3Rules.computeEvaluation(toPosition([{ of: ETH, supply: '1' }]));
    expect(evaluation.ltv).toEqual({ known: true, value: wad(0n) });
    expect(evaluation.collateralRatio).toEqual({ known: true, value: null });
  });
});
