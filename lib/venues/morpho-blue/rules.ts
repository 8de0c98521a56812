import { toOptional } from '@/lib/domain/known';
import type { VenueRules } from '@/lib/domain/venue';
import { formatDecimal } from '@/lib/units/decimal';
import { computeEvaluation } from './evaluation';
import { listLegs, listPrices } from './legs';
import { computeLiquidationPrices } from './liquidation-price';
import { replacePrices } from './replace-prices';
import type { MorphoPosition } from './state';

/** Morpho Blue: isolated markets of one collateral and one loan token each, immutable LLTV, an oracle of the market's own. */
export const morphoBlueRules: VenueRules<'morpho-blue', MorphoPosition> = {
  id: 'morpho-blue',
  name: 'Morpho Blue',
  formatMarket: ({ market }) =>
    `${market.collateral.symbol}/${market.loan.symbol} · ${formatDecimal(market.params.lltv, 16)} %`,
  listLegs,
  listPrices,
  computeEvaluation,
  computeLiquidationPrices,
  computeHealthFactorAt: (position, assetId, answer) =>
    toOptional(
      computeEvaluation(position, (price) => (price.assetId === assetId ? answer : price.answer)).healthFactor,
    ),
  replacePrices,
};
