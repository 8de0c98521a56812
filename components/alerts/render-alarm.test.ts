import { describe, expect, test } from 'vitest';
import { SEVERITIES } from '@/lib/triggers/trigger';
import { renderAlarm } from './render-alarm';

const RATE = 48_000;
const loudest = (samples: Float32Array, from: number, to: number) =>
  samples.slice(from * RATE, to * RATE).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('the alarm', () => {
  test('info is one pair of tones and a rest: 2 × 0.24 s + 0.2 s', () => {
    expect(renderAlarm('info', RATE)).toHaveLength(32_640);
  });

  test('critical is four pairs, each louder than the last, and 1.2 s of rest: 8 × 0.24 s + 1.2 s', () => {
    const samples = renderAlarm('critical', RATE);
    expect(samples).toHaveLength(149_760);
    const pairs = [0, 1, 2, 3].map((pair) => loudest(samples, pair * 0.48, (pair + 1) * 0.48));
    expect(pairs).toEqual([...pairs].sort((a, b) => a - b));
    expect(new Set(pairs).size).toBe(4);
    expect(loudest(samples, 1.95, 3.12)).toBe(0);
  });

  test('two tones: 880 Hz crosses zero upwards 880 × 0.18 = 158 times in its beep, 1,174.66 Hz 211 times', () => {
    const samples = renderAlarm('warning', RATE);
    const crossings = (from: number) => {
      let count = 0;
      for (let i = Math.round(from * RATE) + 1; i < (from + 0.18) * RATE; i += 1) {
        if ((samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0) count += 1;
      }
      return count;
    };
    expect(Math.abs(crossings(0) - 158)).toBeLessThanOrEqual(1);
    expect(Math.abs(crossings(0.24) - 211)).toBeLessThanOrEqual(1);
  });

  test.each(SEVERITIES)(
    '%s is never clipped, and begins and ends in silence, so that a loop does not crack',
    (severity) => {
      const samples = renderAlarm(severity, RATE);
      expect(loudest(samples, 0, 4)).toBeLessThanOrEqual(1);
      expect(loudest(samples, 0, 4)).toBeGreaterThan(0.2);
      expect([samples[0], samples.at(-1)]).toEqual([0, 0]);
    },
  );
});
