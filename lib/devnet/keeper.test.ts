import { expect, test } from 'vitest';
import { computeFeedWrites, type FeedState } from './keeper';
import type { AssetSymbol } from './parameters';

const feed = (symbol: AssetSymbol, lastAnswer: bigint, extra: Partial<FeedState> = {}): FeedState => ({
  symbol,
  heartbeatSeconds: 3_600,
  deviationBps: 50,
  lastAnswer,
  lastWriteSeconds: 1_000,
  ...extra,
});

const btc = feed('WBTC', 3_000_00000000n);

test.each([
  [3_014_99999999n, []],
  [3_015_00000000n, [{ symbol: 'WBTC', answer: 3_015_00000000n, reason: 'deviation' }]],
  [2_985_00000001n, []],
  [2_985_00000000n, [{ symbol: 'WBTC', answer: 2_985_00000000n, reason: 'deviation' }]],
])('writes at the threshold and beyond, not before: %d', (price, writes) => {
  expect(computeFeedWrites([btc], { WBTC: price }, 1_001)).toEqual(writes);
});

test('writes when the heartbeat has run out, at an unmoved price too', () => {
  expect(computeFeedWrites([btc], { WBTC: btc.lastAnswer }, 4_599)).toEqual([]);
  expect(computeFeedWrites([btc], { WBTC: btc.lastAnswer }, 4_600)).toEqual([
    { symbol: 'WBTC', answer: btc.lastAnswer, reason: 'heartbeat' },
  ]);
});

test('feeds of one round are written together', () => {
  const feeds = [
    feed('WETH', 3_000_00000000n),
    feed('wstETH', 3_600_00000000n),
    feed('weETH', 3_200_00000000n),
    feed('WBTC', 90_000_00000000n),
  ];
  const market = { WETH: 3_020_00000000n, wstETH: 3_610_00000000n, weETH: 3_210_00000000n, WBTC: 90_000_00000000n };
  expect(computeFeedWrites(feeds, market, 1_001)).toEqual([
    { symbol: 'WETH', answer: 3_020_00000000n, reason: 'deviation' },
    { symbol: 'wstETH', answer: 3_610_00000000n, reason: 'round' },
    { symbol: 'weETH', answer: 3_210_00000000n, reason: 'round' },
  ]);
});

test('without a market price nothing is written, heartbeat or not, and the rest of the round goes on', () => {
  expect(computeFeedWrites([btc], {}, 1_000_000)).toEqual([]);
  const feeds = [feed('WETH', 3_000_00000000n), feed('wstETH', 3_600_00000000n)];
  expect(computeFeedWrites(feeds, { WETH: 3_100_00000000n }, 1_001)).toEqual([
    { symbol: 'WETH', answer: 3_100_00000000n, reason: 'deviation' },
  ]);
});

test('an answer of zero or below is left as soon as there is a price', () => {
  for (const bad of [0n, -1n]) {
    expect(computeFeedWrites([feed('WBTC', bad)], { WBTC: 5n }, 1_001)).toEqual([
      { symbol: 'WBTC', answer: 5n, reason: 'deviation' },
    ]);
  }
});
