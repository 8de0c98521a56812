import { WAD, type Wad, wad } from '@/lib/units/fixed';
import { mulDivUp } from '@/lib/units/rounding';

/**
 * Share of a venue's cap that is used, 18 decimals, rounded up (against whoever wants room): total / (cap · 10^decimals).
 * `undefined` where there is no cap or the venue does not tell the total. 750 of 1,000 tokens is 0.75.
 */
export function computeCapUsage(total: bigint | undefined, cap: bigint | undefined, decimals: number): Wad | undefined {
  if (total === undefined || cap === undefined || cap <= 0n) return undefined;
  return wad(mulDivUp(total, WAD, cap * 10n ** BigInt(decimals)));
}
