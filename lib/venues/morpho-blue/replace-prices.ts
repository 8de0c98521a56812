import { toOptional } from '@/lib/domain/known';
import type { OraclePrice, PriceOverride } from '@/lib/domain/price';
import { floorRational, rational } from '@/lib/units/rational';
import { computeOraclePrice } from './oracle-price';
import type { MorphoPosition, OracleSide } from './state';

type Replace = (price: OraclePrice) => OraclePrice;

/** A side with another dollar price; its factor moves with it, floored to what the contract can multiply. One taken as 1 follows no price. */
function replaceSide(side: OracleSide, replace: Replace): OracleSide {
  if (side.fixed) return side;
  const price = replace(side.price);
  if (price.answer === side.price.answer) return { ...side, price };
  const product =
    side.unit && price.answer !== undefined && price.answer > 0n
      ? floorRational(rational(price.answer * side.unit.numerator, side.unit.denominator))
      : undefined;
  return { ...side, price, product };
}

/**
 * The position with other dollar prices of its oracle's two sides; the oracle's own answer is recomputed from them as the contract does, exact
 * factors, ⌊…⌋ once. An oracle that cannot be taken apart, or whose side follows no dollar price, has no answer then: the position is unknown,
 * never at its old price.
 */
export function replacePrices(position: MorphoPosition, replace: Replace): MorphoPosition {
  const { market } = position;
  const { oracle } = market;
  const { parts } = oracle;
  if (!parts) return { ...position, market: { ...market, oracle: { ...oracle, answer: undefined } } };
  const [base, quote] = [replaceSide(parts.base, replace), replaceSide(parts.quote, replace)];
  // An oracle of rates alone, which tells no dollar price that could be another one, stays as it was read.
  const isMoved = base.product !== parts.base.product || quote.product !== parts.quote.product;
  const override: PriceOverride = (price) => (price === parts.base.price ? base : quote).price.answer;
  const answer = isMoved ? toOptional(computeOraclePrice(oracle, override)) : oracle.answer;
  const moved = { ...oracle, answer, parts: { ...parts, base, quote } };
  return { ...position, market: { ...market, oracle: moved } };
}
