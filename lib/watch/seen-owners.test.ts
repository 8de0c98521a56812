import { expect, test } from 'vitest';
import { BTC, ETH, toPosition, USDC } from '@/lib/venues/aave-v3/testing';
import { SeenOwners } from './seen-owners';
import { toWorld } from './testing';

const OWNER = toPosition([]).owner.toLowerCase();
const held = (price: string, supply: string, of: typeof ETH | typeof BTC = ETH) => [
  toPosition([
    { of: { ...of, price }, supply },
    { of: USDC, debt: '100' },
  ]),
];

test('prices and amounts change nothing; assets, positions, names and what could not be read do', () => {
  const owners = new SeenOwners();
  const changedBy = (...given: Parameters<typeof toWorld>) => [...owners.update(toWorld(...given))];
  expect(changedBy(held('3000', '1'))).toEqual([OWNER]);
  expect(changedBy(held('2000', '5'))).toEqual([]);
  expect(changedBy(held('2000', '5', BTC))).toEqual([OWNER]);
  expect(changedBy(held('2000', '5', BTC), { nameOwner: () => 'Alice' })).toEqual([OWNER]);
  const unread = new Map([[OWNER, { code: 'read-failed', text: 'Not all could be read.' } as const]]);
  expect(changedBy(held('2000', '5', BTC), { nameOwner: () => 'Alice', unread })).toEqual([OWNER]);
  expect(changedBy([], { readOwners: new Set([OWNER]) })).toEqual([OWNER]);
  expect(changedBy([], { readOwners: new Set(['0xother', OWNER]) })).toEqual(['0xother']);
  expect(changedBy([], { readOwners: new Set(['0xother']) })).toEqual([OWNER]);
});
