import { describe, expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { PermanentDeliveryError } from './delivery-error';
import { playDispatch, refuse, rest } from './testing/play-dispatch';

const { maxAttempts } = policy.delivery;

describe('delivering', () => {
  test('what is due goes out at once, in order, once each; what is not waits', async () => {
    const { outbox, begun, pass, clock } = await playDispatch(
      async () => {},
      (box) => {
        for (let at = 0; at < 100; at += 1) box.put(`a${at}`, 'a', at);
        box.put('later', 'a', new FakeClock().now() + 5_000);
      },
    );
    expect(begun).toEqual(Array.from({ length: 100 }, (_, at) => `a${at}`));
    await pass(4_000);
    expect(begun.length).toBe(100);
    await pass(1_000);
    expect([begun.at(-1), outbox.count('delivered')]).toEqual(['later', 101]);
    expect(outbox.results.at(-1)?.result).toEqual({ kind: 'delivered', atMs: clock.now() });
  });

  test('woken, it looks before the next poll', async () => {
    const { outbox, dispatch, begun } = await playDispatch(
      async () => {},
      () => {},
    );
    outbox.put('new', 'a');
    await rest();
    expect(begun).toEqual([]);
    dispatch.wake();
    await rest();
    expect(begun).toEqual(['new']);
  });

  test('woken in the very moment in which it ends its look, it looks again', async () => {
    const { outbox, dispatch, begun } = await playDispatch(
      async () => {},
      () => {},
    );
    for (let turns = 0; turns < 12; turns += 1) {
      dispatch.wake();
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      outbox.put(`at${turns}`, 'a');
      dispatch.wake();
      await rest();
      expect(begun.at(-1)).toBe(`at${turns}`);
    }
  });

  test('stopped, it claims nothing more and waits for what is being sent', async () => {
    let finish = () => {};
    const { outbox, dispatch, begun, pass } = await playDispatch(
      () => new Promise((resolve) => (finish = resolve)),
      (box) => box.put('first', 'a'),
    );
    let isStopped = false;
    const stopping = dispatch.stop().then(() => (isStopped = true));
    outbox.put('second', 'b');
    dispatch.wake();
    await pass(5_000);
    expect([begun, isStopped]).toEqual([['first'], false]);
    finish();
    await stopping;
    expect([outbox.count('delivered'), outbox.count('open')]).toEqual([1, 1]);
  });
});

describe('failing', () => {
  test('what passes is tried again after growing waits, and then no more', async () => {
    const { outbox, pass, begun, clock } = await playDispatch(refuse, (box) => box.put('a', 'a'));
    await pass(60 * 60_000 * 3);
    const results = outbox.results.map(({ result }) => result);
    // Half of 2, 4, 8 … 1024 s, then of 30 minutes.
    const waits = results.flatMap((result) => (result.kind === 'retry' ? [result.notBeforeMs - result.atMs] : []));
    const doubling = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((seconds) => seconds * 1_000);
    expect(waits).toEqual([...doubling, ...Array.from({ length: 9 }, () => 900_000)]);
    expect(begun.length).toBe(maxAttempts);
    expect(results.at(-1)).toMatchObject({ kind: 'dead', code: 'NO_CONNECTION' });
    expect(results.at(-1)).toHaveProperty('problem', 'Given up after 20 attempts. The last: No connection.');
    expect(clock.now()).toBeGreaterThan(0);
  });

  test('what does not pass is a dead letter at once', async () => {
    const { outbox, begun, pass } = await playDispatch(
      async () => {
        throw new PermanentDeliveryError('GONE', 'It is gone.');
      },
      (box) => box.put('a', 'a'),
    );
    await pass(60_000);
    expect(begun.length).toBe(1);
    expect(outbox.results.map(({ result }) => result)).toMatchObject([
      { kind: 'dead', code: 'GONE', problem: 'It is gone.' },
    ]);
  });

  test('an outbox that cannot be claimed from is asked again at the next poll, not all the time', async () => {
    const { outbox, problems, begun, pass, dispatch } = await playDispatch(
      async () => {},
      () => {},
    );
    let woken = 0;
    outbox.check = (call) => {
      if (call !== 'claim') return;
      // Woken while it asks: that is no reason to ask again at once.
      if (woken++ < 100) dispatch.wake();
      throw new Error('away');
    };
    outbox.put('a', 'a');
    await pass(5_000);
    expect([problems.length, begun.length]).toEqual([5, 0]);
    outbox.check = () => {};
    await pass(1_000);
    expect(begun).toEqual(['a']);
    await dispatch.stop();
  });

  test('an outcome that cannot be stored is stored again a little later', async () => {
    let failing = 2;
    const { outbox, problems, begun, pass } = await playDispatch(
      async () => {},
      (box) => {
        box.put('a', 'a');
        box.check = (call) => {
          if (call === 'settle' && failing-- > 0) throw new Error('away');
        };
      },
    );
    await pass(2_000);
    expect([problems.length, begun.length, outbox.count('delivered')]).toEqual([2, 1, 1]);
  });

  test('an outcome that is lost for good means sending again when the lease ends', async () => {
    const { outbox, begun, pass } = await playDispatch(
      async () => {},
      (box) => {
        box.put('a', 'a');
        box.check = (call) => {
          if (call === 'settle') throw new Error('away');
        };
      },
    );
    await pass(30_000);
    outbox.check = () => {};
    expect([begun.length, outbox.count('open')]).toEqual([1, 1]);
    await pass(31_000);
    expect([begun, outbox.count('delivered')]).toEqual([['a', 'a'], 1]);
  });
});
