import { expect, test } from 'vitest';
import { rational } from './rational';
import { reduceRational } from './reduce-rational';

test.each([
  [rational(6n, 4n), rational(3n, 2n)],
  [rational(-6n, 4n), rational(-3n, 2n)],
  [rational(0n, 7n), rational(0n)],
  [rational(5n, 3n), rational(5n, 3n)],
])('%o in lowest terms is %o', (value, lowest) => {
  expect(reduceRational(value)).toEqual(lowest);
});
