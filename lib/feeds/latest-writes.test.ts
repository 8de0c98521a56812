import { expect, test } from 'vitest';
import type { Address, Hash } from '@/lib/domain/asset';
import type { OracleWrite } from '@/lib/domain/price';
import { mergeLatestWrites, NO_WRITES, readSentWrites, toSentWrites } from './latest-writes';
import type { ChainStatus } from './stream-protocol';

const feed = (digit: string): Address => `0x${digit.repeat(40)}`;
const chain = (genesis: string | undefined): ChainStatus => ({
  state: 'live',
  identity: genesis === undefined ? undefined : { chainId: 1, genesisHash: `0x${genesis.repeat(64)}` as Hash },
  block: undefined,
  blockSeenAtMs: undefined,
  transport: 'polling',
  problem: undefined,
});
const write = (digit: string, roundId: bigint): OracleWrite => ({
  feed: feed(digit),
  answer: roundId * 100n,
  roundId,
  updatedAtSeconds: 1,
  before: undefined,
});
const rounds = ({ byFeed }: typeof NO_WRITES) => [...byFeed.values()].map(({ roundId }) => roundId);

test('the newest write of each feed stays', () => {
  const first = mergeLatestWrites(NO_WRITES, chain('1'), [write('a', 1n), write('b', 7n)]);
  expect(rounds(mergeLatestWrites(first, chain('1'), [write('a', 2n), write('a', 3n)]))).toEqual([3n, 7n]);
});

test('what another run of the chain wrote is forgotten, also when nobody answered in between', () => {
  const first = mergeLatestWrites(NO_WRITES, chain('1'), [write('a', 1n)]);
  const away = mergeLatestWrites(first, chain(undefined), []);
  expect(away).toBe(first);
  expect(rounds(mergeLatestWrites(away, chain('2'), []))).toEqual([]);
  expect(rounds(mergeLatestWrites(away, chain('2'), [write('b', 1n)]))).toEqual([1n]);
});

test('nothing new is the same object', () => {
  const first = mergeLatestWrites(NO_WRITES, chain('1'), [write('a', 1n)]);
  expect(mergeLatestWrites(first, chain('1'), [])).toBe(first);
});

test('sent while nobody knows which chain answers, writes are still those of their chain', () => {
  const first = mergeLatestWrites(NO_WRITES, chain('1'), [write('a', 1n), write('b', 7n)]);
  const away = chain(undefined);
  const read = readSentWrites({ chain: away, ...toSentWrites(mergeLatestWrites(first, away, [])) });
  expect(rounds(read)).toEqual([1n, 7n]);
  expect(rounds(mergeLatestWrites(read, chain('1'), []))).toEqual([1n, 7n]);
  expect(rounds(mergeLatestWrites(read, chain('2'), []))).toEqual([]);
});

test('sent with another chain than theirs, writes are forgotten', () => {
  const sent = toSentWrites(mergeLatestWrites(NO_WRITES, chain('1'), [write('a', 1n)]));
  expect(rounds(readSentWrites({ chain: chain('2'), ...sent }))).toEqual([]);
});
