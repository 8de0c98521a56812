import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssetId } from '@/lib/domain/asset';
import { evaluateTrigger } from '@/lib/triggers/evaluate-trigger';
import { advance, INITIAL_STATE, type MachineState } from '@/lib/triggers/machine';
import { prepareTrigger } from '@/lib/triggers/prepare-trigger';
import { toMachineRule } from '@/lib/triggers/to-machine-rule';
import type { Trigger } from '@/lib/triggers/trigger';
import { BTC, ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import type { Position } from '@/lib/venues/registry';
import { planSubjects } from './plan-subjects';
import { PlannedSubject } from './planned-subject';
import { toMarketPrices, toTrigger, toWorld } from './testing';
import { type Change, type Look, type Round, TriggerWatch } from './trigger-watch';
import type { SavedTrigger } from './watched-trigger';
import type { World } from './world';

const idOf = (of: Parameters<typeof toReserve>[0]): AssetId => toReserve(of).asset.id;
const [eth, btc, usdc] = [idOf(ETH), idOf(BTC), idOf(USDC)];
const OWNER = toPosition([]).owner;

/** Position `number` of the owner: so much ETH and BTC against USDC, at these oracle prices. */
function position(
  number: number,
  ethPrice: string,
  amounts: readonly [eth: string, btc: string, owed: string],
): Position {
  const [ethAmount, btcAmount, owed] = amounts;
  return {
    ...toPosition([
      { of: { ...ETH, price: ethPrice }, supply: ethAmount },
      { of: BTC, supply: btcAmount },
      { of: USDC, debt: owed },
    ]),
    id: `aave-v3~1~${number}~${OWNER}`,
  };
}
const one = (price: string): Position => position(1, price, ['10', '0', '20000']);
const other = (price: string): Position => position(2, price, ['10', '0', '21000']);

const save = (trigger: Trigger, id = 't'): SavedTrigger => ({ id, version: 1, trigger });
const STATE: Change = { kind: 'state' };
const fired = (watch: TriggerWatch, world: World, change: Change): readonly string[] =>
  [...watch.look(world, change)].flatMap(({ saved, subject, firing }) => (firing ? [`${saved.id} ${subject.id}`] : []));
const at = (world: World, seconds: number): World => ({ ...world, nowMs: world.nowMs + seconds * 1_000 });

describe('an owner', () => {
  const trigger = toTrigger({ type: 'owner', owner: OWNER }, [{ kind: 'health-factor', side: 'below', level: '1.1' }]);

  test('each of the positions fires for itself: the second to fall is told of too', () => {
    const watch = new TriggerWatch();
    // 24,900 / 20,000 = 1.245 and 24,900 / 21,000 = 1.185…
    const calm = toWorld([one('3000'), other('3000')]);
    watch.set([{ saved: save(trigger) }]);
    expect(fired(watch, calm, STATE)).toEqual([]);
    // 83 % of 27,500 = 22,825: 1.141 and 1.086…
    expect(fired(watch, at(toWorld([one('2750'), other('2750')]), 1), STATE)).toEqual([`t ${other('0').id}`]);
    // 83 % of 26,000 = 21,580: 1.079 and 1.027…: the first now, the second not again.
    expect(fired(watch, at(toWorld([one('2600'), other('2600')]), 2), STATE)).toEqual([`t ${one('0').id}`]);
  });

  test('what could not be read makes it blind and not calm', () => {
    const reason = { code: 'read-failed', text: 'Not all could be read.' } as const;
    const world = toWorld([one('3000')], { unread: new Map([[OWNER, reason]]) });
    const watch = new TriggerWatch();
    watch.set([{ saved: save(trigger) }]);
    const looks = [...watch.look(world, STATE)];
    expect(looks.map(({ subject, state }) => [subject.id, state.isBlind])).toEqual([
      [one('0').id, false],
      ['*', true],
    ]);
  });

  test('a position that is gone for a while comes back with its memory: it has not fired anew', () => {
    const watch = new TriggerWatch();
    const low = toWorld([one('2600')]);
    watch.set([{ saved: save(trigger) }]);
    expect(fired(watch, low, STATE)).toHaveLength(1);
    expect(fired(watch, at(toWorld([]), 1), STATE)).toEqual([]);
    expect(fired(watch, at(toWorld([one('2600')]), 2), STATE)).toEqual([]);
    expect(watch.statesOf('t').get(one('0').id)?.episode).toBe(1);
  });
});

test('a position that was closed is watched on, one that was never read is not', () => {
  const { id } = one('0');
  const trigger = toTrigger({ type: 'position', id }, [{ kind: 'health-factor', side: 'below', level: '1.1' }]);
  const blind = (world: World): boolean | undefined => {
    const watch = new TriggerWatch();
    watch.set([{ saved: save(trigger) }]);
    return [...watch.look(world, STATE)][0]?.state.isBlind;
  };
  expect(blind(toWorld([one('3000')]))).toBe(false);
  expect(blind(toWorld([], { readOwners: new Set([OWNER]) }))).toBe(false);
  expect(blind(toWorld([]))).toBe(true);
  const reason = { code: 'chain-stalled', text: 'The chain stands still.' } as const;
  expect(blind(toWorld([one('3000')], { blind: reason }))).toBe(true);
});

test('a tick of the market touches what stands on that asset, and nothing else', () => {
  const world = toWorld([one('3000')], {
    marketPrices: toMarketPrices({ [eth]: '2500', [btc]: '60000', [usdc]: '1' }),
  });
  const watch = new TriggerWatch();
  const implied = { kind: 'implied-price', side: 'below', level: '1.1' } as const;
  watch.set([
    { saved: save(toTrigger({ type: 'position', id: one('0').id }, [implied]), 'implied') },
    {
      saved: save(
        toTrigger({ type: 'position', id: one('0').id }, [{ ...implied, kind: 'ltv', side: 'above', level: '0.6' }]),
        'ltv',
      ),
    },
    {
      saved: save(
        toTrigger({ type: 'asset', asset: eth }, [
          { kind: 'price-level', side: 'below', level: '2600', params: { source: 'market' } },
        ]),
        'eth',
      ),
    },
  ]);
  const looked = (change: Change) => [...watch.look(world, change)].map(({ saved }) => saved.id);
  expect(looked({ kind: 'market', assets: new Set([eth]) })).toEqual(['implied', 'eth']);
  expect(looked({ kind: 'market', assets: new Set([usdc]) })).toEqual(['implied']);
  expect(looked({ kind: 'market', assets: new Set(['eip155:1/erc20:0xff' as AssetId]) })).toEqual([]);
  expect(looked({ kind: 'oracle', assets: new Set([eth]) })).toEqual(['ltv', 'eth']);
});

test('oracles of an owner’s assets are told one by one, and an asset that nobody holds is not seen', () => {
  const stale = { kind: 'oracle-stale', side: 'above', level: '1' } as const;
  const world = toWorld([one('3000')]);
  const watch = new TriggerWatch();
  watch.set([
    { saved: save(toTrigger({ type: 'owner', owner: OWNER }, [stale]), 'each') },
    { saved: save(toTrigger({ type: 'asset', asset: eth }, [stale]), 'eth') },
    { saved: save(toTrigger({ type: 'asset', asset: 'eip155:1/erc20:0xff' }, [stale]), 'none') },
  ]);
  const looks = [...watch.look(world, STATE)].map(({ saved, subject, state }) => [saved.id, subject.id, state.isBlind]);
  expect(looks).toEqual([
    ['each', eth, false],
    ['each', usdc, false],
    ['each', '*', false],
    ['eth', '*', false],
    ['none', '*', true],
  ]);
});

test('a dwell ends without a tick, by its deadline', () => {
  const trigger = toTrigger(
    { type: 'position', id: one('0').id },
    [{ kind: 'health-factor', side: 'below', level: '1.1' }],
    {
      dwell: { seconds: 20, ticks: 1 },
    },
  );
  const low = toWorld([one('2600')]);
  const watch = new TriggerWatch();
  watch.set([{ saved: save(trigger) }]);
  expect(fired(watch, low, STATE)).toEqual([]);
  expect(watch.computeNextDeadline()).toBe(low.nowMs + 20_000);
  const time: Change = { kind: 'time', olderThanMs: 3_600_000 };
  expect(fired(watch, at(low, 19), time)).toEqual([]);
  expect(fired(watch, at(low, 20), time)).toEqual([`t ${one('0').id}`]);
});

/** Every trigger on every one of its subjects at every change: slow, and obvious. */
class EveryWatch {
  private readonly states = new Map<string, MachineState>();
  private sequence = 0;

  constructor(private readonly triggers: readonly SavedTrigger[]) {}

  look(world: World): readonly string[] {
    const found: string[] = [];
    for (const { id, trigger } of this.triggers) {
      const prepared = prepareTrigger(trigger);
      for (const plan of planSubjects(prepared, world)) {
        const key = `${id} ${plan.id}`;
        this.sequence += 1;
        const { met, still } = evaluateTrigger(prepared, new PlannedSubject(plan, world));
        const observation = { sequence: this.sequence, atMs: world.nowMs, met, still, isTick: true };
        const { state, firing } = advance(this.states.get(key) ?? INITIAL_STATE, observation, toMachineRule(trigger));
        this.states.set(key, state);
        if (firing) found.push(key);
      }
    }
    return found.sort();
  }
}

const conditions = fc.oneof(
  fc.record({
    kind: fc.constantFrom('health-factor', 'implied-price'),
    side: fc.constant('below' as const),
    level: fc.constantFrom('1.05', '1.15', '1.3', '1.6'),
    rearm: fc.constantFrom('1.6', '2'),
  }),
  fc.record({
    kind: fc.constantFrom('ltv', 'concentration', 'oracle-deviation'),
    side: fc.constant('above' as const),
    level: fc.constantFrom('0.02', '0.1', '0.6', '0.7'),
  }),
  fc.record({
    kind: fc.constant('price-level'),
    side: fc.constantFrom('below' as const, 'above' as const),
    level: fc.constantFrom('2400', '2700', '3100'),
    params: fc.record({ source: fc.constantFrom('oracle', 'market'), asset: fc.constantFrom(eth, btc) }),
  }),
);
const scopes = fc.constantFrom(
  { type: 'position', id: one('0').id } as const,
  { type: 'position', id: other('0').id } as const,
  { type: 'owner', owner: OWNER } as const,
  { type: 'book', book: 'chain' } as const,
);
const triggers = fc.array(
  fc.record({
    scope: scopes,
    combine: fc.constantFrom('all' as const, 'any' as const),
    list: fc.array(conditions, { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 6 },
);
const prices = fc.integer({ min: 2_000, max: 3_400 }).map(String);
const steps = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('market' as const), asset: fc.constantFrom(eth, btc), price: prices }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('state' as const),
        price: prices,
        owed: fc.integer({ min: 15_000, max: 26_000 }).map(String),
      }),
    },
  ),
  { minLength: 1, maxLength: 30 },
);

