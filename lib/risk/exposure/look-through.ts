import { type AssetFamily, computeAssetFamily } from '@/lib/domain/asset-family';
import type { AssetKey } from '@/lib/domain/book-position';
import type { DeskBook } from './desk-book';

/** A key that is no name of an asset, such as `eip155:1/erc20:0x…`, shortened to what can be read. */
const shorten = (asset: AssetKey): string => (asset.length > 24 ? `${asset.slice(0, 8)}…${asset.slice(-6)}` : asset);

/** The name an asset goes by on screen. */
export const nameAsset = (asset: AssetKey, symbols: DeskBook['symbols']): string =>
  symbols.get(asset) ?? shorten(asset);

/**
 * What an asset stands for when one looks through it: staked and wrapped ether for ETH, the wrapped bitcoins for BTC, sDAI for DAI and so on
 * (the table of `asset-family.ts`, by symbol). The ratio is one of value: a dollar of wstETH counts as a dollar of ETH, so looking through
 * moves value between bars and never changes a total. What the table does not list stands for itself.
 */
export const lookThrough = (asset: AssetKey, symbols: DeskBook['symbols']): AssetFamily =>
  computeAssetFamily({ symbol: symbols.get(asset) ?? asset });
