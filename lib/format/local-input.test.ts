import { expect, test } from 'vitest';
import { formatLocalInput, parseLocalInput } from './local-input';

test('a moment comes out of its field as it went in, to the minute', () => {
  for (const timeMs of [0, 1_800_000_000_000, Date.UTC(2026, 6, 1, 12, 30)]) {
    expect(parseLocalInput(formatLocalInput(timeMs))).toBe(timeMs - (timeMs % 60_000));
  }
  expect(formatLocalInput(Number.NaN)).toBe('');
});

test('by the reader’s own clock', () => {
  // That of the machine, whatever its zone is.
  expect(parseLocalInput('2026-07-01T12:30')).toBe(new Date(2026, 6, 1, 12, 30).getTime());
});

test.each(['', '2026-07-01', '12:30', '2026-13-01T12:30', 'tomorrow', '2026-07-01T12:30Z'])(
  '%j is no moment',
  (text) => {
    expect(parseLocalInput(text)).toBeUndefined();
  },
);
