import { divideRational, minRational, multiplyRational, type Rational, rational } from '@/lib/units/rational';

/** Parameters of Single-Collateral Dai (`makerdao/sai`, `src/fab.sol`): mat 150 %, penalty 13 %, PETH sold 3 % below the oracle; par is 1. */
export const SAI = {
  mat: rational(3n, 2n),
  axe: rational(113n, 100n),
  par: rational(1n),
  saleRate: rational(97n, 100n),
} as const;

export interface Cup {
  /** PETH. */
  readonly ink: Rational;
  /** SAI owed. */
  readonly tab: Rational;
}

/**
 * PETH that `SaiTub.bite` takes: owe = min(ink, tab · axe · par / tag); `tag` is dollars per PETH. The debt is taken whole, the rest of the
 * PETH stays in the cup. Source: `src/tub.sol`.
 * Example: 20 PETH at 0.8 against 10 SAI, axe 1.5: 18.75.
 */
export function computeBite({ ink, tab }: Cup, tag: Rational, { axe, par }: Pick<typeof SAI, 'axe' | 'par'>): Rational {
  if (tag.numerator === 0n) return ink;
  return minRational(ink, divideRational(multiplyRational(multiplyRational(tab, axe), par), tag));
}