const START = { eth: '3000', btc: '60000' } as const;
const drawnTriggers = (drawn: typeof triggers extends fc.Arbitrary<infer T> ? T : never): readonly SavedTrigger[] =>
  drawn.map(({ scope, combine, list }, index) => save(toTrigger(scope, list, { combine }), `t${index}`));
type Step = typeof steps extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

/** The worlds that steps lead through, one second apart. */
function* walk(changes: readonly Step[]): Generator<{ readonly world: World; readonly change: Change }> {
  let held: readonly Position[] = [one(START.eth), position(2, START.eth, ['2', '0.3', '15000'])];
  let market: Record<AssetId, string> = { [eth]: START.eth, [btc]: START.btc, [usdc]: '1' };
  let positions = toWorld(held).positions;
  const toNow = (index: number): World => {
    const world = at(toWorld(held, { positions }), index + 1);
    // Ticks are never late here: that is time's doing, which goes on between the slices of a round.
    return { ...world, marketPrices: toMarketPrices(market, world.nowMs + 1_000) };
  };
  yield { world: toNow(-1), change: STATE };
  for (const [index, change] of changes.entries()) {
    if (change.kind === 'market') {
      market = { ...market, [change.asset]: change.price };
      yield { world: toNow(index), change: { kind: 'market', assets: new Set([change.asset]) } };
      continue;
    }
    held = [position(1, change.price, ['10', '0', change.owed]), position(2, change.price, ['2', '0.3', '15000'])];
    ({ positions } = toWorld(held));
    yield { world: toNow(index), change: STATE };
  }
}

