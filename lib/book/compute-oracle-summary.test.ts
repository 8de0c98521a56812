import { expect, test } from 'vitest';
import { examplePosition, feedSide, usdc, wstETH } from '@/lib/venues/morpho-blue/testing';
import { computeOracleSummary } from './compute-oracle-summary';

// The example's feeds were written at 1,000 and promise an hour; the policy grants two minutes more.
const WRITTEN = 1_000;
const HOUR = 3_600;
const GRACE = 120;

test('each oracle counts once, by state, with the oldest age', () => {
  const summary = computeOracleSummary([examplePosition(), examplePosition()], WRITTEN + 60);
  expect(summary.lines.map(({ asset }) => asset.symbol)).toEqual(['USDC', 'wstETH']);
  expect([summary.liveCount, summary.lateCount, summary.brokenCount, summary.oldestSeconds]).toEqual([2, 0, 0, 60]);
});

test('past its promise and the grace an oracle is late', () => {
  const at = (seconds: number) => computeOracleSummary([examplePosition()], WRITTEN + seconds).lateCount;
  expect([at(HOUR + GRACE), at(HOUR + GRACE + 1)]).toEqual([0, 2]);
});

test('missing and invalid prices are broken, never live', () => {
  const position = examplePosition({ base: feedSide(wstETH, 0n), quote: feedSide(usdc, undefined), price: undefined });
  const summary = computeOracleSummary([position], WRITTEN);
  expect([summary.liveCount, summary.brokenCount]).toEqual([0, 2]);
});

test('nothing read has no oldest age', () => {
  expect(computeOracleSummary([], WRITTEN)).toMatchObject({ lines: [], oldestSeconds: undefined });
});
