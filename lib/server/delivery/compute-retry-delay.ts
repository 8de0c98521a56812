import 'server-only';
import { policy } from '@/lib/config/policy';

/**
 * How long to wait after the n-th failed attempt (n from 1), milliseconds, whole: `retryFromMs · 2^(n−1)`, at most `retryToMs`, of which one
 * half is certain and the other drawn, so that what failed together does not come back together.
 *
 * `random` gives a number from 0 to below 1. What the other side asked for (`askedMs`) is the least, within `retryToMs`.
 * `computeRetryDelayMs(1, () => 0.5)` is 1500: half of 2000, and half of the other half. Pure.
 */
export function computeRetryDelayMs(failures: number, random: () => number, askedMs = 0): number {
  const { retryFromMs, retryToMs } = policy.delivery;
  const fullMs = Math.min(retryToMs, retryFromMs * 2 ** (failures - 1));
  const drawnMs = Math.round(fullMs / 2 + (fullMs / 2) * random());
  return Math.max(drawnMs, Math.min(askedMs, retryToMs));
}
