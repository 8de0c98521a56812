import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLeastAmount, findMostAmount } from './find-edge-amount';

const amounts = fc.bigInt({ min: 0n, max: 2n ** 70n });

test('finds the edge wherever the search starts, and tries it about as often as the start is off in bits', () => {
  fc.assert(
    fc.property(amounts, amounts, amounts, (edge, start, room) => {
      const most = edge + room;
      let tries = 0;
      const least = findLeastAmount({
        start,
        most,
        holds: (amount) => {
          tries += 1;
          return amount >= edge;
        },
      });
      expect(least).toBe(edge);
      expect(tries).toBeLessThan(300);
      expect(findMostAmount({ start, most, holds: (amount) => amount <= edge })).toBe(edge);
    }),
  );
});

test('nothing up to the most, or all of it', () => {
  expect(findLeastAmount({ start: 5n, most: 10n, holds: () => false })).toBeUndefined();
  expect(findLeastAmount({ start: 5n, most: 10n, holds: () => true })).toBe(0n);
  expect(findMostAmount({ start: 5n, most: 10n, holds: () => true })).toBe(10n);
  expect(findMostAmount({ start: 5n, most: 10n, holds: () => false })).toBeUndefined();
  expect(findMostAmount({ start: 50n, most: 10n, holds: (amount) => amount <= 7n })).toBe(7n);
});
