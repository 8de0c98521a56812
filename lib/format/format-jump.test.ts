import { expect, test } from 'vitest';
import { formatJump, formatJumpFactor } from './format-jump';

test.each([
  [300n, 3_000n, '×10'],
  [3_000n, 300n, '÷10'],
  [300n, 1_050n, '×3.5'],
  [300n, 1_049n, '×3.4'],
  [100n, 1_299n, '×12'],
  [100n, 400n, '×4'],
])('%d to %d is %s', (from, to, expected) => {
  expect(formatJumpFactor(from, to)).toBe(expected);
});

test('with the time, where it is known', () => {
  expect(formatJump({ from: 1n, to: 10n, withinSeconds: 185 }).replace(/\s/g, ' ')).toBe('jumped ×10 within 3 min');
  expect(formatJump({ from: 1n, to: 10n, withinSeconds: undefined })).toBe('jumped ×10 in one write');
});
