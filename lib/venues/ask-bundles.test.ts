import {
  createClient,
  custom,
  decodeFunctionData,
  encodeFunctionResult,
  type Hex,
  parseAbi,
  RpcRequestError,
} from 'viem';
import { expect, test } from 'vitest';
import type { Address } from '@/lib/domain/asset';
import { createBundleAsker } from './ask-bundles';
import { multicall3Abi } from './multicall';
import type { ContractRead } from './reader';

const abi = parseAbi(['function at(uint256 index) view returns (uint256)']);
const multicall3: Address = `0x${'ca'.repeat(20)}`;
const target: Address = `0x${'11'.repeat(20)}`;
const block = { number: 5n, hash: `0x${'5'.repeat(64)}` as const, timestampSeconds: 77 };
const reads = (count: number): readonly ContractRead[] =>
  Array.from({ length: count }, (_, index) => ({ address: target, abi, functionName: 'at', args: [BigInt(index)] }));
const squares = (count: number) => Array.from({ length: count }, (_, index) => BigInt(index * index));

/** A node whose contract answers with squares, and which refuses calls of more than `most` of them. */
function createNode(most: number, message: string) {
  const sizes: number[] = [];
  const state = { most, message };
  const request = async ({ params }: { params: readonly [{ data: Hex }] }) => {
    const [{ data }] = params;
    const { args } = decodeFunctionData({ abi: multicall3Abi, data });
    const calls = (args?.[0] ?? []) as readonly { readonly target: Address; readonly callData: Hex }[];
    sizes.push(calls.length - 1);
    if (calls.length - 1 > state.most) {
      throw new RpcRequestError({ body: {}, url: 'http://node', error: { code: -32_000, message: state.message } });
    }
    return encodeFunctionResult({
      abi: multicall3Abi,
      functionName: 'aggregate3',
      result: calls.map(({ target: to, callData }) => {
        if (to.toLowerCase() === multicall3)
          return { success: true, returnData: `0x${(77).toString(16).padStart(64, '0')}` as const };
        const [index] = decodeFunctionData({ abi, data: callData }).args;
        return { success: true, returnData: `0x${(index * index).toString(16).padStart(64, '0')}` as const };
      }),
    });
  };
  const client = createClient({ transport: custom({ request }, { retryCount: 0 }) });
  return { ask: createBundleAsker(client, multicall3), sizes, state };
}
const values = (answers: readonly { readonly ok: boolean }[]) =>
  answers.map((answer) => ('value' in answer ? answer.value : undefined));

test('what the node takes goes in one request', async () => {
  const { ask, sizes } = createNode(100, '');
  const { answers, requestCount, timestampSeconds } = await ask(reads(20), block);
  expect(values(answers)).toEqual(squares(20));
  expect([requestCount, timestampSeconds, sizes]).toEqual([1, 77, [20]]);
});

test.each(['out of gas', 'gas required exceeds allowance (50000000)', 'response size exceeded', 'request too large'])(
  'refused with “%s”, a bundle is asked in halves, every answer in its place, and the next round in what was taken',
  async (message) => {
    const { ask, sizes } = createNode(6, message);
    const first = await ask(reads(20), block);
    expect(values(first.answers)).toEqual(squares(20));
    expect(sizes).toEqual([20, 10, 5, 5, 10, 5, 5]);
    expect(first.requestCount).toBe(7);
    sizes.length = 0;
    const second = await ask(reads(20), block);
    expect(values(second.answers)).toEqual(squares(20));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6);
  },
);

test('down to single calls, and no further', async () => {
  const single = createNode(1, 'out of gas');
  expect(values((await single.ask(reads(5), block)).answers)).toEqual(squares(5));
  const none = createNode(0, 'out of gas');
  await expect(none.ask(reads(4), block)).rejects.toThrow();
  expect(Math.min(...none.sizes)).toBe(1);
});

test.each(['rate limit exceeded', 'daily request count exceeded, request rate limited', 'header not found'])(
  '“%s” is no reason to ask more often',
  async (message) => {
    const { ask, sizes } = createNode(6, message);
    await expect(ask(reads(20), block)).rejects.toThrow();
    expect(sizes).toEqual([20]);
  },
);

test('what only took too long is not asked again at once, but in smaller bundles next time', async () => {
  const { ask, sizes, state } = createNode(0, 'The node did not answer within 1.7 s.');
  await expect(ask(reads(300), block)).rejects.toThrow();
  expect(sizes).toHaveLength(1);
  state.most = 1_000;
  sizes.length = 0;
  expect(values((await ask(reads(300), block)).answers)).toEqual(squares(300));
  expect(sizes.length).toBeGreaterThan(1);
  // However long it was away: an eighth of a bundle is the least.
  state.most = 0;
  for (let round = 0; round < 10; round++) await expect(ask(reads(300), block)).rejects.toThrow();
  state.most = 1_000;
  sizes.length = 0;
  await ask(reads(300), block);
  expect(sizes.length).toBeLessThan(12);
});

test('once it answers again, a node that was slow is asked in one request after a few rounds', async () => {
  const { ask, sizes, state } = createNode(0, 'The node did not answer within 1.7 s.');
  for (let round = 0; round < 10; round++) await expect(ask(reads(300), block)).rejects.toThrow();
  state.most = 1_000;
  const counts: number[] = [];
  for (let round = 0; round < 5; round++) {
    sizes.length = 0;
    expect(values((await ask(reads(300), block)).answers)).toEqual(squares(300));
    counts.push(sizes.length);
  }
  // 300 reads of about 200 bytes each: eighths, quarters and halves of a bundle of 64 KB, then the whole of it.
  expect(counts).toEqual([8, 4, 2, 1, 1]);
});

test('a node that refused for its size is asked for more only now and then', async () => {
  const { ask, sizes, state } = createNode(6, 'out of gas');
  await ask(reads(20), block);
  sizes.length = 0;
  for (let round = 0; round < 60; round++) await ask(reads(20), block);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(6);
  state.most = 1_000;
  for (let round = 0; round < 180; round++) await ask(reads(20), block);
  sizes.length = 0;
  await ask(reads(20), block);
  expect(sizes).toEqual([20]);
});
