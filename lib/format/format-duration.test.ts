import { expect, test } from 'vitest';
import { formatDuration } from './format-duration';

test.each([
  [154_000_000, '4.8 years'], // 4.883…
  [31_536_000, '1.0 year'],
  [31_535_999, '364 days'],
  [5_400, '1.5 hours'],
  [86_400 * 9.99, '9.9 days'],
  [59, 'less than a minute'],
  [0, 'less than a minute'],
  [31_536_000 * 500, 'more than 100 years'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
