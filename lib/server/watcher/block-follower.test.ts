import { beforeEach, expect, test } from 'vitest';
import type { Hash } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';
import type { StateEvent } from '../live-hub';
import { BlockFollower } from './block-follower';

const hash = (n: number): Hash => `0x${n.toString(16).padStart(64, '0')}`;
const refOf = (number: number): BlockRef => ({ number: BigInt(number), hash: hash(number), timestampSeconds: number });

let newest: number;
/** What asking for a block ends with, and what taking it in does. */
let readFaults: Map<number, Error>;
let lookFaults: Map<number, Error>;
let absent: Set<number>;
let looked: number[];
let blind: (string | undefined)[];
let follower: BlockFollower;

beforeEach(() => {
  newest = 5;
  readFaults = new Map();
  lookFaults = new Map();
  absent = new Set();
  looked = [];
  blind = [];
  const failing = (faults: ReadonlyMap<number, Error>, number: bigint): void => {
    const fault = faults.get(Number(number));
    if (fault) throw fault;
  };
  follower = new BlockFollower({
    hub: {
      state: () =>
        ({
          chain: { state: 'live', identity: { chainId: 1, genesisHash: hash(1) }, block: refOf(newest) },
        }) as StateEvent,
    },
    positions: {
      read: async ({ identity, block }) => {
        failing(readFaults, block.number);
        return { identity, block, owners: [], problems: [], callCount: 0, requestCount: 0 };
      },
    },
    readBlock: async (number) => (absent.has(Number(number)) ? undefined : refOf(Number(number))),
    readLast: async () => 2n,
    listOwners: () => [],
    onReading: async ({ block }) => {
      failing(lookFaults, block.number);
      looked.push(Number(block.number));
    },
    onBlind: async (text) => {
      blind.push(text);
    },
  });
});

test.each([
  ['a node that is away', () => readFaults, new Error('The chain was not reached: HTTP status 500.')],
  ['a fault in the look', () => lookFaults, new Error('No such asset.')],
])('%s: nothing goes past the block, which is tried again', async (_, faults, fault) => {
  faults().set(4, fault);
  await follower.follow();
  expect(looked).toEqual([3]);
  // Of the two that are left, 4 and the newest, one went by.
  expect(follower.status()).toMatchObject({ behind: 1, missed: undefined });
  expect(follower.status().stuck).toContain('Block 4');
  expect(follower.status().stuck).toContain(fault.message);
  expect(blind).toEqual([follower.status().stuck]);
  newest = 6;
  await follower.follow();
  expect(looked).toEqual([3]);
  expect(follower.status().behind).toBe(2);
  faults().clear();
  await follower.follow();
  expect(looked).toEqual([3, 4, 5, 6]);
  expect(follower.status()).toEqual({ behind: 0, missed: undefined, stuck: undefined });
});

test.each([
  'missing trie node 7f (path )',
  'header for hash not found',
  'state 0x12 is not available',
  'required historical state unavailable (reexec=128)',
])('a state that the node has let go of is passed over and said: %s', async (message) => {
  const cause = new Error(message);
  readFaults.set(3, new Error('The read failed.', { cause }));
  await follower.follow();
  expect(looked).toEqual([4, 5]);
  expect(follower.status()).toMatchObject({ behind: 0, stuck: undefined });
  expect(follower.status().missed).toContain('Block 3 went by');
});

test('so is a block that the node does not have', async () => {
  absent.add(4);
  await follower.follow();
  expect(looked).toEqual([3, 5]);
  expect(follower.status().missed).toContain('Block 4 went by');
});
