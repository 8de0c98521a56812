import type { AssetFamily } from '@/lib/domain/asset-family';
import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import { isWhatIfActive, type WhatIf } from '@/lib/scenarios/what-if';
import { BPS } from '@/lib/units/fixed';
import { multiplyRational, rational } from '@/lib/units/rational';

/** Prices under a what-if, exact: price · (1 + all) · (1 + family), dollars moved only by name. ETH −20 % takes 3,000 to 2,400. */
export function shockPrices(prices: PriceBook, whatIf: WhatIf, familyOf: (asset: AssetKey) => AssetFamily): PriceBook {
  if (!isWhatIfActive(whatIf)) return prices;
  return new Map(
    [...prices].map(([asset, price]) => {
      const { key, stable } = familyOf(asset);
      const all = BPS + BigInt(stable ? 0 : whatIf.allBps);
      const own = BPS + BigInt(whatIf.byFamily[key] ?? 0);
      return [asset, multiplyRational(price, rational(all * own, BPS * BPS))];
    }),
  );
}
