import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AssetId, toAssetId } from '@/lib/domain/asset';
import type { RawTick } from './price-feed';
import { emptyTickGuard, judgeTicks, startSession, type TickGuardState } from './tick-guard';

const ETH = toAssetId(31_337, `0x${'11'.repeat(20)}`);
const BTC = toAssetId(31_337, `0x${'22'.repeat(20)}`);
const isKnown = (id: string): id is AssetId => id === ETH || id === BTC;
const limits = { absurdFactor: 3, absurdConfirmations: 5, absurdAgreementBps: 500n };

/** Feeds prices one tick a second and tells what became of each. */
function play(prices: readonly string[], start: TickGuardState = emptyTickGuard, from = 1) {
  let state = start;
  const verdicts = prices.map((price, index) => {
    const tick: RawTick = { assetId: ETH, price, observedAtMs: (from + index) * 1_000, sequence: from + index };
    const result = judgeTicks(state, [tick], {
      isKnown,
      source: 'test',
      receivedAtMs: 50_000 + (from + index) * 1_000,
      limits,
    });
    state = result.state;
    return result.accepted.length === 1 && result.rejected.length === 0;
  });
  return { state, verdicts, last: state.accepted.get(ETH) };
}

describe('one asset', () => {
  test('a price is taken with its times and cut to 8 decimals', () => {
    expect(play(['3000.1234567899']).last).toEqual({
      assetId: ETH,
      answer: 300_012_345_678n,
      observedAtMs: 1_000,
      receivedAtMs: 51_000,
      source: 'test',
    });
  });

  test.each(['0', '0.000000001', '-1', '-0.5', 'NaN', 'Infinity', '1e3', '', ' 1', '0x10', '1,000'])(
    '%j is refused, and the last price keeps its own time',
    (bad) => {
      const { verdicts, last } = play(['3000', bad]);
      expect(verdicts).toEqual([true, false]);
      expect(last).toMatchObject({ answer: 300_000_000_000n, receivedAtMs: 51_000 });
    },
  );

  test('a jump up or down is refused until five ticks agree', () => {
    for (const far of ['9001', '999']) {
      expect(play(['3000', far, far, far, far, far]).verdicts).toEqual([true, false, false, false, false, true]);
    }
  });

  test('exactly the factor is no jump', () => {
    expect(play(['3000', '9000']).verdicts).toEqual([true, true]);
    expect(play(['3000', '1000']).verdicts).toEqual([true, true]);
  });

  test('an ordinary tick, a disagreeing one or an invalid one in between starts the count again', () => {
    for (const between of ['3001', '20000', '0']) {
      const { verdicts } = play(['3000', '9500', '9500', '9500', '9500', between, '9500', '9500', '9500', '9500']);
      expect(verdicts.slice(6)).toEqual([false, false, false, false]);
    }
  });

  test('a slow drift of any length is never absurd', () => {
    const prices = Array.from({ length: 60 }, (_, i) => (3_000 * 1.1 ** i).toFixed(8));
    expect(play(prices).verdicts.every(Boolean)).toBe(true);
  });

  test('out of order by number or by time is refused; a new session may number anew', () => {
    const { state } = play(['3000', '3001'], emptyTickGuard, 10);
    const judge = (from: TickGuardState, sequence: number, observedAtMs: number) =>
      judgeTicks(from, [{ assetId: ETH, price: '3002', sequence, observedAtMs }], {
        isKnown,
        source: 'test',
        receivedAtMs: 1,
        limits,
      }).accepted.length;
    expect(judge(state, 11, 12_000)).toBe(0);
    expect(judge(state, 12, 10_000)).toBe(0);
    expect(judge(state, 12, 11_000)).toBe(1);
    expect(judge(startSession(state), 1, 1_000)).toBe(1);
    expect(startSession(state).accepted.get(ETH)?.answer).toBe(300_100_000_000n);
  });
});

test('assets are judged apart, and unknown ones refused', () => {
  const tick = (assetId: string, price: string, sequence: number) => ({
    assetId,
    price,
    sequence,
    observedAtMs: sequence,
  });
  const { accepted, rejected } = judgeTicks(
    emptyTickGuard,
    [tick(ETH, '3000', 5), tick(BTC, '90000', 1), tick('eip155:1/erc20:0x', '1', 1), tick(ETH, '3001', 6)],
    { isKnown, source: 'test', receivedAtMs: 7, limits },
  );
  expect(accepted.map(({ assetId, answer }) => [assetId, answer])).toEqual([
    [ETH, 300_100_000_000n],
    [BTC, 9_000_000_000_000n],
  ]);
  expect(rejected).toEqual([{ assetId: 'eip155:1/erc20:0x', reason: expect.any(String), atMs: 7 }]);
});

test('whatever comes: accepted prices are positive, times never go back within a session, and no jump passes unconfirmed', () => {
  const price = fc.oneof(
    fc.double({ min: 1e-9, max: 1e9, noNaN: true }).map((value) => value.toFixed(10)),
    fc.constantFrom('0', '-3', 'NaN', '', '3000', '3000', '3010'),
    fc.string(),
  );
  const step = fc.record({
    price,
    sequence: fc.integer({ min: 0, max: 40 }),
    observedAtMs: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let state = emptyTickGuard;
      let run = 0;
      for (const [index, tick] of steps.entries()) {
        const before = state.accepted.get(ETH);
        const result = judgeTicks(state, [{ assetId: ETH, ...tick }], {
          isKnown,
          source: 't',
          receivedAtMs: index,
          limits,
        });
        state = result.state;
        // Every tick has exactly one fate.
        expect(result.accepted.length + result.rejected.length).toBe(1);
        const after = result.accepted[0];
        if (!after) {
          expect(state.accepted.get(ETH)).toBe(before);
          run += 1;
          continue;
        }
        expect(after.answer > 0n).toBe(true);
        if (before) {
          expect(after.observedAtMs).toBeGreaterThanOrEqual(before.observedAtMs);
          const far = after.answer > 3n * before.answer || before.answer > 3n * after.answer;
          if (far) expect(run).toBeGreaterThanOrEqual(limits.absurdConfirmations - 1);
        }
        run = 0;
      }
    }),
  );
});
