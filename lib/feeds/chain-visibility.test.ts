import { describe, expect, test } from 'vitest';
import type { ChainIdentity } from '@/lib/domain/chain';
import { computeBlindness, type VisibilityInput } from './chain-visibility';
import type { ChainStatus } from './stream-protocol';

const identity: ChainIdentity = { chainId: 31337, genesisHash: `0x${'a'.repeat(64)}` };
const chain: ChainStatus = {
  state: 'live',
  identity,
  block: { number: 7n, hash: `0x${'7'.repeat(64)}`, timestampSeconds: 7 },
  blockSeenAtMs: 0,
  transport: 'websocket',
  problem: undefined,
};
const seen: VisibilityInput = {
  connection: 'live',
  chain,
  readFrom: identity,
  readAtMs: 1_000,
  readBlockHash: `0x${'6'.repeat(64)}`,
  readError: undefined,
  nowMs: 2_000,
  stalledAfterMs: 4_000,
  readStaleAfterMs: 8_000,
};

describe('figures may be shown', () => {
  test('while the chain is live and was read a moment ago, even before the stream has said so', () => {
    expect(computeBlindness(seen)).toBeUndefined();
    expect(computeBlindness({ ...seen, connection: 'connecting', chain: undefined })).toBeUndefined();
  });

  test('however long ago they were read, while that block is still the newest', () => {
    expect(computeBlindness({ ...seen, readBlockHash: chain.block?.hash, nowMs: 1_000_000 })).toBeUndefined();
  });

  test('between the blocks of a slow chain', () => {
    expect(computeBlindness({ ...seen, stalledAfterMs: 60_000, nowMs: 13_000 })).toBeUndefined();
  });

  test('through one failed read, while the last good one is fresh', () => {
    expect(computeBlindness({ ...seen, readError: 'time-out' })).toBeUndefined();
  });
});

describe('figures are unknown', () => {
  test.each([
    ['the connection is lost', { connection: 'lost' as const }, 'chain-unreachable'],
    ['the chain does not answer', { chain: { ...chain, state: 'unreachable' as const } }, 'chain-unreachable'],
    ['the chain stands still', { chain: { ...chain, state: 'stalled' as const } }, 'chain-stalled'],
    ['another chain answers', { chain: { ...chain, state: 'wrong-chain' as const } }, 'wrong-chain'],
    ['the chain is starting', { chain: { ...chain, state: 'starting' as const } }, 'not-read-yet'],
    ['nothing was read yet', { readFrom: undefined, readAtMs: undefined }, 'not-read-yet'],
    ['the first read failed', { readFrom: undefined, readAtMs: undefined, readError: 'rate limit' }, 'read-failed'],
    [
      'the chain was restarted',
      { chain: { ...chain, identity: { ...identity, genesisHash: `0x${'b'.repeat(64)}` as const } } },
      'not-read-yet',
    ],
    ['reads keep failing', { nowMs: 9_001, readError: 'rate limit' }, 'read-failed'],
    ['reads no longer follow the blocks', { nowMs: 13_001 }, 'read-failed'],
  ])('when %s', (_name, change, code) => {
    expect(computeBlindness({ ...seen, ...change })?.code).toBe(code);
  });
});
