import { expect, test } from 'vitest';
import { ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import type { Position } from '@/lib/venues/registry';
import { listOwners } from './list-owners';
import { toTrigger } from './testing';

const [eth, usdc] = [toReserve(ETH).asset.id, toReserve(USDC).asset.id];
const of = (owner: `0x${string}`, legs: Parameters<typeof toPosition>[0]): Position => ({
  ...toPosition(legs),
  owner,
  id: `aave-v3~1~1~${owner}`,
});
const [alice, bob] = [`0x${'a1'.repeat(20)}`, `0x${'b2'.repeat(20)}`] as const;
const both = [
  of(alice, [{ of: ETH, supply: '1' }]),
  of(bob, [
    { of: USDC, supply: '1' },
    { of: ETH, supply: '2' },
  ]),
];
const condition = { kind: 'price-level', side: 'below', level: '1' } as const;

test('the owner named, then whoever has an asset that is named', () => {
  const position = toTrigger({ type: 'position', id: `aave-v3~1~1~${alice}` }, [
    { kind: 'health-factor', side: 'below', level: '1.1' },
  ]);
  expect(listOwners(position, both, 50)).toEqual([alice]);
  const withAsset = { ...position, conditions: [{ ...condition, params: { asset: usdc } }] };
  expect(listOwners(withAsset, both, 50)).toEqual([alice, bob]);
  const asset = toTrigger({ type: 'asset', asset: eth }, [condition]);
  expect(listOwners(asset, both, 50)).toEqual([alice, bob]);
  expect(listOwners(asset, both, 1)).toEqual([alice]);
});

test('of a book nobody has to be watched', () => {
  expect(listOwners(toTrigger({ type: 'book', book: 'b' }, [condition]), both, 50)).toEqual([]);
  expect(listOwners(toTrigger({ type: 'owner', owner: 'Desk', book: 'b' }, [condition]), both, 50)).toEqual([]);
});
