import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scenarios } from './registry';
import {
  computeShockedAnswer,
  isWhatIfActive,
  NO_WHAT_IF,
  nudgeWhatIf,
  scenarioToWhatIf,
  WHAT_IF_MAX_BPS,
  WHAT_IF_MIN_BPS,
} from './what-if';

const weth = { symbol: 'WETH' };
const usdc = { symbol: 'USDC' };

describe('registry', () => {
  test('every file of the catalogue is registered, under one id', () => {
    expect(scenarios).toHaveLength(readdirSync(new URL('./catalog', import.meta.url)).length);
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
  });

  test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    '%s keeps every price above 0 and moves one',
    (_id, scenario) => {
      const moves = [scenario.allBps, ...Object.values(scenario.byFamily)];
      expect(moves.every((move) => move >= WHAT_IF_MIN_BPS && move <= WHAT_IF_MAX_BPS)).toBe(true);
      expect(moves.some((move) => move !== 0)).toBe(true);
    },
  );
});

describe('what-if', () => {
  test('a family moves together, stablecoins stand still under "all"', () => {
    const whatIf = { allBps: -2000, byFamily: {} };
    expect(computeShockedAnswer(300_000_000_000n, weth, whatIf)).toBe(240_000_000_000n);
    expect(computeShockedAnswer(350_000_000_000n, { symbol: 'wstETH' }, whatIf)).toBe(280_000_000_000n);
    expect(computeShockedAnswer(100_000_000n, usdc, whatIf)).toBe(100_000_000n);
  });

  test('shocks multiply and floor: 3,000.00000001 · 0.8 · 0.9', () => {
    expect(computeShockedAnswer(300_000_000_001n, weth, { allBps: -2000, byFamily: { eth: -1000 } })).toBe(
      216_000_000_000n,
    );
  });

  test('a positive price stays positive, an invalid one is left as it is', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 2n ** 100n }),
        fc.integer({ min: WHAT_IF_MIN_BPS, max: WHAT_IF_MAX_BPS }),
        (answer, allBps) => {
          expect(computeShockedAnswer(answer, weth, { allBps, byFamily: {} }) > 0n).toBe(true);
        },
      ),
    );
    expect(computeShockedAnswer(0n, weth, { allBps: -2000, byFamily: {} })).toBe(0n);
    expect(computeShockedAnswer(-5n, weth, { allBps: -2000, byFamily: {} })).toBe(-5n);
  });

  test('nudging stays within bounds, and back to nothing is nothing', () => {
    expect(nudgeWhatIf(NO_WHAT_IF, -20_000).allBps).toBe(WHAT_IF_MIN_BPS);
    expect(isWhatIfActive(nudgeWhatIf(nudgeWhatIf(NO_WHAT_IF, 100), -100))).toBe(false);
  });

  test('a scenario names each family once, its own figure before the common one; gold does not fall with crypto', () => {
    const may = scenarios.find(({ id }) => id === 'may-2021');
    if (!may) throw new Error('may-2021 is missing');
    const whatIf = scenarioToWhatIf(may, [
      { key: 'eth', stable: false },
      { key: 'uni', stable: false },
      { key: 'xaut', stable: false },
      { key: 'usdc', stable: true },
    ]);
    expect(whatIf).toEqual({ allBps: 0, byFamily: { eth: -4371, uni: -4371 } });
  });
});
