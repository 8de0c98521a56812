import type { AssetKey } from '@/lib/domain/book-position';
import type { UnknownReason } from '@/lib/domain/known';
import type { Subject, SubjectAsset } from '../subject';

/**
 * The asset that a condition names, or all of its subject; and why there may be more than that. An asset that is named and not there is not
 * seen, which is something else than one without a figure.
 */
export function selectAssets(
  { assets, unseen }: Subject,
  asset: AssetKey | undefined,
): { readonly assets: readonly SubjectAsset[]; readonly unseen: UnknownReason | undefined } {
  if (asset === undefined) return { assets, unseen };
  const named = assets.filter(({ id }) => id === asset);
  if (named.length > 0) return { assets: named, unseen: undefined };
  return { assets: [], unseen: { code: 'asset-unknown', text: `Nothing is known of the asset ${asset}.` } };
}
