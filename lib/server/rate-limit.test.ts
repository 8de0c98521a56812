import { expect, test } from 'vitest';
import { RateLimit } from './rate-limit';

function create() {
  const clock = { nowMs: 0 };
  const limit = new RateLimit({ perSecond: 10, burst: 20, totalShares: 4, maxClients: 100, nowMs: () => clock.nowMs });
  /** So many single calls are served at once. */
  const countServed = (client: string | undefined): number => {
    let served = 0;
    while (served < 1_000 && limit.take(client, 1) === 0) served += 1;
    return served;
  };
  return { limit, clock, countServed };
}

test('a client that is told apart has one share, and leaves the others theirs', () => {
  const { countServed } = create();
  expect([countServed('a'), countServed('b'), countServed('a')]).toEqual([20, 20, 0]);
});

test('clients that are not told apart have all shares together', () => {
  const { limit, clock, countServed } = create();
  expect(countServed(undefined)).toBe(80);
  // Four shares of ten a second: a call every 25 ms.
  expect(limit.take(undefined, 1)).toBe(25);
  clock.nowMs += 1_000;
  expect(countServed(undefined)).toBe(40);
});

test('all together get no more than all shares', () => {
  const { countServed } = create();
  expect(['a', 'b', 'c', 'd', 'e'].map(countServed)).toEqual([20, 20, 20, 20, 0]);
  expect(countServed(undefined)).toBe(0);
});
