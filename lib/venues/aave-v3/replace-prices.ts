import type { OraclePrice } from '@/lib/domain/price';
import type { AavePosition } from './state';

/**
 * The account with other answers of its oracles. The rest of the pool (`market`), whose prices would be of another moment, is left out.
 * Example: 10 ETH at 3,000 against 20,000 USDC, ETH's answer replaced by 2,500: health factor 1.0375, as the contract would say it.
 */
export function replacePrices(position: AavePosition, replace: (price: OraclePrice) => OraclePrice): AavePosition {
  const { market: _, ...rest } = position;
  return {
    ...rest,
    holdings: position.holdings.map((holding) => ({
      ...holding,
      reserve: { ...holding.reserve, price: replace(holding.reserve.price) },
    })),
  };
}
