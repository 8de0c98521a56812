import { divideRational, type Rational, rational } from '@/lib/units/rational';
import type { Exposure, ExposureMeasure } from './exposures';
import { absoluteFine } from './fine-value';

/** How unevenly exposure is spread; all exact. */
export interface Concentration {
  /** Σw², w = |e| / Σ|e|: 1/n when n are equal, 1 when one has all. */
  readonly hhi: Rational;
  /** 1 / HHI: so many equal ones would be as concentrated. */
  readonly effectiveNumber: Rational;
  /** Share of the largest one, five and ten. */
  readonly topShares: readonly { readonly top: number; readonly share: Rational }[];
  /** How many bars there are with an exposure. */
  readonly count: number;
  /** Bars to which something without a price belongs: the figures are of what is known. */
  readonly unpricedCount: number;
}

const TOPS = [1, 5, 10] as const;

/**
 * Concentration of exposures, by gross or by |net|; `undefined` where there is no exposure at all (nothing is concentrated in nothing).
 * Formula: Herfindahl–Hirschman index, `risk-terms`. Example: 60, 30 and 10: HHI 0.46, effective number 2.17…, top one 0.6.
 */
export function computeConcentration(
  exposures: readonly Exposure[],
  measure: ExposureMeasure,
): Concentration | undefined {
  const sizes = exposures
    .map((exposure) => absoluteFine(exposure[measure]))
    .filter((size) => size > 0n)
    .sort((a, b) => (a > b ? -1 : a < b ? 1 : 0));
  const total = sizes.reduce((sum, size) => sum + size, 0n);
  if (total === 0n) return undefined;
  const hhi = rational(
    sizes.reduce((sum, size) => sum + size * size, 0n),
    total * total,
  );
  const shareOf = (top: number): Rational =>
    rational(
      sizes.slice(0, top).reduce((sum, size) => sum + size, 0n),
      total,
    );
  return {
    hhi,
    effectiveNumber: divideRational(rational(1n), hhi),
    topShares: TOPS.map((top) => ({ top, share: shareOf(top) })),
    count: sizes.length,
    unpricedCount: exposures.filter(({ unpricedCount }) => unpricedCount > 0).length,
  };
}