test('what a change does not touch would not have fired: equal to looking at everything every time', () => {
  fc.assert(
    fc.property(triggers, steps, (drawn, changes) => {
      const saved = drawnTriggers(drawn);
      const watch = new TriggerWatch();
      watch.set(saved.map((each) => ({ saved: each })));
      const every = new EveryWatch(saved);
      for (const { world, change } of walk(changes)) {
        expect([...fired(watch, world, change)].sort()).toEqual(every.look(world));
      }
    }),
    { numRuns: 150 },
  );
});

test('a round in slices, with ticks between them, comes to the same as looking at everything in one go', () => {
  const counts = { firings: 0, between: 0 };
  fc.assert(
    fc.property(triggers, steps, fc.infiniteStream(fc.nat({ max: 5 })), (drawn, changes, slices) => {
      const saved = drawnTriggers(drawn);
      const watch = new TriggerWatch();
      watch.set(saved.map((each) => ({ saved: each })));
      const every = new EveryWatch(saved);
      const [found, expected]: [string[], string[]] = [[], []];
      const take = (looks: readonly Look[]): void => {
        for (const { saved: by, subject, firing } of looks) if (firing) found.push(`${by.id} ${subject.id}`);
      };
      let round: Round | undefined;
      let last: World | undefined;
      const finish = (): void => {
        while (round && last && !round.isDone) take(watch.step(round, last, 2));
      };
      for (const { world, change } of walk(changes)) {
        if (change.kind === 'market' && round && last) {
          take(watch.stepTouched(round, last, change.assets));
          take(watch.look(world, change));
          counts.between += round.isDone ? 0 : 1;
        } else {
          finish();
          round = watch.begin(world, change);
        }
        if (round) take(watch.step(round, world, slices.next().value));
        last = world;
        expected.push(...every.look(world));
      }
      finish();
      expect(found.sort()).toEqual(expected.sort());
      counts.firings += found.length;
    }),
    { seed: 20_261_122, numRuns: 300 },
  );
  expect(counts.firings).toBeGreaterThan(300);
  expect(counts.between).toBeGreaterThan(300);
});

