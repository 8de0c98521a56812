import type { Asset, AssetId } from '@/lib/domain/asset';
import { type Known, toOptional } from '@/lib/domain/known';
import type { LiquidationPair, PositionOutcome } from '@/lib/domain/outcome';
import { actionsOf } from '@/lib/venues/actions';
import { isLiquidatable } from './is-liquidatable';
import type { NearestLiquidation, PositionRow } from './position-row';
import { type ProbePrices, toProbeOverride } from './probe';

/** A pair a liquidator may choose, with its name for people and a key for controls. */
export interface PairChoice {
  readonly key: string;
  readonly label: string;
  readonly pair: LiquidationPair;
}

const nameOf = ({ prices }: PositionRow, id: AssetId): string => {
  const asset: Asset | undefined = prices.find((figure) => figure.asset.id === id)?.asset;
  return asset?.symbol ?? id;
};

/** Every pair a liquidator may choose on this position: "WETH for USDC" seizes WETH and repays USDC. */
export const listPairChoices = (row: PositionRow): readonly PairChoice[] =>
  actionsOf(row.position)
    .listPairs(row.position)
    .map((pair) => ({
      key: `${pair.collateral} ${pair.debt}`,
      label: `${nameOf(row, pair.collateral)} for ${nameOf(row, pair.debt)}`,
      pair,
    }));

/**
 * What liquidations make of the position at a probe's prices, in the contract's own units and rounding. Without a pair the liquidator takes
 * the most the rules allow on the one that pays it most. Unknown while the chain or a price cannot be seen; no steps where it is healthy.
 */
export function computeOutcomeView(
  row: PositionRow,
  probe: ProbePrices,
  pair: LiquidationPair | undefined,
): Known<PositionOutcome> {
  if (row.blind) return { known: false, reason: row.blind };
  const override = toProbeOverride(row, probe);
  return actionsOf(row.position).computeOutcome(row.position, { override, ...(pair ? { pair } : {}) });
}

/** The first price of one asset alone at which the position is liquidatable; `undefined` where it is already, or where there is none. */
export const findTurn = (row: PositionRow): NearestLiquidation | undefined =>
  isLiquidatable(row) ? undefined : (toOptional(row.nearest) ?? undefined);
