import type { AssetFamily } from '@/lib/domain/asset-family';
import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import { isWhatIfActive, type WhatIf } from '@/lib/scenarios/what-if';
import { BPS } from '@/lib/units/fixed';
import { multiplyRational, rational } from '@/lib/units/rational';

/** (1 + all) · (1 + family) in BPS²: what a price is multiplied by. */
function computeFactor(whatIf: WhatIf, { key, stable }: AssetFamily): bigint {
  const all = BPS + BigInt(stable ? 0 : whatIf.allBps);
  return all * (BPS + BigInt(whatIf.byFamily[key] ?? 0));
}

/** Whether a what-if moves the prices of a family. Two shocks that undo each other exactly move nothing. */
export const isPriceMoved = (whatIf: WhatIf, family: AssetFamily): boolean =>
  computeFactor(whatIf, family) !== BPS * BPS;

/** Prices under a what-if, exact: price · (1 + all) · (1 + family), dollars moved only by name. ETH −20 % takes 3,000 to 2,400. */
export function shockPrices(prices: PriceBook, whatIf: WhatIf, familyOf: (asset: AssetKey) => AssetFamily): PriceBook {
  if (!isWhatIfActive(whatIf)) return prices;
  return new Map(
    [...prices].map(([asset, price]) => [
      asset,
      multiplyRational(price, rational(computeFactor(whatIf, familyOf(asset)), BPS * BPS)),
    ]),
  );
}
