import type { Asset, AssetId } from '@/lib/domain/asset';
import { computeAssetFamily } from '@/lib/domain/asset-family';
import type { PriceOverride } from '@/lib/domain/price';
import type { CandidateBook } from '@/lib/domain/venue-actions';
import { computeShockedAnswer } from '@/lib/scenarios/what-if';
import type { PositionRow } from './position-row';
import { type ProbePrices, toProbeOverride } from './probe';

/** The prices of a probe for what the position has, and the oracle's under the row's what-if for what it could take on. */
export function toCandidateOverride(row: PositionRow, probe: ProbePrices, assets: readonly Asset[]): PriceOverride {
  const held = new Set<AssetId>(row.prices.map(({ asset }) => asset.id));
  const ofRow = toProbeOverride(row, probe);
  return (price) => {
    if (held.has(price.assetId)) return ofRow(price);
    const asset = assets.find(({ id }) => id === price.assetId);
    if (!asset || price.problem !== undefined || price.answer === undefined) return undefined;
    return computeShockedAnswer(price.answer, asset, row.whatIf);
  };
}

/**
 * The candidates but for those of a family of which a price was moved: where the others of it would stand then is not known, and one that
 * stands still while WETH falls would look like a shelter from the fall.
 */
export function keepUnmoved(book: CandidateBook, row: PositionRow, probe: ProbePrices): CandidateBook['candidates'] {
  const moved = new Set(
    row.prices.filter(({ asset }) => probe.has(asset.id)).map(({ asset }) => computeAssetFamily(asset).key),
  );
  const held = new Set<string>(row.prices.map(({ asset }) => asset.id));
  const isKept = ({ asset: key }: { readonly asset: string }): boolean => {
    const asset = book.assets.find(({ id }) => id === key);
    return held.has(key) || (asset !== undefined && !moved.has(computeAssetFamily(asset).key));
  };
  const { collateral, debt } = book.candidates;
  return { collateral: collateral.filter(isKept), debt: debt.filter(isKept) };
}
