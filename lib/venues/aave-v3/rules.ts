import { toOptional } from '@/lib/domain/known';
import type { VenueRules } from '@/lib/domain/venue';
import { findIsolatedCollateral } from './borrow-limit';
import { computeEvaluation } from './evaluation';
import { listLegs, listPrices } from './legs';
import { computeLiquidationPrices } from './liquidation-price';
import { replacePrices } from './replace-prices';
import type { AavePosition } from './state';

/** "Core" of "Aave Ethereum Core Market" is all that tells markets apart; a market without a name goes by "Pool". */
function formatMarketName(name: string | undefined): string {
  const words = (name ?? '').split(/\s+/).filter((word) => word !== '' && !/^(aave|v3|market)$/i.test(word));
  return words.length === 0 ? 'Pool' : words.join(' ');
}

function formatMarket(position: AavePosition): string {
  const isolated = findIsolatedCollateral(position);
  return [
    formatMarketName(position.marketName),
    ...(position.eMode ? [`eMode ${position.eMode.label || position.eMode.id}`] : []),
    ...(isolated ? [`isolated ${isolated.asset.symbol}`] : []),
  ].join(' · ');
}

/** Aave v3.6: one pool, many collaterals and debts of an account together, efficiency modes, isolated collaterals. */
export const aaveV3Rules: VenueRules<'aave-v3', AavePosition> = {
  id: 'aave-v3',
  name: 'Aave v3',
  formatMarket,
  listLegs,
  listPrices,
  computeEvaluation,
  computeLiquidationPrices,
  computeHealthFactorAt: (position, assetId, answer) => {
    const atPrice = computeEvaluation(position, (price) => (price.assetId === assetId ? answer : price.answer));
    return toOptional(atPrice.healthFactor);
  },
  replacePrices,
};
