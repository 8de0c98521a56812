import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDecimal } from '@/lib/units/decimal';
import { rational } from '@/lib/units/rational';
import { ETH, toReserve } from '@/lib/venues/aave-v3/testing';
import { OracleFollower } from './oracle-follower';

/** 8 decimals, 0.5 %, an hour. */
const feed = toReserve(ETH).price;
const HOUR_MS = 3_600_000;
const at = (price: string) => rational(parseDecimal(price, 8), 10n ** 8n);

describe('an oracle that follows the market', () => {
  test('writes at first, then from its threshold on: 3,015 is 0.5 % off 3,000, 3,014.99 is not', () => {
    const oracle = new OracleFollower(feed);
    const answers = ['3000', '3014.99', '2985.01', '3015', '3000'].map(
      (price, index) => oracle.follow(at(price), 1_000 * index).answer,
    );
    // From 3,015 down to 3,000 is 0.4975 %.
    expect(answers).toEqual(['3000', '3000', '3000', '3015', '3015'].map((price) => parseDecimal(price, 8)));
  });

  test('or once its heartbeat is over, and says when', () => {
    const oracle = new OracleFollower(feed);
    oracle.follow(at('3000'), 0);
    expect(oracle.follow(at('3001'), HOUR_MS - 1)).toMatchObject({ updatedAtSeconds: 0 });
    expect(oracle.follow(at('3001'), HOUR_MS)).toMatchObject({
      answer: parseDecimal('3001', 8),
      updatedAtSeconds: 3_600,
    });
  });

  test('a feed that does not publish its threshold has 0.5 %; one that cannot be used stays so', () => {
    const silent = new OracleFollower({ ...feed, deviationBps: undefined });
    silent.follow(at('3000'), 0);
    expect(silent.follow(at('3014.99'), 1).updatedAtSeconds).toBe(0);
    expect(silent.follow(at('3015'), 1_000).updatedAtSeconds).toBe(1);
    const missing = { ...feed, answer: undefined, problem: 'missing' as const };
    expect(new OracleFollower(missing).follow(at('3000'), 0)).toBe(missing);
    expect(new OracleFollower(missing).repeat(at('3000'), 0)).toBe(missing);
  });

  test('is never off by its threshold, never older than its heartbeat, and says no price the market did not have', () => {
    const walk = fc.array(fc.tuple(fc.integer({ min: 950, max: 1_050 }), fc.integer({ min: 1, max: 1_800_000 })), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(walk, (steps) => {
        const oracle = new OracleFollower(feed);
        const seen = new Set<bigint>();
        let [atMs, price] = [0, parseDecimal('3000', 8)];
        for (const [permille, pauseMs] of steps) {
          atMs += pauseMs;
          price = (price * BigInt(permille)) / 1_000n;
          seen.add(price);
          const { answer = 0n, updatedAtSeconds = 0 } = oracle.follow(rational(price, 10n ** 8n), atMs);
          expect(seen.has(answer)).toBe(true);
          const off = answer > price ? answer - price : price - answer;
          expect(off * 10_000n < answer * 50n).toBe(true);
          expect(atMs / 1_000 - updatedAtSeconds).toBeLessThan(3_601);
        }
      }),
      { seed: 20_261_122, numRuns: 200 },
    );
  });

  test('what it answered itself is repeated to the unit, silent as long as nothing changes', () => {
    const oracle = new OracleFollower(feed);
    const written = [
      ['3000', 0],
      ['3000', 60_000],
      ['3000.01', 120_000],
      ['3000.01', 120_000 + HOUR_MS],
    ] as const;
    expect(written.map(([price, atMs]) => oracle.repeat(at(price), atMs).updatedAtSeconds)).toEqual([0, 0, 120, 3_720]);
  });
});
