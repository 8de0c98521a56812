import { type AssetFamily, computeAssetFamily, isListedFamily } from '@/lib/domain/asset-family';
import type { AssetKey } from '@/lib/domain/book-position';
import { compareRational, rational } from '@/lib/units/rational';
import type { DeskBook } from './desk-book';

const LOWEST_DOLLAR = rational(9n, 10n);
const HIGHEST_DOLLAR = rational(11n, 10n);
/** What an export puts behind a key that would otherwise stand for two prices. */
const SECOND_PRICE = /#\d+$/;

/** A key that is no name of an asset, such as `eip155:1/erc20:0x…`, shortened to what can be read. */
const shorten = (asset: AssetKey): string => (asset.length > 24 ? `${asset.slice(0, 8)}…${asset.slice(-6)}` : asset);

/** The name an asset goes by on screen; that of a second price of it keeps its number: "wstETH#2". */
export function nameAsset(asset: AssetKey, symbols: DeskBook['symbols']): string {
  const known = symbols.get(asset);
  if (known !== undefined) return known;
  const first = symbols.get(asset.replace(SECOND_PRICE, ''));
  return first === undefined ? shorten(asset) : `${first}${SECOND_PRICE.exec(asset)?.[0] ?? ''}`;
}

/**
 * What an asset stands for when one looks through it: staked and wrapped ether for ETH, the wrapped bitcoins for BTC, sDAI for DAI and so on
 * (the table of `asset-family.ts`, by symbol). The ratio is one of value: a dollar of wstETH counts as a dollar of ETH, so looking through
 * moves value between bars and never changes a total. What the table does not list stands for itself.
 */
export function lookThrough(asset: AssetKey, symbols: DeskBook['symbols']): AssetFamily {
  const first = asset.replace(SECOND_PRICE, '');
  return computeAssetFamily({ symbol: symbols.get(asset) ?? symbols.get(first) ?? first });
}

/**
 * Assets that are owed, whose name no list knows and whose price is within a tenth of a dollar: they are held still when everything but dollars
 * falls. If such a debt fell with the collateral, every position owing it would look safer than it is.
 */
export function listUnlistedDollars({ entries, symbols }: DeskBook): ReadonlySet<AssetKey> {
  const found = new Set<AssetKey>();
  for (const { position, prices } of entries) {
    for (const { asset } of position?.debt ?? []) {
      const price = prices.get(asset);
      if (!price || found.has(asset)) continue;
      const family = lookThrough(asset, symbols);
      const isNearDollar = compareRational(price, LOWEST_DOLLAR) >= 0 && compareRational(price, HIGHEST_DOLLAR) <= 0;
      if (!family.stable && isNearDollar && !isListedFamily(family.key)) found.add(asset);
    }
  }
  return found;
}
