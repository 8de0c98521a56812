import { expect, test } from 'vitest';
import { examplePosition, feedSide, usdc, wstETH } from '@/lib/venues/morpho-blue/testing';
import { computeOracleSummary } from './compute-oracle-summary';

// The example's feeds were written at 1,000 and promise an hour; the policy grants two minutes more.
const WRITTEN = 1_000;
const HOUR = 3_600;
const GRACE = 120;
const NO_WRITES = new Map();

test('each oracle counts once, by state, with the oldest age', () => {
  const summary = computeOracleSummary([examplePosition(), examplePosition()], WRITTEN + 60, NO_WRITES);
  expect(summary.lines.map(({ asset }) => asset.symbol)).toEqual(['USDC', 'wstETH']);
  expect([summary.liveCount, summary.lateCount, summary.brokenCount, summary.oldestSeconds]).toEqual([2, 0, 0, 60]);
});

test('past its promise and the grace an oracle is late', () => {
  const at = (seconds: number) => computeOracleSummary([examplePosition()], WRITTEN + seconds, NO_WRITES).lateCount;
  expect([at(HOUR + GRACE), at(HOUR + GRACE + 1)]).toEqual([0, 2]);
});

test('missing and invalid prices are broken, never live', () => {
  const position = examplePosition({ base: feedSide(wstETH, 0n), quote: feedSide(usdc, undefined), price: undefined });
  const summary = computeOracleSummary([position], WRITTEN, NO_WRITES);
  expect([summary.liveCount, summary.brokenCount]).toEqual([0, 2]);
});

test('an oracle whose last write was absurdly far from the one before counts as jumped, not as live', () => {
  const feed = `0x${'a'.repeat(40)}` as const;
  const side = feedSide(wstETH, 30_000n, feed);
  const base = { ...side, price: { ...side.price, rounds: [{ feed, answer: 30_000n, roundId: 7n }] } };
  const before = { answer: 3_000n, updatedAtSeconds: WRITTEN - 60 };
  const writes = new Map([[feed, { feed, answer: 30_000n, roundId: 7n, updatedAtSeconds: WRITTEN, before }]]);
  const summary = computeOracleSummary([examplePosition({ base })], WRITTEN, writes);
  expect([summary.liveCount, summary.jumpedCount, summary.lateCount, summary.brokenCount]).toEqual([1, 1, 0, 0]);
});

test('nothing read has no oldest age', () => {
  expect(computeOracleSummary([], WRITTEN, NO_WRITES)).toMatchObject({ lines: [], oldestSeconds: undefined });
});
