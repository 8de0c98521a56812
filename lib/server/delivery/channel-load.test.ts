import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { PermanentDeliveryError } from './delivery-error';
import { playDispatch, refuse, rest } from './testing/play-dispatch';

const { maxRunningOfChannel, maxRunningTroubled } = policy.delivery;
const never = () => new Promise<void>(() => {});

describe('no channel holds up another', () => {
  test('ten channels that hang all at once take their own places alone', async () => {
    const { begun, outbox } = await playDispatch(
      ({ channel }) => (channel.id.startsWith('hung') ? never() : Promise.resolve()),
      (box) => {
        for (let at = 0; at < 300; at += 1) box.put(`hung${at}`, `hung${at % 10}`, at);
        for (let at = 0; at < 50; at += 1) box.put(`well${at}`, 'well', 1_000 + at);
      },
    );
    expect(begun.filter((id) => id.startsWith('hung')).length).toBeLessThanOrEqual(10 * maxRunningOfChannel);
    expect(outbox.count('delivered')).toBe(50);
  });

  test('places of a channel are filled again by halves, each half by one claim', async () => {
    const waiting: (() => void)[] = [];
    const { begun, outbox } = await playDispatch(
      () => new Promise((resolve) => waiting.push(resolve)),
      (box) => {
        for (let at = 0; at < 50; at += 1) box.put(`a${at}`, 'a', at);
      },
    );
    const finish = async (count: number) => {
      for (const end of waiting.splice(0, count)) end();
      await rest();
    };
    expect(begun.length).toBe(8);
    await finish(3);
    expect(begun.length).toBe(8);
    await finish(1);
    expect(begun.length).toBe(12);
    expect(outbox.claims.map(({ given }) => given).filter((given) => given > 0)).toEqual([8, 4]);
  });

  test('forty channels that failed and then hang leave room for one that works', async () => {
    const tries = new Map<string, number>();
    const { begun, outbox, dispatch, pass } = await playDispatch(
      ({ channel }) => {
        const nth = (tries.get(channel.id) ?? 0) + 1;
        tries.set(channel.id, nth);
        if (channel.id === 'well') return Promise.resolve();
        return nth === 1 ? refuse() : never();
      },
      (box) => {
        for (let at = 0; at < 40; at += 1) {
          box.put(`first${at}`, `hung${at}`);
          box.put(`second${at}`, `hung${at}`, new FakeClock().now() + 10_000);
        }
      },
    );
    await pass(30_000);
    // Of those that failed, all together have so many places, one each.
    const hanging = begun.length - 40;
    expect(hanging).toBe(maxRunningTroubled);
    for (let at = 0; at < 50; at += 1) outbox.put(`well${at}`, 'well');
    dispatch.wake();
    await rest();
    expect(outbox.count('delivered')).toBe(50);
  });

  test('a channel in trouble has one place until it takes something, then all of them again', async () => {
    const waiting: (() => void)[] = [];
    let isDown = true;
    const { begun, outbox, pass } = await playDispatch(
      () => (isDown ? refuse() : new Promise((resolve) => waiting.push(resolve))),
      (box) => box.put('a', 'a'),
    );
    isDown = false;
    for (let at = 0; at < 10; at += 1) outbox.put(`b${at}`, 'a');
    await pass(1_000);
    expect(begun.length).toBe(2);
    waiting.shift()?.();
    await rest();
    expect(begun.length).toBe(2 + maxRunningOfChannel);
  });

  test('whatever is claimed finds its place: never more of one channel, or in all, than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom('ok', 'slow', 'fail', 'fatal')), {
          maxLength: 120,
        }),
        async (rows) => {
          const running = new Map<string, number>();
          let most = 0;
          let mostOfOne = 0;
          const waiting: (() => void)[] = [];
          const { outbox, pass } = await playDispatch(
            async ({ channel, id }) => {
              running.set(channel.id, (running.get(channel.id) ?? 0) + 1);
              mostOfOne = Math.max(mostOfOne, running.get(channel.id) ?? 0);
              most = Math.max(
                most,
                [...running.values()].reduce((sum, count) => sum + count, 0),
              );
              const [, how] = rows[Number(id)] ?? [];
              try {
                if (how === 'slow') await new Promise<void>((resolve) => waiting.push(resolve));
                if (how === 'fail') await refuse();
                if (how === 'fatal') throw new PermanentDeliveryError('GONE', 'Gone.');
              } finally {
                running.set(channel.id, (running.get(channel.id) ?? 1) - 1);
              }
            },
            (box) => {
              for (const [at, [channel]] of rows.entries()) box.put(String(at), `c${channel}`);
            },
          );
          for (let round = 0; round < rows.length && waiting.length > 0; round += 1) {
            for (const finish of waiting.splice(0)) finish();
            await rest();
          }
          await pass(10_000);
          for (const finish of waiting.splice(0)) finish();
          await rest();
          expect(mostOfOne).toBeLessThanOrEqual(maxRunningOfChannel);
          expect(most).toBeLessThanOrEqual(policy.delivery.maxRunning);
          const count = (how: string) => rows.filter(([, kind]) => kind === how).length;
          expect(outbox.count('dead')).toBe(count('fatal'));
          expect(outbox.count('delivered')).toBe(count('ok') + count('slow'));
        },
      ),
      { numRuns: 30 },
    );
  });
});
