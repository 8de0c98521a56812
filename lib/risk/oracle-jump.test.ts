import { expect, test } from 'vitest';
import type { Address } from '@/lib/domain/asset';
import { type OracleWrite, toAggregatorRound } from '@/lib/domain/price';
import { computeOracleJump } from './oracle-jump';

const feed: Address = `0x${'a'.repeat(40)}`;
const other: Address = `0x${'b'.repeat(40)}`;
const written = (answer: bigint, roundId: bigint, before?: bigint): OracleWrite => ({
  feed,
  answer,
  roundId,
  updatedAtSeconds: 1_000,
  before: before === undefined ? undefined : { answer: before, updatedAtSeconds: 400 },
});
const jumpOf = (answer: bigint, roundId: bigint, write: OracleWrite) =>
  computeOracleJump({ rounds: [{ feed, answer, roundId }] }, new Map([[feed, write]]));

test.each([
  [9_000n, 3_000n, false],
  [9_001n, 3_000n, true],
  [3_000n, 9_000n, false],
  [3_000n, 9_001n, true],
])('%d after %d: %s', (answer, before, expected) => {
  expect(jumpOf(answer, 2n, written(answer, 2n, before)) !== undefined).toBe(expected);
});

test('tells both answers and the time between them', () => {
  expect(jumpOf(30_000n, 2n, written(30_000n, 2n, 3_000n))).toEqual({
    feed,
    from: 3_000n,
    to: 30_000n,
    withinSeconds: 600,
  });
});

test('a round that was read before its write was heard of is held against the last one heard of', () => {
  expect(jumpOf(30_000n, 3n, written(3_000n, 2n, 2_990n))).toMatchObject({ from: 3_000n, withinSeconds: undefined });
  expect(jumpOf(3_010n, 3n, written(3_000n, 2n, 2_990n))).toBeUndefined();
});

test('the next write near it ends the doubt', () => {
  expect(jumpOf(29_900n, 3n, written(29_900n, 3n, 30_000n))).toBeUndefined();
});

test('a reading that is older than the last write heard of is in doubt where the two are far apart', () => {
  // The false answer was read, the true one only heard of: the figures still stand on the false one.
  expect(jumpOf(30_000n, 2n, written(3_010n, 3n, 30_000n))).toMatchObject({ from: 3_010n, to: 30_000n });
  expect(jumpOf(3_000n, 1n, written(30_000n, 2n, 3_000n))).toMatchObject({ from: 30_000n, to: 3_000n });
  expect(jumpOf(3_000n, 1n, written(3_010n, 2n, 3_000n))).toBeUndefined();
});

test('nothing is held against an answer that was none, or that nobody knows', () => {
  expect(jumpOf(3_000n, 2n, written(3_000n, 2n, 0n))).toBeUndefined();
  expect(jumpOf(3_000n, 2n, written(3_000n, 2n, -3_000n))).toBeUndefined();
  expect(jumpOf(3_000n, 2n, written(3_000n, 2n))).toBeUndefined();
  expect(computeOracleJump({ rounds: [{ feed, answer: 1n, roundId: 1n }] }, new Map())).toBeUndefined();
});

test('of a price composed of several feeds each is held against its own', () => {
  const writes = new Map([
    [feed, written(3_000n, 2n, 3_010n)],
    [other, { ...written(50n, 2n, 5n), feed: other }],
  ]);
  const rounds = [
    { feed, answer: 3_000n, roundId: 2n },
    { feed: other, answer: 50n, roundId: 2n },
  ];
  expect(computeOracleJump({ rounds }, writes)).toMatchObject({ feed: other, from: 5n, to: 50n });
});

test('a proxy puts its phase before the round', () => {
  expect(toAggregatorRound((6n << 64n) + 42n)).toBe(42n);
  expect(toAggregatorRound(42n)).toBe(42n);
});
