import { describe, expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { type Address, type AssetId, toAssetId } from '@/lib/domain/asset';
import type { MarketPrice, OraclePrice } from '@/lib/domain/price';
import { NO_WHAT_IF } from '@/lib/scenarios/what-if';
import { bps, RAY, ray } from '@/lib/units/fixed';
import { rational } from '@/lib/units/rational';
import type { AaveHolding, AavePosition, AaveReserve } from '@/lib/venues/aave-v3/state';
import { examplePosition } from '@/lib/venues/morpho-blue/testing';
import { computeBook } from './compute-book';
import { computePositionRow, type RowContext } from './compute-position-row';
import { listNearestAlone } from './list-nearest-alone';
import { compareNearness } from './rank-nearest';

const CHAIN = 31337;
const OWNER: Address = `0x${'0'.repeat(39)}a`;
const NOW_SECONDS = 1_750_000_000;
const NOW_MS = 5_000_000;

const addressOf = (id: number): Address => `0x${(id + 1).toString(16).padStart(40, '0')}`;
const idOf = (id: number): AssetId => toAssetId(CHAIN, addressOf(id));

function reserveOf(
  id: number,
  symbol: string,
  decimals: number,
  answer: bigint,
  price: Partial<OraclePrice> = {},
): AaveReserve {
  return {
    asset: { id: idOf(id), chainId: CHAIN, address: addressOf(id), symbol, decimals },
    id,
    configuration: {
      ltv: bps(8000n),
      liquidationThreshold: bps(8300n),
      liquidationBonus: bps(10_500n),
      decimals,
      active: true,
      frozen: false,
      paused: false,
      borrowingEnabled: true,
      borrowableInIsolation: false,
      siloedBorrowing: false,
      reserveFactor: bps(1000n),
      supplyCap: undefined,
      borrowCap: undefined,
      liquidationProtocolFee: bps(1000n),
      debtCeiling: 0n,
    },
    liquidityIndex: ray(RAY),
    variableBorrowIndex: ray(RAY),
    liquidityRate: ray(0n),
    variableBorrowRate: ray(RAY / 20n),
    lastUpdateSeconds: NOW_SECONDS,
    normalizedIncome: ray(RAY),
    normalizedDebt: ray(RAY),
    isolationModeTotalDebt: 0n,
    totalSupplied: undefined,
    totalBorrowed: undefined,
    price: {
      assetId: idOf(id),
      feed: addressOf(id + 100),
      answer,
      decimals: 8,
      updatedAtSeconds: NOW_SECONDS - 60,
      roundId: 1n,
      rounds: [],
      heartbeatSeconds: 3_600,
      deviationBps: 50,
      problem: undefined,
      ...price,
    },
  };
}

const supply = (reserve: AaveReserve, amount: bigint, usedAsCollateral = true): AaveHolding => ({
  reserve,
  scaledSupply: amount,
  scaledDebt: 0n,
  usedAsCollateral,
});
const owe = (reserve: AaveReserve, amount: bigint): AaveHolding => ({
  reserve,
  scaledSupply: 0n,
  scaledDebt: amount,
  usedAsCollateral: false,
});

const positionOf = (...holdings: AaveHolding[]): AavePosition => ({
  id: `aave-v3~${CHAIN}~pool~${OWNER}`,
  venue: 'aave-v3',
  chain: { chainId: CHAIN, genesisHash: `0x${'1'.repeat(64)}` },
  owner: OWNER,
  block: { number: 9n, hash: `0x${'2'.repeat(64)}`, timestampSeconds: NOW_SECONDS },
  pool: addressOf(200),
  marketName: 'Aave Local Core Market',
  eMode: undefined,
  holdings,
});

const market = (id: number, answer: bigint, receivedAtMs = NOW_MS): [AssetId, MarketPrice] => [
  idOf(id),
  { assetId: idOf(id), answer, observedAtMs: NOW_SECONDS * 1000, receivedAtMs, source: 'test' },
];

const context = (change: Partial<RowContext> = {}): RowContext => ({
  blind: undefined,
  chainTimeSeconds: NOW_SECONDS,
  marketPrices: new Map([market(0, 300_000_000_000n), market(1, 100_000_000n)]),
  latestWrites: new Map(),
  nowMs: NOW_MS,
  whatIf: NO_WHAT_IF,
  ...change,
});

const weth = (price: Partial<OraclePrice> = {}) => reserveOf(0, 'WETH', 18, 300_000_000_000n, price);
const usdc = (price: Partial<OraclePrice> = {}) => reserveOf(1, 'USDC', 6, 100_000_000n, price);
const ETHER = 10n ** 18n;
const account = { address: OWNER, label: 'ETH against USDC', kind: 'demo' as const };
const rowOf = (position: AavePosition, change: Partial<RowContext> = {}) =>
  computePositionRow(position, account, context(change));

/** 10 WETH at 3,000 and 83 % against 20,000 USDC: health factor 24,900 / 20,000 = 1.245, liquidated below 20,000 / 8.3 = 2,409.63. */
const position = positionOf(supply(weth(), 10n * ETHER), owe(usdc(), 20_000_000_000n));

describe('a position by its contract’s prices', () => {
  const row = rowOf(position);

  test('values, ratios and class', () => {
    expect(row.evaluation.collateralValue).toEqual({ known: true, value: 3_000_000_000_000n });
    expect(row.evaluation.debtValue).toEqual({ known: true, value: 2_000_000_000_000n });
    expect(row.evaluation.healthFactor).toEqual({ known: true, value: 1_245_000_000_000_000_000n });
    expect(row.evaluation.collateralRatio).toEqual({ known: true, value: 1_500_000_000_000_000_000n });
    expect(row.netValue).toEqual({ known: true, value: 1_000_000_000_000n });
    expect(row.riskClass).toBe('warning');
  });

  test('the nearest liquidation is ETH falling to 2,409.63…, not USDC rising by 24.5 %', () => {
    const nearest = row.nearest.known ? row.nearest.value : null;
    expect(nearest?.asset.symbol).toBe('WETH');
    expect(nearest?.direction).toBe('below');
    expect(Number(nearest?.answer) / 1e8).toBeCloseTo(2409.6385, 3);
  });

  test('a stablecoin far away is not the nearest while a volatile asset can liquidate, and is where none can', () => {
    // 60,000 USDC at 83 % against 10 WETH: liquidated at USDC 0.602 (−39.8 %) or at WETH 4,980 (+66 %).
    const short = positionOf(supply(usdc(), 60_000_000_000n), owe(weth(), 10n * ETHER));
    const nearest = rowOf(short).nearest;
    expect(nearest.known && nearest.value?.asset.symbol).toBe('WETH');
    expect(nearest.known && nearest.value?.direction).toBe('above');
    const stable = positionOf(
      supply(usdc(), 60_000_000_000n),
      owe(reserveOf(2, 'USDT', 6, 100_000_000n), 30_000_000_000n),
    );
    const only = rowOf(stable).nearest;
    expect(only.known && only.value?.asset.symbol).toBe('USDC');
  });

  test('a dollar near in per cent does not come before a volatile asset that is nearer in likelihood', () => {
    // 10 WETH at 3,000 and 6 WBTC-like at 3,000, both 83 %, against 38,600 USDC: health factor 39,840 / 38,600 = 1.032.
    // WETH alone: −4.98 %. USDC alone: +3.2 %, which counts as 32 %.
    const two = positionOf(
      supply(weth(), 10n * ETHER),
      supply(reserveOf(2, 'WBTC', 18, 300_000_000_000n), 6n * ETHER),
      owe(usdc(), 38_600_000_000n),
    );
    const alone = listNearestAlone(rowOf(two));
    expect(alone.known && alone.value.map(({ asset }) => asset.symbol)).toEqual(['WETH', 'WBTC', 'USDC']);
    const nearest = rowOf(two).nearest;
    expect(nearest.known && nearest.value?.asset.symbol).toBe('WETH');
    // 100,000 USDT and 2 WETH against 86,000 USDC: USDC at +2.3 % counts as 23 %, WETH has 39.8 % to fall.
    const mostlyDollars = positionOf(
      supply(reserveOf(2, 'USDT', 6, 100_000_000n), 100_000_000_000n),
      supply(weth(), 2n * ETHER),
      owe(usdc(), 86_000_000_000n),
    );
    const dollar = rowOf(mostlyDollars).nearest;
    expect(dollar.known && dollar.value?.asset.symbol).toBe('USDC');
  });

  test('interest: 20,000 owed at 5 % is 1,000 a year on 10,000 of net worth', () => {
    expect(row.netYearlyRate).toEqual({ known: true, value: -0.1 });
    expect(row.carryPerDayUsd.known && row.carryPerDayUsd.value).toBeCloseTo(-1000 / 365, 9);
  });
});

describe('nearness', () => {
  const at = (symbol: string, permille: bigint) => ({ asset: { symbol }, distance: rational(permille, 1000n) });
  const first = (a: ReturnType<typeof at>, b: ReturnType<typeof at>) =>
    compareNearness(a, b) < 0 ? a.asset.symbol : b.asset.symbol;

  test('a per cent of a dollar weighs as ten of a volatile asset, either way; past 15 % it comes last', () => {
    expect(first(at('USDC', 40n), at('WETH', -60n))).toBe('WETH');
    expect(first(at('USDC', 40n), at('WETH', -500n))).toBe('USDC');
    expect(first(at('USDC', -20n), at('WETH', 600n))).toBe('USDC');
    expect(first(at('USDC', 151n), at('WETH', 5_000n))).toBe('WETH');
    expect(first(at('USDC', 150n), at('WETH', 1_501n))).toBe('USDC');
    expect(compareNearness(at('WETH', -60n), at('WBTC', 60n))).toBe(0);
  });
});

describe('oracle and market', () => {
  test('a market past the liquidation price is told before the oracle writes it', () => {
    const row = rowOf(position, { marketPrices: new Map([market(0, 240_000_000_000n), market(1, 100_000_000n)]) });
    expect(row.riskClass).toBe('warning');
    expect(row.atMarket.liquidatable).toEqual({ known: true, value: true });
    const eth = row.prices.find(({ asset }) => asset.symbol === 'WETH');
    expect(eth?.nextWriteLiquidates).toBe(true);
    expect(eth?.writeDue).toBe(true);
    expect(eth?.marketDeviation).toBeCloseTo(-0.2, 9);
    expect(eth?.marketSource).toEqual({ source: 'test', atMs: NOW_SECONDS * 1000, ageSeconds: 0 });
  });

  test('within the deviation threshold no write is due', () => {
    const row = rowOf(position, { marketPrices: new Map([market(0, 299_000_000_000n), market(1, 100_000_000n)]) });
    expect(row.prices.find(({ asset }) => asset.symbol === 'WETH')).toMatchObject({
      writeDue: false,
      nextWriteLiquidates: false,
    });
  });

  const late = positionOf(
    supply(weth({ updatedAtSeconds: NOW_SECONDS - 10_000 }), 10n * ETHER),
    owe(usdc(), 10_000_000_000n),
  );

  test('a late oracle keeps its figure; the class is the worse of oracle and market', () => {
    const calm = rowOf(late);
    expect(calm.evaluation.healthFactor).toEqual({ known: true, value: 2_490_000_000_000_000_000n });
    expect(calm.riskClass).toBe('safe');
    expect(calm.latePrices.map(({ asset }) => asset.symbol)).toEqual(['WETH']);
    const crash = rowOf(late, { marketPrices: new Map([market(0, 125_000_000_000n), market(1, 100_000_000n)]) });
    expect(crash.evaluation.healthFactor).toEqual({ known: true, value: 2_490_000_000_000_000_000n });
    expect(crash.riskClass).toBe('danger');
  });

  test('late and without a live market price the class is unknown, never safe', () => {
    expect(rowOf(late, { marketPrices: new Map() }).riskClass).toBe('unknown');
    const stale = NOW_MS - policy.market.lateAfterMs - 1;
    const row = rowOf(late, { marketPrices: new Map([market(0, 300_000_000_000n, stale), market(1, 100_000_000n)]) });
    expect(row.riskClass).toBe('unknown');
    expect(row.riskNote).toContain('WETH');
  });

  test('an oracle absurdly far from the market makes nobody safe: its figure stays, the class is the worse, and that is said', () => {
    // The oracle says 10 times the market's 3,000: 249,000 / 20,000 by the contract, 24,900 / 20,000 by the market.
    const tenfold = positionOf(supply(weth({ answer: 3_000_000_000_000n }), 10n * ETHER), owe(usdc(), 20_000_000_000n));
    const row = rowOf(tenfold);
    expect(row.evaluation.healthFactor).toEqual({ known: true, value: 12_450_000_000_000_000_000n });
    expect(row.riskClass).toBe('warning');
    expect(row.riskNote).toContain('WETH is more than 3 times off the market');
    expect(row.latePrices).toEqual([]);
    // The other way round the contract's own word is the worse one.
    const tenth = positionOf(supply(weth({ answer: 30_000_000_000n }), 10n * ETHER), owe(usdc(), 20_000_000_000n));
    expect(rowOf(tenth).riskClass).toBe('liquidatable');
    expect(rowOf(tenth).riskNote).toContain('more than 3 times off');
    // Without debt no price matters, and a threefold price is not yet absurd.
    expect(rowOf(positionOf(supply(weth({ answer: 3_000_000_000_000n }), ETHER))).riskNote).toBeUndefined();
    const threefold = positionOf(supply(weth({ answer: 900_000_000_000n }), 10n * ETHER), owe(usdc(), 20_000_000_000n));
    expect(rowOf(threefold)).toMatchObject({ riskClass: 'safe', riskNote: undefined });
  });

  describe('an oracle that jumped from its own last answer', () => {
    const FEED = addressOf(100);
    /** WETH's feed at this answer, written 60 s ago, after another of 3,000 ten minutes before. */
    const jumped = (answer: bigint, ethers = 10n, owed = 20_000_000_000n) =>
      positionOf(
        supply(weth({ answer, rounds: [{ feed: FEED, answer, roundId: 2n }] }), ethers * ETHER),
        owe(usdc(), owed),
      );
    const written = (answer: bigint): Pick<RowContext, 'latestWrites'> => ({
      latestWrites: new Map([
        [
          FEED,
          {
            feed: FEED,
            answer,
            roundId: 2n,
            updatedAtSeconds: NOW_SECONDS - 60,
            before: { answer: 300_000_000_000n, updatedAtSeconds: NOW_SECONDS - 660 },
          },
        ],
      ]),
    });
    const UP = 3_000_000_000_000n;
    const DOWN = 30_000_000_000n;
    const usd = (eth: bigint) => new Map([market(0, eth), market(1, 100_000_000n)]);

    test('up: the contract’s figure stays, the class is the market’s, and never safe', () => {
      const row = rowOf(jumped(UP), written(UP));
      expect(row.evaluation.healthFactor).toEqual({ known: true, value: 12_450_000_000_000_000_000n });
      expect(row.riskClass).toBe('warning');
      expect(row.riskNote?.replace(/\s/g, ' ')).toContain('WETH jumped ×10 within 10 min');
      expect(row.jumpedPrices.map(({ asset }) => asset.symbol)).toEqual(['WETH']);
      // Safe by the contract and by the market: 2.49 there.
      expect(rowOf(jumped(UP, 10n, 10_000_000_000n), written(UP)).riskClass).toBe('watch');
    });

    test('down: what the contract would liquidate is liquidatable, whatever the market says', () => {
      expect(rowOf(jumped(DOWN), written(DOWN)).riskClass).toBe('liquidatable');
    });

    test('without a live market price it is unknown, unless the contract says liquidatable', () => {
      expect(rowOf(jumped(UP), { ...written(UP), marketPrices: new Map() }).riskClass).toBe('unknown');
      expect(rowOf(jumped(DOWN), { ...written(DOWN), marketPrices: new Map() }).riskClass).toBe('liquidatable');
    });

    test('a market within 5 % confirms it, one further away does not', () => {
      const confirmed = rowOf(jumped(UP), { ...written(UP), marketPrices: usd(2_850_000_000_000n) });
      expect(confirmed).toMatchObject({ riskClass: 'safe', riskNote: undefined, jumpedPrices: [] });
      const apart = rowOf(jumped(UP), { ...written(UP), marketPrices: usd(2_849_999_999_999n) });
      expect(apart.riskClass).toBe('watch');
      expect(apart.jumpedPrices).toHaveLength(1);
    });

    test('without debt nothing is doubted', () => {
      const only = positionOf(supply(weth({ answer: UP, rounds: [{ feed: FEED, answer: UP, roundId: 2n }] }), ETHER));
      expect(rowOf(only, written(UP))).toMatchObject({ riskClass: 'safe', riskNote: undefined });
    });
  });

  test('an oracle that is read as a whole is late too: without a dollar price of the asset the class hangs on its age', () => {
    const example = examplePosition({ collateral: 20n * ETHER });
    const side = example.market.oracle.parts?.base;
    if (!side) throw new Error('The example has an oracle that can be taken apart.');
    const withoutDollars = (updatedAtSeconds: number | undefined) => {
      const price: OraclePrice = { ...side.price, answer: undefined, problem: 'missing', updatedAtSeconds };
      const changed = examplePosition({ collateral: 20n * ETHER, base: { ...side, price, unit: undefined } });
      return computePositionRow(changed, account, context({ chainTimeSeconds: 100_000 }));
    };
    const fresh = withoutDollars(99_000);
    expect(fresh.evaluation.healthFactor).toEqual({ known: true, value: 2_150_000_000_000_000_000n });
    expect(fresh.riskNote).toContain('USDC is late');
    expect(fresh.riskNote).not.toContain('wstETH');
    for (const updatedAtSeconds of [10_000, undefined]) {
      const row = withoutDollars(updatedAtSeconds);
      expect(row.evaluation.healthFactor.known).toBe(true);
      expect(row.riskClass).toBe('unknown');
      expect(row.riskNote).toContain('wstETH is late or of unknown age');
    }
  });

  test('a late price of what is switched off says nothing about the class', () => {
    const idle = positionOf(
      supply(weth(), 10n * ETHER),
      owe(usdc(), 10_000_000_000n),
      supply(reserveOf(2, 'LINK', 18, 1_500_000_000n, { updatedAtSeconds: 0 }), 5n * ETHER, false),
    );
    expect(rowOf(idle, { marketPrices: new Map() }).riskClass).toBe('safe');
  });
});

describe('what cannot be known', () => {
  test.each([
    ['0', { answer: 0n, problem: 'invalid' as const }],
    ['negative', { answer: -1n, problem: 'invalid' as const }],
    ['unread', { answer: undefined, problem: 'missing' as const }],
  ])('a collateral price that is %s makes the position unknown', (_name, price) => {
    const row = rowOf(positionOf(supply(weth(price), 10n * ETHER), owe(usdc(), 1_000_000n)));
    expect(row.riskClass).toBe('unknown');
    expect(row.evaluation.healthFactor.known).toBe(false);
    expect(row.nearest.known).toBe(false);
    expect(row.netValue.known).toBe(false);
  });

  test('a what-if does not bring an invalid price back', () => {
    const broken = positionOf(supply(weth({ answer: 0n, problem: 'invalid' }), 10n * ETHER), owe(usdc(), 1_000_000n));
    expect(rowOf(broken, { whatIf: { allBps: 1000, byFamily: {} } }).riskClass).toBe('unknown');
  });

  test('a chain that cannot be seen blinds every figure with its reason', () => {
    const reason = { code: 'chain-unreachable', text: 'gone' } as const;
    const row = rowOf(position, { blind: reason });
    expect(row.riskClass).toBe('unknown');
    for (const figure of [
      ...Object.values(row.evaluation),
      ...Object.values(row.atMarket),
      row.nearest,
      row.netValue,
      row.carryPerDayUsd,
    ]) {
      expect(figure).toEqual({ known: false, reason });
    }
    expect(row.oldestPriceSeconds).toBeUndefined();
  });
});

describe('what-if', () => {
  test('moves oracle and market alike: ETH −20 % leaves 19,920 / 20,000', () => {
    const row = rowOf(position, { whatIf: { allBps: 0, byFamily: { eth: -2000 } } });
    expect(row.evaluation.healthFactor).toEqual({ known: true, value: 996_000_000_000_000_000n });
    expect(row.atMarket.healthFactor).toEqual({ known: true, value: 996_000_000_000_000_000n });
    expect(row.riskClass).toBe('liquidatable');
  });
});

describe('the book', () => {
  const other = {
    ...positionOf(supply(weth({ answer: 0n, problem: 'invalid' }), ETHER), owe(usdc(), 1_000_000n)),
    id: 'b',
  };
  const book = computeBook([position, other], [account], context());

  test('totals leave out what is unknown and say how much', () => {
    expect(book.strip.collateral).toEqual({ value: 3_000_000_000_000n, unknownCount: 1 });
    expect(book.strip.netWorth).toEqual({ value: 1_000_000_000_000n, unknownCount: 1 });
    expect(book.strip.unknownCount).toBe(1);
    expect(book.strip.debtAssetCount).toBe(1);
  });

  test('lowest health factor and nearest liquidation are of the same, known, position', () => {
    expect(book.strip.lowestHealthFactor?.value).toBe(1_245_000_000_000_000_000n);
    expect(book.strip.nearest?.row.id).toBe(position.id);
  });

  test('families: volatile first, stablecoins last', () => {
    expect(book.families.map(({ key }) => key)).toEqual(['eth', 'usdc']);
    expect(book.families[0]?.symbols).toEqual(['WETH']);
  });
});
