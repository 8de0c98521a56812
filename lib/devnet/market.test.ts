import { describe, expect, test } from 'vitest';
import {
  CORRELATION,
  computeAnswers,
  computePrice,
  createMarket,
  MARKET_MODEL,
  type MarketState,
  setMarketPrice,
  shockMarket,
  stepMarket,
  VOLATILE_ASSETS,
} from './market';
import { type AssetSymbol, RESERVES } from './parameters';

const PRICES = Object.fromEntries(
  RESERVES.map(({ symbol, initialAnswer }) => [symbol, Number(initialAnswer) / 1e8]),
) as Record<AssetSymbol, number>;

const start = (seed: number): MarketState => createMarket(seed, 1_750_000_000_000, PRICES);

function run(state: MarketState, steps: number, seconds: number): MarketState {
  let current = state;
  for (let step = 0; step < steps; step++) current = stepMarket(current, seconds);
  return current;
}

/** Log returns of `symbol` over `steps` steps. */
function sample(seed: number, steps: number, seconds: number): Record<AssetSymbol, number[]> {
  const series = Object.fromEntries(RESERVES.map(({ symbol }) => [symbol, [] as number[]])) as Record<
    AssetSymbol,
    number[]
  >;
  let state = start(seed);
  for (let step = 0; step < steps; step++) {
    const next = stepMarket(state, seconds);
    for (const { symbol } of RESERVES) {
      series[symbol].push(Math.log(computePrice(next, symbol) / computePrice(state, symbol)));
    }
    state = next;
  }
  return series;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function correlate(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const cross = mean(a.map((value, i) => (value - ma) * ((b[i] ?? 0) - mb)));
  return cross / Math.sqrt(mean(a.map((value) => (value - ma) ** 2)) * mean(b.map((value) => (value - mb) ** 2)));
}

test('starts at the prices given, to the last unit', () => {
  const answers = computeAnswers(start(1));
  for (const { symbol, initialAnswer } of RESERVES) expect(answers[symbol]).toBe(initialAnswer);
});

test('the same seed gives the same path, another seed another', () => {
  expect(run(start(5), 500, 30)).toEqual(run(start(5), 500, 30));
  expect(computeAnswers(run(start(5), 5, 30))).not.toEqual(computeAnswers(run(start(6), 5, 30)));
});

test('time moves by what is asked', () => {
  expect(run(start(1), 10, 30).timeMs).toBe(1_750_000_300_000);
});

describe('over 40,000 half-hours (seed 11)', () => {
  const series = sample(11, 40_000, 1_800);

  test('volatilities are those of the model, jumps on top', () => {
    for (const symbol of VOLATILE_ASSETS) {
      const model = MARKET_MODEL[symbol];
      if (model.kind !== 'volatile') throw new Error(symbol);
      const yearly = Math.sqrt(mean(series[symbol].map((value) => value ** 2)) * ((365 * 86_400) / 1_800));
      expect(yearly).toBeGreaterThan(model.volatility * 0.97);
      expect(yearly).toBeLessThan(model.volatility * 1.15);
    }
  });

  test('correlations are those of the model; common jumps raise them a little', () => {
    for (const [i, a] of VOLATILE_ASSETS.entries()) {
      for (const [j, b] of VOLATILE_ASSETS.entries()) {
        if (j >= i) continue;
        expect(Math.abs(correlate(series[a], series[b]) - (CORRELATION[i]?.[j] ?? 0))).toBeLessThan(0.05);
      }
    }
  });
});

test('staking tokens stay near their rate, stablecoins near 1', () => {
  let state = start(3);
  const rate = PRICES.wstETH / PRICES.WETH;
  for (let step = 0; step < 5_000; step++) {
    state = stepMarket(state, 60);
    expect(Math.abs(computePrice(state, 'wstETH') / computePrice(state, 'WETH') / rate - 1)).toBeLessThan(0.006);
    for (const symbol of ['USDC', 'USDT', 'DAI', 'USDe'] as const) {
      expect(Math.abs(computePrice(state, symbol) - 1)).toBeLessThan(0.006);
    }
  }
});

/** The same path with and without the shock: the ratio is the shock alone. */
test.each([
  ['WETH', 30],
  ['WETH', 0.5],
  ['USDC', 30],
  ['wstETH', 7],
] as const)('a fall of a fifth, %s, is complete after an hour in steps of %d s', (symbol, seconds) => {
  const steps = Math.ceil(3_600 / seconds);
  const calm = run(start(9), steps, seconds);
  const shocked = run(shockMarket(start(9), symbol, 2_000, 3_600), steps, seconds);
  expect(computePrice(shocked, symbol) / computePrice(calm, symbol)).toBeCloseTo(0.8, 9);
  expect(shocked.assets[symbol].shocks).toEqual([]);
});

test('a shock is half done, in log terms, after half an hour', () => {
  const calm = run(start(9), 60, 30);
  const shocked = run(shockMarket(start(9), 'WETH', 2_000, 3_600), 60, 30);
  expect(computePrice(shocked, 'WETH') / computePrice(calm, 'WETH')).toBeCloseTo(Math.sqrt(0.8), 9);
});

test('a shock to all takes what is pegged along once, and leaves stablecoins alone', () => {
  const calm = run(start(9), 120, 30);
  const shocked = run(shockMarket(start(9), 'all', 2_000, 3_600), 120, 30);
  for (const symbol of ['WETH', 'wstETH', 'weETH', 'WBTC', 'LINK'] as const) {
    expect(computePrice(shocked, symbol) / computePrice(calm, symbol)).toBeCloseTo(0.8, 9);
  }
  expect(computePrice(shocked, 'USDC')).toBe(computePrice(calm, 'USDC'));
});

test('a price can be set, and what is pegged to it follows', () => {
  const before = start(2);
  const after = setMarketPrice(before, 'WETH', 1_000);
  expect(computeAnswers(after).WETH).toBe(100_000_000_000n);
  expect(computePrice(after, 'wstETH') / 1_000).toBeCloseTo(PRICES.wstETH / PRICES.WETH, 9);
});
