import { expect, test } from 'vitest';
import { parseDecimal } from '@/lib/units/decimal';
import { computeWarnLevel } from './warn-level';

const DECIMALS = 8;
const at = (price: string) => parseDecimal(price, DECIMALS);

test.each([
  // 5 % of 2,000 is 100.
  ['below', '2000', '3000', '2100'],
  // Half of the 50 that are left.
  ['below', '2000', '2050', '2025'],
  // 1,234.56789 · 1.05 = 1,296.2962…, up to four digits.
  ['below', '1234.56789', '3000', '1297'],
  // 2,000 + 0.25; four digits would be 2,001, past today's.
  ['below', '2000', '2000.5', '2000.25'],
  // 3,000 − 150.
  ['above', '3000', '2000', '2850'],
  // 0.51237 − 0.0256185 = 0.4867515, down to four digits.
  ['above', '0.51237', '0.2', '0.4867'],
] as const)('a liquidation %s %s at %s today is warned of at %s', (direction, answer, today, level) => {
  expect(computeWarnLevel({ answer: at(answer), decimals: DECIMALS, direction }, at(today))).toBe(level);
});

test('a price that is past already is no warning', () => {
  const price = { answer: at('2000'), decimals: DECIMALS } as const;
  for (const today of ['2000', '1999']) {
    expect(computeWarnLevel({ ...price, direction: 'below' }, at(today))).toBeUndefined();
  }
  expect(computeWarnLevel({ ...price, direction: 'above' }, at('2000.1'))).toBeUndefined();
});
