import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StorageUnavailableError } from './storage-error';
import { Turnstile } from './turnstile';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('one at a time, in the order of asking', async () => {
  const turnstile = new Turnstile(1_000);
  const order: number[] = [];
  let inside = 0;
  const work = async (n: number) => {
    const leave = await turnstile.enter();
    inside += 1;
    expect(inside).toBe(1);
    await Promise.resolve();
    order.push(n);
    inside -= 1;
    leave();
    // Leaving twice lets nobody else in.
    leave();
  };
  await Promise.all([1, 2, 3, 4].map(work));
  expect(order).toEqual([1, 2, 3, 4]);
  const leave = await turnstile.enter();
  leave();
});

test('whoever waits too long is turned away, and the others are not held up by that', async () => {
  const turnstile = new Turnstile(1_000);
  const leave = await turnstile.enter();
  const refused = expect(turnstile.enter()).rejects.toBeInstanceOf(StorageUnavailableError);
  await vi.advanceTimersByTimeAsync(999);
  const later = turnstile.enter();
  await vi.advanceTimersByTimeAsync(1);
  await refused;
  leave();
  (await later)();
  await vi.advanceTimersByTimeAsync(10_000);
  (await turnstile.enter())();
});
