import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hash } from '@/lib/domain/asset';
import { type ChainInput, createChainState, reduceChain, toChainStatus } from './chain-state';

const hash = (n: number): Hash => `0x${n.toString(16).padStart(64, '0')}`;
const block = (n: number) => ({ number: BigInt(n), hash: hash(n), timestampSeconds: 1_000 + n });
const fresh = createChainState(
  { expectedChainId: 31_337, stalledAfterMs: 4_000, unreachableAfterMs: 3_000, firstBlock: 0n },
  0,
);
const identified = (atMs: number, genesis = 900, chainId = 31_337): ChainInput => ({
  type: 'identified',
  chainId,
  genesisHash: hash(genesis),
  atMs,
});
const saw = (n: number, atMs: number): ChainInput => ({ type: 'block', block: block(n), atMs });
const timedOut: ChainInput = { type: 'failed', problem: 'No answer.', refused: false };
const refused: ChainInput = { type: 'failed', problem: 'No connection.', refused: true };
const given = (...inputs: ChainInput[]) => inputs.reduce(reduceChain, fresh);
const stateAt = (nowMs: number, ...inputs: ChainInput[]) => toChainStatus(given(...inputs), nowMs).state;

describe('chain state', () => {
  test('starting until a block of the identified chain is seen', () => {
    expect(stateAt(2_000)).toBe('starting');
    expect(stateAt(0, identified(0))).toBe('starting');
    expect(stateAt(0, saw(1, 0))).toBe('starting');
    expect(stateAt(0, identified(0), saw(1, 0))).toBe('live');
  });

  test('starting while the chain is still being set up, live from its first block on', () => {
    const setUp = { ...fresh, firstBlock: 5n };
    const at = (...inputs: ChainInput[]) => toChainStatus(inputs.reduce(reduceChain, setUp), 0).state;
    expect(at(identified(0), saw(4, 0))).toBe('starting');
    expect(at(identified(0), saw(4, 0), saw(5, 0))).toBe('live');
    // Begun again: another genesis, and its blocks count from 0.
    expect(at(identified(0), saw(9, 0), identified(0, 901), saw(3, 0))).toBe('starting');
  });

  test('stalled when no new block comes, though the chain answers', () => {
    const inputs = [identified(0), saw(1, 0), saw(1, 3_000), saw(1, 3_999)];
    expect(stateAt(3_999, ...inputs)).toBe('live');
    expect(stateAt(4_000, ...inputs)).toBe('stalled');
    expect(stateAt(4_100, ...inputs, saw(2, 4_100))).toBe('live');
  });

  test('one missed answer is forgiven while there was a sign of life, a refused connection is not', () => {
    const seen = [identified(0), saw(1, 1_000)];
    expect(stateAt(3_999, ...seen, timedOut)).toBe('live');
    expect(stateAt(4_000, ...seen, timedOut)).toBe('unreachable');
    expect(stateAt(1_001, ...seen, refused)).toBe('unreachable');
    expect(stateAt(2_000, ...seen, refused, saw(2, 2_000))).toBe('live');
    expect(toChainStatus(given(...seen, refused), 1_001).problem).toBe('No connection.');
  });

  test('another chain id shows nothing of itself, and the right one brings everything back', () => {
    const wrong = [identified(0), saw(1, 0), identified(100, 7, 1), saw(2, 100)];
    expect(toChainStatus(given(...wrong), 100)).toMatchObject({
      state: 'wrong-chain',
      identity: undefined,
      block: undefined,
    });
    expect(stateAt(200, ...wrong, identified(200), saw(3, 200))).toBe('live');
    expect(stateAt(200, ...wrong, refused)).toBe('unreachable');
  });

  test('a new genesis forgets the blocks of the old one', () => {
    const status = toChainStatus(given(identified(0), saw(9, 0), identified(100, 901)), 100);
    expect(status).toMatchObject({ state: 'starting', block: undefined, identity: { genesisHash: hash(901) } });
    const same = toChainStatus(given(identified(0), saw(9, 0), identified(100)), 100);
    expect(same).toMatchObject({ state: 'live', block: { number: 9n } });
  });

  test('live is never said without a recent block of the configured chain', () => {
    const input = fc.oneof(
      fc.record({ kind: fc.constant('seen'), n: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ kind: fc.constantFrom('identified', 'other', 'reborn', 'timeout', 'refused'), n: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(input, fc.integer({ min: 0, max: 3_000 }))), fc.nat(9_000), (steps, restMs) => {
        let state = fresh;
        let nowMs = 0;
        let newBlockAtMs: number | undefined;
        let genesis: number | undefined;
        let last: number | undefined;
        for (const [{ kind, n }, passedMs] of steps) {
          nowMs += passedMs;
          if (kind === 'seen') {
            if (genesis !== undefined && n !== last) [newBlockAtMs, last] = [nowMs, n];
            state = reduceChain(state, saw(n, nowMs));
          } else if (kind === 'timeout' || kind === 'refused') {
            state = reduceChain(state, kind === 'refused' ? refused : timedOut);
          } else {
            const next = kind === 'identified' ? 900 : kind === 'reborn' ? 901 : undefined;
            if (next !== genesis) [newBlockAtMs, last, genesis] = [undefined, undefined, next];
            state = reduceChain(state, identified(nowMs, next ?? 7, next === undefined ? 1 : 31_337));
          }
        }
        nowMs += restMs;
        if (toChainStatus(state, nowMs).state === 'live') {
          expect(genesis).toBeDefined();
          expect(newBlockAtMs).toBeDefined();
          expect(nowMs - (newBlockAtMs ?? 0)).toBeLessThan(4_000);
        }
      }),
    );
  });
});