test('only what changed is planned anew: amounts and prices are not, an edit is alone', () => {
  const trigger = toTrigger({ type: 'owner', owner: OWNER }, [{ kind: 'health-factor', side: 'below', level: '1.1' }]);
  const watch = new TriggerWatch();
  watch.set([{ saved: save(trigger, 'a') }, { saved: save(trigger, 'b') }]);
  /** Steps that a round takes: one for each plan, one for each subject, one to find that it is over. */
  const steps = (world: World): number => {
    const round = watch.begin(world, STATE);
    let count = 0;
    while (!round.isDone) {
      watch.step(round, world, 1);
      count += 1;
    }
    return count;
  };
  // The position and the whole, twice.
  expect(steps(toWorld([one('3000')]))).toBe(2 + 4 + 1);
  expect(steps(toWorld([one('2900')]))).toBe(4 + 1);
  watch.set([{ saved: save(trigger, 'b') }]);
  expect(steps(toWorld([one('2900')]))).toBe(1 + 4 + 1);
  expect(steps(toWorld([one('2900'), other('2900')]))).toBe(2 + 6 + 1);
});

test('an edit is looked at alone, and is no tick for what was seen already', () => {
  const dwell = { seconds: 0, ticks: 2 };
  const trigger = toTrigger(
    { type: 'position', id: one('0').id },
    [{ kind: 'health-factor', side: 'below', level: '1.1' }],
    { dwell },
  );
  const watch = new TriggerWatch();
  const low = toWorld([one('2600')]);
  watch.set([{ saved: save(trigger, 'a') }, { saved: save(trigger, 'b') }]);
  const looks = (seconds: number): readonly number[] =>
    watch.look(at(low, seconds), { kind: 'triggers', ids: new Set(['a']) }).map(({ state }) => state.heldTicks);
  expect(looks(0)).toEqual([1]);
  expect(looks(1)).toEqual([1]);
  const next: World = { ...at(low, 2), block: { number: 8n, hash: `0x${'33'.repeat(32)}`, timestampSeconds: 1_002 } };
  expect(watch.look(next, STATE).map(({ state, firing }) => [state.heldTicks, firing])).toEqual([
    [2, true],
    [1, false],
  ]);
});

test('a trigger that rests lets a subject rest that appears later; what never fired and is gone is forgotten', () => {
  const trigger = toTrigger({ type: 'owner', owner: OWNER }, [{ kind: 'health-factor', side: 'below', level: '1.1' }]);
  const watch = new TriggerWatch();
  const first = toWorld([other('3000')]);
  watch.set([{ saved: save(trigger), snoozedUntilMs: first.nowMs + 10_000 }]);
  expect(fired(watch, first, STATE)).toEqual([]);
  const both = toWorld([one('2600'), other('3000')]);
  expect(fired(watch, at(both, 1), STATE)).toEqual([]);
  expect(watch.statesOf('t').get(one('0').id)?.snoozedUntilMs).toBe(first.nowMs + 10_000);
  expect(fired(watch, at(both, 10), STATE)).toEqual([`t ${one('0').id}`]);
  expect(fired(watch, at(toWorld([]), 11), STATE)).toEqual([]);
  expect([...watch.statesOf('t').keys()]).toEqual(['*', one('0').id]);
});

test('what cannot be worked out is blind, and keeps nothing else from being looked at', () => {
  const scope = { type: 'position', id: one('0').id } as const;
  const watch = new TriggerWatch();
  watch.set([
    { saved: save(toTrigger(scope, [{ kind: 'implied-price', side: 'below', level: '1.1' }]), 'faulty') },
    { saved: save(toTrigger(scope, [{ kind: 'health-factor', side: 'below', level: '1.1' }]), 'sound') },
  ]);
  const marketPrices: World['marketPrices'] = Object.assign(new Map(), {
    get: () => {
      throw new Error('A fault.');
    },
  });
  expect(fired(watch, toWorld([one('2600')], { marketPrices }), STATE)).toEqual([`sound ${one('0').id}`]);
  expect(watch.statesOf('faulty').get(one('0').id)?.isBlind).toBe(true);
});
