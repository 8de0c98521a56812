import { formatNumber } from '@/lib/format/format-number';
import { formatChange } from '@/lib/format/format-percent';
import type { Coverage } from '@/lib/risk/exposure/coverage';
import type { Rational } from '@/lib/units/rational';

const count = (value: number): string => formatNumber(value, 0);

/** "1 position", "10,000 positions". */
export const countPositions = (value: number): string => `${count(value)} ${value === 1 ? 'position' : 'positions'}`;

/** A share as percent, without the sign a change has: down where it is said to be the least, up where more of it is worse. */
export const formatShare = (share: Rational, rounding: 'down' | 'up'): string =>
  formatChange(share, rounding).replace('+', '');

/**
 * What of an aggregate could not be priced, in words: "12 of 10,000 positions could not be priced, at least 0.3 % of the value known".
 */
export function describeCoverage({ pricedCount, unpricedCount, unpricedShareAtLeast }: Coverage): string {
  const total = pricedCount + unpricedCount;
  const positions = countPositions(total);
  if (total === 0) return 'No positions.';
  if (unpricedCount === 0) return `All of ${positions} priced.`;
  const share =
    unpricedShareAtLeast === null
      ? 'which share of the value that is, is not known'
      : `at least ${formatShare(unpricedShareAtLeast, 'down')} of the known value stands in them`;
  return `${count(unpricedCount)} of ${positions} could not be priced: ${share}, and what has no price comes on top.`;
}
