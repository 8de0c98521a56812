import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateTrigger } from './evaluate-trigger';
import { parseTrigger } from './parse-trigger';
import { prepareTrigger } from './prepare-trigger';
import { asset, position, subject } from './testing/subjects';
import type { Trigger, TriggerCondition } from './trigger';
import { combineTruths, type Truth } from './truth';

const HEALTH = { kind: 'health-factor', side: 'below', level: '1.25' } as const;
const PRICE = { kind: 'price-level', side: 'below', level: '2500', params: { asset: 'ETH' } } as const;

const prepare = (conditions: readonly Partial<TriggerCondition>[], combine: Trigger['combine'] = 'all') =>
  prepareTrigger(
    parseTrigger({
      name: 'Test',
      scope: { type: 'owner', owner: 'Alice', book: 'desk' },
      combine,
      conditions,
      severity: 'warning',
      channels: [],
    }),
  );

/** A subject with one position of that health factor, and ETH at that price; '?' for unknown. */
const seen = (healthFactor: string | null, price = '3000') =>
  subject([position('p1', { atOracle: { healthFactor } })], [asset('ETH', { oracle: { price } })]);

const truths = (...args: Parameters<typeof evaluateTrigger>): readonly [Truth, Truth] => {
  const { met, still } = evaluateTrigger(...args);
  return [met, still];
};

describe('one condition', () => {
  test('is strict: at the level itself it is not past it', () => {
    const below = prepare([HEALTH]);
    expect(truths(below, seen('1.249999999999999999'))).toEqual(['true', 'true']);
    expect(truths(below, seen('1.25'))).toEqual(['false', 'false']);
    const above = prepare([{ ...HEALTH, side: 'above' }]);
    expect(truths(above, seen('1.250000000000000001'))).toEqual(['true', 'true']);
    expect(truths(above, seen('1.25'))).toEqual(['false', 'false']);
  });

  test('still holds until the second level, and there no more', () => {
    const trigger = prepare([{ ...HEALTH, rearm: '1.4' }]);
    expect(truths(trigger, seen('1.2'))).toEqual(['true', 'true']);
    expect(truths(trigger, seen('1.3'))).toEqual(['false', 'true']);
    expect(truths(trigger, seen('1.4'))).toEqual(['false', 'false']);
    const above = prepare([{ ...HEALTH, side: 'above', level: '2', rearm: '1.8' }]);
    expect(truths(above, seen('1.9'))).toEqual(['false', 'true']);
    expect(truths(above, seen('1.8'))).toEqual(['false', 'false']);
  });

  test('what does not exist is not past it; what is unknown may be, and says why', () => {
    expect(truths(prepare([HEALTH]), seen(null))).toEqual(['false', 'false']);
    const blind = evaluateTrigger(prepare([HEALTH]), seen('?'));
    expect(blind).toMatchObject({ met: 'unknown', still: 'unknown', reason: { code: 'not-read-yet' } });
    expect(evaluateTrigger(prepare([HEALTH]), seen('1.2')).reason).toBeUndefined();
  });

  test('beside an unknown position it may still hold for certain though it is not met for certain', () => {
    const two = subject([
      position('p1', { atOracle: { healthFactor: '1.3' } }),
      position('p2', { atOracle: { healthFactor: '?' } }),
    ]);
    expect(truths(prepare([{ ...HEALTH, rearm: '1.4' }]), two)).toEqual(['unknown', 'true']);
  });

  test('an asset that is named is seen though others are not', () => {
    const eth = asset('ETH', { oracle: { price: '2400' } });
    const partly = subject([], [eth], { code: 'chain-unreachable', text: 'The chain does not answer.' });
    expect(truths(prepare([{ ...PRICE, level: '2300' }]), partly)).toEqual(['false', 'false']);
    expect(truths(prepare([{ kind: 'oracle-stale', side: 'above', level: '1.1' }]), partly)).toEqual([
      'unknown',
      'unknown',
    ]);
  });

  test('what can be liquidated is past every level', () => {
    const recovery = subject([position('p1', { atOracle: { healthFactor: '1.3', liquidatable: true } })]);
    expect(truths(prepare([{ ...HEALTH, level: '1.1', rearm: '1.2' }]), recovery)).toEqual(['true', 'true']);
  });
});

describe('several conditions', () => {
  test('all: one that is not met decides, whatever cannot be seen', () => {
    const all = prepare([HEALTH, PRICE]);
    expect(truths(all, seen('1.2', '2400'))).toEqual(['true', 'true']);
    expect(truths(all, seen('1.2', '2600'))).toEqual(['false', 'false']);
    expect(truths(all, seen('?', '2600'))).toEqual(['false', 'false']);
    expect(truths(all, seen('?', '2400'))).toEqual(['unknown', 'unknown']);
  });

  test('any: one that is met decides', () => {
    const any = prepare([HEALTH, PRICE], 'any');
    expect(truths(any, seen('?', '2400'))).toEqual(['true', 'true']);
    expect(truths(any, seen('?', '2600'))).toEqual(['unknown', 'unknown']);
    expect(truths(any, seen('1.3', '2600'))).toEqual(['false', 'false']);
  });

  test('of nothing: all holds, any does not', () => {
    expect(combineTruths('all', [])).toBe('true');
    expect(combineTruths('any', [])).toBe('false');
  });
});

test('what is said of a partly seen subject stays true whatever the rest turns out to be', () => {
  const written = fc.constantFrom('?', '1', '1.2', '1.25', '1.3', '1.4', '2', null);
  const settled = fc.constantFrom('1', '1.2', '1.25', '1.3', '1.4', '2', null);
  const price = fc.constantFrom('?', '2400', '2600');
  let certain = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(written, settled), { minLength: 1, maxLength: 4 }),
      fc.tuple(price, fc.constantFrom('2400', '2600')),
      fc.constantFrom('all' as const, 'any' as const),
      fc.constantFrom('below' as const, 'above' as const),
      (figures, [seenPrice, laterPrice], combine, side) => {
        const rearm = side === 'below' ? '1.4' : '1.2';
        const trigger = prepare([{ ...HEALTH, side, rearm }, PRICE], combine);
        const at = (settle: boolean) =>
          subject(
            figures.map(([first, later], index) =>
              position(`p${index}`, { atOracle: { healthFactor: settle && first === '?' ? later : first } }),
            ),
            [asset('ETH', { oracle: { price: settle && seenPrice === '?' ? laterPrice : seenPrice } })],
          );
        const [before, after] = [evaluateTrigger(trigger, at(false)), evaluateTrigger(trigger, at(true))];
        for (const name of ['met', 'still'] as const) {
          expect(after[name]).not.toBe('unknown');
          if (before[name] === 'unknown') continue;
          expect(after[name]).toBe(before[name]);
          certain += figures.some(([first]) => first === '?') ? 1 : 0;
        }
        if (after.met === 'true') expect(after.still).toBe('true');
      },
    ),
    { seed: 20_261_123, numRuns: 2_000 },
  );
  expect(certain).toBeGreaterThan(200);
});
