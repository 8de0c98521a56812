import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDecimal, parseDecimal } from '@/lib/units/decimal';
import { parseTrigger } from '../parse-trigger';
import { position, subject } from '../testing/subjects';
import { type BacktestSample, runBacktest } from './run-backtest';
import { suggestLevel } from './suggest-level';

const MINUTE_MS = 60_000;

const trigger = (changes: object = {}, condition: object = {}) =>
  parseTrigger({
    name: 'Test',
    scope: { type: 'position', id: 'p1' },
    conditions: [{ kind: 'health-factor', side: 'below', level: '1.2', ...condition }],
    severity: 'warning',
    channels: [],
    ...changes,
  });

/** Health factors a minute apart, liquidatable below 1. */
const series = (healthFactors: readonly string[]): readonly BacktestSample[] =>
  healthFactors.map((healthFactor, index) => ({
    atMs: index * MINUTE_MS,
    subject: subject([
      position('p1', {
        atOracle: { healthFactor, liquidatable: healthFactor === '?' ? '?' : Number(healthFactor) < 1 },
      }),
    ]),
  }));
const minutes = (times: readonly number[]) => times.map((time) => time / MINUTE_MS);

describe('what a trigger would have done', () => {
  test('firings, the one for nothing, and the time that was left', () => {
    const report = runBacktest(trigger(), series(['1.3', '1.1', '1.3', '1.1', '0.9', '1.3']));
    expect(minutes(report.firings)).toEqual([1, 3]);
    expect(report).toMatchObject({
      liquidations: [{ atMs: 4 * MINUTE_MS, warnedAtMs: 3 * MINUTE_MS }],
      missedCount: 0,
      falseAlarmCount: 1,
      shortestLeadMs: MINUTE_MS,
      blindCount: 0,
    });
  });

  test('a firing that comes with the liquidation warned of nothing', () => {
    const report = runBacktest(trigger(), series(['1.3', '0.9', '0.8', '1.3']));
    expect(minutes(report.firings)).toEqual([1]);
    expect(report).toMatchObject({ missedCount: 1, falseAlarmCount: 0, shortestLeadMs: null });
  });

  test('a dwell that is too long misses it, what is still open at the end is no false alarm', () => {
    const slow = trigger({ dwell: { seconds: 120, ticks: 1 } });
    // True from minute 1, two minutes by 3.
    expect(minutes(runBacktest(slow, series(['1.3', '1.1', '1.1', '1.1'])).firings)).toEqual([3]);
    expect(runBacktest(slow, series(['1.3', '1.1', '1.1', '1.1'])).falseAlarmCount).toBe(0);
    expect(runBacktest(slow, series(['1.3', '1.1', '0.9'])).missedCount).toBe(1);
  });

  test('unknown is counted, and neither fires nor ends a warning', () => {
    const report = runBacktest(trigger(), series(['1.1', '?', '?', '0.9']));
    expect(report).toMatchObject({ blindCount: 2, missedCount: 0, shortestLeadMs: 3 * MINUTE_MS });
    expect(minutes(report.firings)).toEqual([0]);
  });

  test('an expiry of today does not end a series of the past or of the future', () => {
    const expired = trigger({ expiresAt: '1970-01-01T00:00:00Z' });
    expect(minutes(runBacktest(expired, series(['1.1'])).firings)).toEqual([0]);
  });
});

describe('the level for a wished time', () => {
  test('holds without a break from then on', () => {
    const falling = series(['1.3', '1.2', '1.1', '0.9']);
    expect(suggestLevel(trigger(), falling, 2 * MINUTE_MS)).toMatchObject({
      exists: true,
      level: '1.2001',
      report: { shortestLeadMs: 2 * MINUTE_MS, missedCount: 0 },
    });
    // With a dwell of a minute it must hold from 1.3 on.
    const dwelling = trigger({ dwell: { seconds: 60, ticks: 1 } });
    expect(suggestLevel(dwelling, falling, 2 * MINUTE_MS)).toMatchObject({ level: '1.3001' });
    // The bump in between is above what it was before.
    const bumpy = series(['1.2', '1.1', '1.25', '0.9']);
    expect(suggestLevel(trigger(), bumpy, 2 * MINUTE_MS)).toMatchObject({ level: '1.2501' });
  });

  test('none, and why', () => {
    const falling = series(['1.3', '1.2', '1.1', '0.9']);
    const two = trigger({ conditions: [...trigger().conditions, ...trigger().conditions] });
    const nones = [
      suggestLevel(two, falling, MINUTE_MS),
      suggestLevel(trigger(), series(['1.3', '1.2']), MINUTE_MS),
      suggestLevel(trigger(), falling, 4 * MINUTE_MS),
      suggestLevel(trigger(), series(['1.3', '?', '0.9']), MINUTE_MS),
      suggestLevel(trigger(), series(['1001', '0.9']), MINUTE_MS),
    ].map((suggestion) => (suggestion.exists ? '' : suggestion.text));
    expect(new Set(nones).size).toBe(4);
    expect(nones).not.toContain('');
  });

  test('gives that time before every liquidation, and a step less does not', () => {
    const walk = fc.array(fc.integer({ min: -900, max: 850 }), { minLength: 5, maxLength: 40, size: 'max' });
    let found = 0;
    fc.assert(
      fc.property(walk, fc.integer({ min: 1, max: 4 }), (steps, lead) => {
        let health = 12_000n;
        const figures = steps.map((step) => {
          health += BigInt(step);
          health = health < 5_000n ? 5_000n : health;
          return formatDecimal(health, 4);
        });
        const samples = series(['1.2', ...figures]);
        const suggestion = suggestLevel(trigger(), samples, lead * MINUTE_MS);
        if (!suggestion.exists) return;
        found += 1;
        const leadAt = (level: string) => runBacktest(trigger({}, { level }), samples);
        expect(suggestion.report.missedCount).toBe(0);
        expect(suggestion.report.shortestLeadMs).toBeGreaterThanOrEqual(lead * MINUTE_MS);
        const lower = leadAt(formatDecimal(parseDecimal(suggestion.level, 4) - 1n, 4));
        expect(lower.missedCount > 0 || (lower.shortestLeadMs ?? 0) < lead * MINUTE_MS).toBe(true);
      }),
      { seed: 20_261_125, numRuns: 1_000 },
    );
    expect(found).toBeGreaterThan(100);
  });
});
