import type { AssetKey, BookPosition } from '@/lib/domain/book-position';
import { type Known, type UnknownReason, unknown } from '@/lib/domain/known';
import type { SubjectAsset } from '@/lib/triggers/subject';
import { toBlindPrice } from '../chain-asset';
import { listAssetEverywhere } from '../list-assets';
import type { World } from '../world';
import { listBookAssets } from './book-prices';

/** One that no feed tells of: everything about it is unknown. */
function toUnknownAsset(asset: AssetKey, isOwed: boolean): SubjectAsset {
  const reason: UnknownReason = { code: 'price-missing', text: `No feed tells the price of ${asset}.` };
  const figure: Known<never> = unknown(reason.code, reason.text);
  const price = toBlindPrice(reason);
  return {
    id: asset,
    name: asset,
    oracle: price,
    market: price,
    heartbeatSeconds: figure,
    pegTarget: null,
    isOwed,
    markets: [],
  };
}

/** The assets of some positions of a book, and those named, as the chain's feeds tell of them. With `only`, that asset alone. */
export function listBookSubjectAssets(
  world: World,
  positions: readonly BookPosition[],
  named: readonly AssetKey[],
  only: AssetKey | undefined,
): readonly SubjectAsset[] {
  const held = positions.flatMap(listBookAssets).filter((asset) => only === undefined || asset === only);
  const owed = new Set([...positions.flatMap(({ debt }) => debt.map(({ asset }) => asset)), ...named]);
  return [...new Set([...held, ...named])].flatMap((asset) => {
    const isOwed = owed.has(asset);
    const found = listAssetEverywhere(world, asset, isOwed);
    return found.length > 0 ? found : [toUnknownAsset(asset, isOwed)];
  });
}
