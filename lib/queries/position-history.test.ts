import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { ChainUnavailableError } from '@/lib/domain/errors';
import { computeHistoryPlan, isPassingFailure, toHistoryEntry } from './position-history';

describe('history plan', () => {
  test('samples multiples of a stride, at most as many as the policy says, up to the head', () => {
    expect(computeHistoryPlan(5n, undefined, 60)).toEqual({ stride: 1n, blocks: [1n, 2n, 3n, 4n, 5n] });
    expect(computeHistoryPlan(0n, undefined, 60).blocks).toEqual([]);
    const plan = computeHistoryPlan(100n, undefined, 60);
    expect(plan.stride).toBe(2n);
    expect([plan.blocks[0], plan.blocks.at(-1), plan.blocks.length]).toEqual([2n, 100n, 50]);
    expect(computeHistoryPlan(1_000n, 60n, 60).blocks[0]).toBe(941n);
  });

  test('any head and span: bounded, inside the span, multiples of one power of two, and never wastefully few', () => {
    const heads = fc.bigInt({ min: 0n, max: 30_000_000n });
    const spans = fc.option(fc.bigInt({ min: 1n, max: 1_000_000n }), { nil: undefined });
    fc.assert(
      fc.property(heads, spans, (head, span) => {
        const { stride, blocks } = computeHistoryPlan(head, span);
        expect(blocks.length).toBeLessThanOrEqual(policy.chain.historySamples);
        expect(stride & (stride - 1n)).toBe(0n);
        for (const block of blocks) {
          expect(block % stride).toBe(0n);
          expect(block > 0n && block <= head && (span === undefined || block > head - span)).toBe(true);
        }
        const range = span === undefined || span > head ? head : span;
        if (range >= 60n) expect(blocks.length).toBeGreaterThanOrEqual(policy.chain.historySamples / 2 - 1);
      }),
    );
  });

  test('as the chain grows, what is sampled later was sampled before or is new', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 100_000n }), fc.bigInt({ min: 1n, max: 5_000n }), (head, growth) => {
        const before = new Set(computeHistoryPlan(head, undefined).blocks);
        const later = computeHistoryPlan(head + growth, undefined).blocks;
        for (const block of later) expect(block > head || before.has(block)).toBe(true);
      }),
    );
  });
});

describe('failed samples', () => {
  const named = (name: string, code?: number, cause?: unknown) =>
    Object.assign(new Error(name, { cause }), { name, ...(code === undefined ? {} : { code }) });

  test('no answer and rate limits pass; what the node answered is final', () => {
    const wrap = (cause: unknown) => new ChainUnavailableError('READ_FAILED', 'failed', { cause });
    expect(isPassingFailure(wrap(named('HttpRequestError')))).toBe(true);
    expect(isPassingFailure(wrap(named('CallExecutionError', undefined, named('TimeoutError'))))).toBe(true);
    expect(isPassingFailure(wrap(named('RpcRequestError', -32_005)))).toBe(true);
    expect(isPassingFailure(wrap(named('LimitExceededRpcError', -32_005, named('RpcRequestError', -32_005))))).toBe(
      true,
    );
    expect(isPassingFailure(wrap(named('RpcRequestError', -32_600)))).toBe(true);
    expect(isPassingFailure(wrap(named('RpcRequestError', -32_000)))).toBe(false);
    expect(isPassingFailure(new Error('anything'))).toBe(false);
  });

  test('a sample is read, absent, a gap or still being read', () => {
    const block = { number: 8n, hash: '0x01', timestampSeconds: 100 } as const;
    const healthFactor = { known: true, value: null } as const;
    const sample = { block, healthFactors: { here: healthFactor } };
    expect(toHistoryEntry(8n, 'here', { data: sample, error: null })).toMatchObject({ state: 'read', healthFactor });
    expect(toHistoryEntry(8n, 'there', { data: sample, error: null })).toMatchObject({ state: 'absent' });
    expect(toHistoryEntry(8n, 'here', { data: undefined, error: new Error('pruned') })).toMatchObject({
      state: 'gap',
      gone: true,
      text: 'pruned',
    });
    const unanswered = new ChainUnavailableError('READ_FAILED', 'outer', {
      cause: Object.assign(new Error('inner'), { name: 'TimeoutError', details: 'The request took too long.' }),
    });
    expect(toHistoryEntry(8n, 'here', { data: undefined, error: unanswered })).toMatchObject({
      gone: false,
      text: 'The request took too long.',
    });
    expect(toHistoryEntry(8n, 'here', { data: undefined, error: null })).toMatchObject({ state: 'reading' });
  });
});
