import { expect, test, vi } from 'vitest';
import type { Address, Hash } from '@/lib/domain/asset';
import type { ReadRequest, ReadResult } from '@/lib/venues/read-positions';
import { computeShare } from './compute-share';
import { shardOf } from './shard-of';
import { shareReader } from './share-reader';

test('a trigger belongs to one part for ever: FNV-1a by its published vectors', () => {
  // http://www.isthe.com/chongo/src/fnv/test_fnv.c: "" 0x811c9dc5, "a" 0xe40c292c, "foobar" 0xbf9cf968.
  expect(shardOf('', 2 ** 32)).toBe(0x811c9dc5);
  expect(shardOf('a', 2 ** 32)).toBe(0xe40c292c);
  expect(shardOf('foobar', 2 ** 32)).toBe(0xbf9cf968);
  expect(shardOf('a', 8)).toBe(4);
  const counts = new Array<number>(8).fill(0);
  for (let id = 0; id < 8_000; id += 1)
    counts[shardOf(`trigger-${id}`, 8)] = (counts[shardOf(`trigger-${id}`, 8)] ?? 0) + 1;
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});

test('instances share evenly, and together take everything', () => {
  const shares = (...instances: string[]) => instances.map((me) => computeShare(8, instances, me));
  expect(shares('a')).toEqual([8]);
  expect(shares('a', 'b', 'c')).toEqual([3, 3, 2]);
  expect(shares('a', 'b', 'c', 'd', 'e')).toEqual([2, 2, 2, 1, 1]);
  expect(shares('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i')).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0]);
  expect(computeShare(8, ['a'], 'b')).toBe(0);
  expect(computeShare(8, [], 'b')).toBe(0);
});

test('one reading of a block serves all who ask for the same; one that failed is read again', async () => {
  const request = (block: number, ...owners: string[]): ReadRequest => ({
    identity: { chainId: 1, genesisHash: '0x1' },
    block: { number: BigInt(block), hash: `0x${block}` as Hash, timestampSeconds: 0 },
    owners: owners as Address[],
  });
  const read = vi.fn(async ({ identity, block }: ReadRequest): Promise<ReadResult> => {
    if (read.mock.calls.length === 1) throw new Error('The node is away.');
    return { identity, block, owners: [], problems: [], callCount: 0, requestCount: 0 };
  });
  const shared = shareReader({ read });
  await expect(Promise.all([shared.read(request(1, 'a')), shared.read(request(1, 'a'))])).rejects.toThrow('away');
  expect(read).toHaveBeenCalledTimes(1);
  const [first, second] = await Promise.all([shared.read(request(1, 'a')), shared.read(request(1, 'a'))]);
  expect(first).toBe(second);
  expect(read).toHaveBeenCalledTimes(2);
  await shared.read(request(1, 'a', 'b'));
  await shared.read(request(2, 'a'));
  expect(read).toHaveBeenCalledTimes(4);
  for (let block = 3; block < 20; block += 1) await shared.read(request(block, 'a'));
  await shared.read(request(1, 'a'));
  expect(read).toHaveBeenCalledTimes(22);
});
