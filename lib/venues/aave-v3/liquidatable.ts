import { BPS, WAD } from '@/lib/units/fixed';

const TWO_WAD = 2n * WAD;

/** ⌊debt / 2e18⌋: what half-up division gives away, in Σ value·threshold. Nil below 20 billion dollars of debt. */
export const computeHalfUpGift = (debt: bigint): bigint => debt / TWO_WAD;

/**
 * How far an account is past liquidation, an integer: liquidatable exactly when above 0. `byThreshold` = Σ value·threshold in basis points
 * times base currency, `debt` base currency.
 *
 * The contract liquidates at ⌊wadDiv(N, D)/10⁴⌋ < 1e18, with wadDiv(N, D) = ⌊(N·1e18 + ⌊D/2⌋)/D⌋. Each floor undone from the outside in
 * (for an integer n: ⌊x⌋ < n ⇔ x < n): N·1e18 + ⌊D/2⌋ < 10²²·D ⇔ N < 10⁴·D − ⌊D/2⌋/1e18 ⇔ N < 10⁴·D − ⌊⌊D/2⌋/1e18⌋, the last because N
 * is an integer. So: excess = 10⁴·D − ⌊D/2e18⌋ − N > 0. It is below 0 without debt too, where it must be: D = 0 gives −N ≤ 0.
 */
export const computeExcess = (byThreshold: bigint, debt: bigint): bigint =>
  BPS * debt - computeHalfUpGift(debt) - byThreshold;
