import { policy } from '@/lib/config/policy';
import type { Asset } from '@/lib/domain/asset';
import { computeAssetFamily } from '@/lib/domain/asset-family';
import { BPS } from '@/lib/units/fixed';
import { absoluteRational, compareRational, type Rational, rational } from '@/lib/units/rational';
import type { NearestLiquidation } from './position-row';

const FAR_DEPEG = rational(BigInt(policy.risk.greatestDepegBps), BPS);

interface Distance {
  readonly asset: Pick<Asset, 'symbol'>;
  /** P_liq / P − 1. */
  readonly distance: Rational;
}

/** How far a move is, in a volatile asset's measure; and whether it is more than a dollar stablecoin is thought able to make. */
function judge({ asset, distance }: Distance): { readonly far: boolean; readonly size: Rational } {
  const size = absoluteRational(distance);
  if (!computeAssetFamily(asset).stable) return { far: false, size };
  return {
    far: compareRational(size, FAR_DEPEG) > 0,
    size: rational(size.numerator * BigInt(policy.risk.depegWeight), size.denominator),
  };
}

/**
 * Order of two liquidation prices by how soon they may be reached, the sooner first: by distance, where a per cent of a dollar stablecoin
 * weighs as `depegWeight` per cent of a volatile asset, and a stablecoin further than `greatestDepegBps` comes after everything else.
 *
 * Example: with a weight of 10, ETH at −6 % comes before USDC at +4 % (as 40 %), and USDC at −2 % (as 20 %) before ETH at −60 %.
 */
export function compareNearness(a: Distance, b: Distance): number {
  const [one, other] = [judge(a), judge(b)];
  return Number(one.far) - Number(other.far) || compareRational(one.size, other.size);
}

/** Liquidation prices of one position, the one that may be reached soonest first. */
export const rankNearest = (prices: readonly NearestLiquidation[]): readonly NearestLiquidation[] =>
  [...prices].sort(compareNearness);
