import { policy } from '@/lib/config/policy';
import type { AssetId } from '@/lib/domain/asset';
import { type Known, known, unknown } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { type Rational, rational } from '@/lib/units/rational';
import { mulDivDown } from '@/lib/units/rounding';
import type { World } from './world';

const MARKET_DECIMALS = 8;

type Market = Pick<World, 'marketPrices' | 'nowMs'>;

/** The market's price of one whole token, exact; unknown where there is none, or none that is still live. */
export function readMarketPrice({ marketPrices, nowMs }: Market, asset: AssetId, name: string): Known<Rational> {
  const market = marketPrices.get(asset);
  if (!market) return unknown('market-price-missing', `No market price for ${name}.`);
  if (nowMs - market.receivedAtMs > policy.market.lateAfterMs) {
    return unknown('market-price-missing', `The market price of ${name} is no longer live.`);
  }
  return known(rational(market.answer, powerOfTen(MARKET_DECIMALS)));
}

/** The market's prices in the place of the oracle's, in its decimals, floored as a row's are. */
export const toMarketOverride =
  (market: Market): PriceOverride =>
  (price) => {
    const found = readMarketPrice(market, price.assetId, price.assetId);
    return found.known
      ? mulDivDown(found.value.numerator, powerOfTen(price.decimals), found.value.denominator)
      : undefined;
  };
