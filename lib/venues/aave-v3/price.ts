import { type Known, known, unknown } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import type { AaveReserve } from './state';

/**
 * The price a figure is computed at: the overriding one where there is an override, else the oracle's. At an answer that is missing or not
 * above 0 AaveOracle asks its fallback and, without one, every figure of the account reverts; here it is unknown, with the asset's name.
 */
export function computeAnswer(reserve: AaveReserve, override?: PriceOverride): Known<bigint> {
  const { price, asset } = reserve;
  const answer = override ? override(price) : price.answer;
  if (answer === undefined) return unknown('price-missing', `There is no price of ${asset.symbol}.`);
  if (answer <= 0n || (!override && price.problem === 'invalid')) {
    return unknown('price-invalid', `The price of ${asset.symbol} is ${answer}: no price at all.`);
  }
  return known(answer);
}
