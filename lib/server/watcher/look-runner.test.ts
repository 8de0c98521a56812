import { expect, test } from 'vitest';
import type { AssetId } from '@/lib/domain/asset';
import { ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import { toMarketPrices, toTrigger, toWorld } from '@/lib/watch/testing';
import { TriggerWatch } from '@/lib/watch/trigger-watch';
import type { World } from '@/lib/watch/world';
import { LookRunner } from './look-runner';

const eth: AssetId = toReserve(ETH).asset.id;
const OWNER = toPosition([]).owner;
/** 10 ETH (83 %) against 20,000: health factor 1.245 at 3,000, 1.079 at 2,600. */
const position = (price: string) =>
  toPosition([
    { of: { ...ETH, price }, supply: '10' },
    { of: USDC, debt: '20000' },
  ]);

/** So many triggers on the market's price of ETH below 2,700, in a round of several slices. */
function setUp(count: number) {
  const watch = new TriggerWatch();
  const trigger = toTrigger({ type: 'owner', owner: OWNER }, [
    { kind: 'price-level', side: 'below', level: '2700', params: { source: 'market', asset: eth } },
  ]);
  watch.set(Array.from({ length: count }, (_, index) => ({ saved: { id: `t${index}`, version: 1, trigger } })));
  let world: World = toWorld([position('3000')], { marketPrices: toMarketPrices({ [eth]: '3000' }) });
  const fired: string[] = [];
  const seen: number[] = [];
  let turns = 0;
  const between: (() => void)[] = [];
  const runner = new LookRunner({
    watch,
    now: () => world,
    onLooks: (looks) => {
      seen.push(looks.length);
      for (const { saved, firing } of looks) if (firing) fired.push(saved.id);
    },
    takeTurns: async () => {
      turns += 1;
      between.shift()?.();
    },
  });
  const tick = (price: string): void =>
    runner.tick(new Set([eth]), () => {
      world = { ...world, marketPrices: toMarketPrices({ [eth]: price }) };
    });
  return { runner, fired, seen, between, tick, turnsOf: () => turns };
}

test('a long round gives way: never more than a slice in one go', async () => {
  const { runner, seen, turnsOf } = setUp(1_000);
  await runner.run({ change: { kind: 'state' } });
  // 1,000 triggers to plan and 1,000 subjects to look at, a hundred at a time.
  expect(turnsOf()).toBeGreaterThanOrEqual(20);
  expect(Math.max(...seen)).toBeLessThanOrEqual(100);
  expect(seen.reduce((sum, each) => sum + each, 0)).toBe(1_000);
});

test('a dip that is over before a round has come to it is seen by all of them, once', async () => {
  const { runner, fired, between, tick } = setUp(300);
  await runner.run({ change: { kind: 'state' } });
  expect(fired).toEqual([]);
  between.push(() => {
    tick('2600');
    tick('3000');
  });
  await runner.run({ change: { kind: 'state' } });
  expect(new Set(fired).size).toBe(300);
  expect(fired).toHaveLength(300);
});

test('a low that ends while a round has not come to it is seen with the prices before', async () => {
  const { runner, fired, between, tick } = setUp(300);
  await runner.run({ change: { kind: 'state' }, begin: () => tick('3000') });
  expect(fired).toEqual([]);
  between.push(() => tick('3000'));
  // Taken in with the reading, as prices at the start of a process are: no tick of its own tells of it.
  await runner.run({ change: { kind: 'state' }, begin: () => tick('2600') });
  expect(new Set(fired).size).toBe(300);
});

test('ticks during a round of the past are held until it is over, and looked at once, together', async () => {
  const { runner, fired, between, tick, seen } = setUp(300);
  const past = toWorld([position('3000')]);
  between.push(
    () => tick('2600'),
    () => expect(fired).toEqual([]),
    () => tick('2650'),
  );
  await runner.run({ change: { kind: 'state' }, passed: () => past });
  expect(new Set(fired).size).toBe(300);
  expect(seen.at(-1)).toBe(300);
  expect(seen.filter((each) => each === 300)).toHaveLength(1);
});

test('rounds come one after the other, and none goes on after the end', async () => {
  const { runner, between } = setUp(300);
  const order: string[] = [];
  const run = (name: string) => runner.run({ change: { kind: 'state' }, begin: () => order.push(name) });
  const both = [run('first'), run('second')];
  expect(runner.isBusy).toBe(true);
  await Promise.all(both);
  await runner.settle();
  expect(order).toEqual(['first', 'second']);
  expect(runner.isBusy).toBe(false);
  between.push(() => runner.stop());
  await run('third');
  await run('fourth');
  expect(order).toEqual(['first', 'second', 'third']);
});

test('a round that fails is told, and the next one runs', async () => {
  const { runner, seen } = setUp(1);
  const failing = runner.run({
    change: { kind: 'state' },
    begin: () => {
      throw new Error('A fault.');
    },
  });
  await expect(failing).rejects.toThrow('A fault.');
  await runner.run({ change: { kind: 'state' } });
  expect(seen).toEqual([1]);
});
