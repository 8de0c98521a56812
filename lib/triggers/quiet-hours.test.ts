import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeReleaseMs } from './quiet-hours';
import type { QuietHours } from './trigger';

const NIGHT: QuietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
const release = (quiet: QuietHours | undefined, at: string, severity: 'info' | 'warning' | 'critical' = 'warning') =>
  new Date(computeReleaseMs(severity, quiet, Date.parse(at))).toISOString().replace('.000', '');

describe('by the local clock', () => {
  // Berlin is at UTC+1 in winter.
  test.each([
    ['before', '2026-01-10T20:59:59Z', '2026-01-10T20:59:59Z'],
    ['from the first minute', '2026-01-10T21:00:00Z', '2026-01-11T06:00:00Z'],
    ['after midnight', '2026-01-11T02:13:20Z', '2026-01-11T06:00:00Z'],
    ['to the last second', '2026-01-11T05:59:59Z', '2026-01-11T06:00:00Z'],
    ['at the end', '2026-01-11T06:00:00Z', '2026-01-11T06:00:00Z'],
  ])('%s', (_what, at, expected) => {
    expect(release(NIGHT, at)).toBe(expected);
  });

  test('within a day, and in a zone that is no whole hours off (Nepal, UTC+5:45)', () => {
    const noon = { from: '12:00', to: '13:10', timeZone: 'Asia/Kathmandu' };
    expect(release(noon, '2026-01-10T06:15:00Z')).toBe('2026-01-10T07:25:00Z');
    expect(release(noon, '2026-01-10T06:14:59Z')).toBe('2026-01-10T06:14:59Z');
    expect(release(noon, '2026-01-10T07:25:00Z')).toBe('2026-01-10T07:25:00Z');
  });

  test('critical goes out at once, and so does all without quiet hours', () => {
    expect(release(NIGHT, '2026-01-11T02:13:20Z', 'critical')).toBe('2026-01-11T02:13:20Z');
    expect(release(undefined, '2026-01-11T02:13:20Z')).toBe('2026-01-11T02:13:20Z');
  });
});

describe('where the clock is changed', () => {
  test('put forward within: an hour less', () => {
    // 28 March 2026, 23:30 CET; 29 March, 07:00 CEST.
    expect(release(NIGHT, '2026-03-28T22:30:00Z')).toBe('2026-03-29T05:00:00Z');
  });

  test('put back within: an hour more', () => {
    // 24 October 2026, 23:30 CEST; 25 October, 07:00 CET.
    expect(release(NIGHT, '2026-10-24T21:30:00Z')).toBe('2026-10-25T06:00:00Z');
  });

  test('put forward over the end: it ends with that', () => {
    // 02:00 CET is 03:00 CEST, at 01:00 UTC: there is no 02:30.
    const early = { ...NIGHT, to: '02:30' };
    expect(release(early, '2026-03-29T00:30:00Z')).toBe('2026-03-29T01:00:00Z');
  });

  test('put back to before the end: until the end comes again', () => {
    // 03:00 CEST is 02:00 CET, at 01:00 UTC.
    const early = { ...NIGHT, to: '03:00' };
    expect(release(early, '2026-10-25T00:30:00Z')).toBe('2026-10-25T02:00:00Z');
    // At 02:30 it ends before the clock is put back, and begins again with that.
    const earlier = { ...NIGHT, to: '02:30' };
    expect(release(earlier, '2026-10-25T00:10:00Z')).toBe('2026-10-25T00:30:00Z');
    expect(release(earlier, '2026-10-25T01:10:00Z')).toBe('2026-10-25T01:30:00Z');
  });

  test('is the first minute that is not quiet, minute by minute', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns'];
    const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    const write = ([hours, minutes]: readonly [number, number]) =>
      `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
    // Around both changes of each zone in 2026, to the minute.
    const around = fc
      .tuple(
        fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-04', '2026-10-03', '2026-10-25', '2026-11-01'),
        fc.integer({ min: -1_440, max: 1_440 }),
      )
      .map(([day, minutes]) => Date.parse(`${day}T00:00:00Z`) + minutes * 60_000);
    fc.assert(
      fc.property(clock, clock, fc.constantFrom(...zones), around, (fromTime, toTime, timeZone, atMs) => {
        const [from, to] = [write(fromTime), write(toTime)];
        fc.pre(from !== to);
        const local = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' });
        const isQuiet = (ms: number) => {
          const now = local.format(ms);
          return from < to ? now >= from && now < to : now >= from || now < to;
        };
        let expected = atMs;
        while (isQuiet(expected)) expected += 60_000;
        expect(computeReleaseMs('info', { from, to, timeZone }, atMs)).toBe(expected);
      }),
      { seed: 20_261_124, numRuns: 400 },
    );
  });
});
