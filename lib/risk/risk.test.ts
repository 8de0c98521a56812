import { describe, expect, test } from 'vitest';
import { toAssetId } from '@/lib/domain/asset';
import { known, unknown } from '@/lib/domain/known';
import type { OraclePrice } from '@/lib/domain/price';
import { wad } from '@/lib/units/fixed';
import { computeOracleState } from './oracle-state';
import { computeRiskClass, RISK_CLASSES, worseRiskClass } from './risk-class';

const at = (healthFactor: bigint | null, liquidatable = false) =>
  computeRiskClass({
    healthFactor: known(healthFactor === null ? null : wad(healthFactor)),
    liquidatable: known(liquidatable),
  });

describe('risk class', () => {
  test.each([
    [1_500_000_000_000_000_000n, 'safe'],
    [1_499_999_999_999_999_999n, 'watch'],
    [1_250_000_000_000_000_000n, 'watch'],
    [1_249_999_999_999_999_999n, 'warning'],
    [1_080_000_000_000_000_000n, 'warning'],
    [1_079_999_999_999_999_999n, 'danger'],
    [1_000_000_000_000_000_000n, 'danger'],
  ])('%d is %s', (healthFactor, expected) => {
    expect(at(healthFactor)).toBe(expected);
  });

  test('the venue decides what is liquidatable, whatever the health factor says', () => {
    expect(at(1_400_000_000_000_000_000n, true)).toBe('liquidatable');
  });

  test('no debt is safe, an unknown figure is unknown', () => {
    expect(at(null)).toBe('safe');
    expect(computeRiskClass({ healthFactor: unknown('price-invalid', 'x'), liquidatable: known(false) })).toBe(
      'unknown',
    );
    expect(
      computeRiskClass({ healthFactor: known(wad(2n * 10n ** 18n)), liquidatable: unknown('price-invalid', 'x') }),
    ).toBe('unknown');
  });

  test('the worse of two never is safer than either; unknown hides only what is known to be liquidatable', () => {
    for (const a of RISK_CLASSES) {
      for (const b of RISK_CLASSES) {
        expect(worseRiskClass(a, b)).toBe(worseRiskClass(b, a));
        if (a === 'liquidatable') expect(worseRiskClass(a, b)).toBe('liquidatable');
        else if (a === 'unknown' && b !== 'liquidatable') expect(worseRiskClass(a, b)).toBe('unknown');
      }
    }
    expect(worseRiskClass('safe', 'danger')).toBe('danger');
  });
});

describe('oracle state', () => {
  const price: OraclePrice = {
    assetId: toAssetId(1, `0x${'1'.repeat(40)}`),
    feed: undefined,
    answer: 1n,
    decimals: 8,
    updatedAtSeconds: 1_000,
    roundId: 1n,
    rounds: [],
    heartbeatSeconds: 3_600,
    deviationBps: 50,
    problem: undefined,
  };

  test('live until the heartbeat and its grace, late after', () => {
    expect(computeOracleState(price, 1_000 + 3_600 + 120).state).toBe('live');
    expect(computeOracleState(price, 1_000 + 3_600 + 121)).toEqual({ state: 'late', ageSeconds: 3_721 });
  });

  test('a feed that does not tell its age is late, never live', () => {
    expect(computeOracleState({ ...price, updatedAtSeconds: undefined }, 2_000)).toEqual({
      state: 'late',
      ageSeconds: undefined,
    });
  });

  test('0 and negative are invalid, unread is missing', () => {
    expect(computeOracleState({ ...price, answer: 0n }, 1_000).state).toBe('invalid');
    expect(computeOracleState({ ...price, answer: -1n }, 1_000).state).toBe('invalid');
    expect(computeOracleState({ ...price, answer: undefined, problem: 'missing' }, 1_000).state).toBe('missing');
  });
});
