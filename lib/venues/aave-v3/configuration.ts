import { bps } from '@/lib/units/fixed';
import type { ReserveConfiguration } from './state';

const field = (word: bigint, from: number, bits: number): bigint =>
  (word >> BigInt(from)) & ((1n << BigInt(bits)) - 1n);
const flag = (word: bigint, bit: number): boolean => field(word, bit, 1) === 1n;
const cap = (tokens: bigint): bigint | undefined => (tokens === 0n ? undefined : tokens);

/**
 * Takes a reserve's configuration word apart. Bit positions: `ReserveConfiguration.sol` of Aave v3.6.
 *
 * Example: a word whose lowest 32 bits are 0x206c1f72 has LTV 8050 (0x1f72) and threshold 8300 (0x206c) basis points.
 */
export const parseReserveConfiguration = (word: bigint): ReserveConfiguration => ({
  ltv: bps(field(word, 0, 16)),
  liquidationThreshold: bps(field(word, 16, 16)),
  liquidationBonus: bps(field(word, 32, 16)),
  decimals: Number(field(word, 48, 8)),
  active: flag(word, 56),
  frozen: flag(word, 57),
  borrowingEnabled: flag(word, 58),
  paused: flag(word, 60),
  borrowableInIsolation: flag(word, 61),
  siloedBorrowing: flag(word, 62),
  reserveFactor: bps(field(word, 64, 16)),
  borrowCap: cap(field(word, 80, 36)),
  supplyCap: cap(field(word, 116, 36)),
  liquidationProtocolFee: bps(field(word, 152, 16)),
  debtCeiling: field(word, 212, 40),
});
