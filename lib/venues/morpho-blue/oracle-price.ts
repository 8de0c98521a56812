import { type Known, known, unknown } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import { type Rational, rational } from '@/lib/units/rational';
import type { MorphoOracle, OracleParts, OracleSide } from './state';

/** The two factors of an oracle's fraction at some prices, with the dollar price of each asset that they stand on. */
export interface PricedOracle {
  readonly base: Rational;
  readonly quote: Rational;
}

/** A side's dollar price: the overriding one where there is an override, else the oracle's. ≤ 0 and missing are unknown, with the asset's name. */
export function computeSideAnswer(side: OracleSide, override?: PriceOverride): Known<bigint> {
  // A side that the oracle takes as 1 follows nobody's prices: no list of prices names it.
  const answer = override && !side.fixed ? override(side.price) : side.price.answer;
  if (answer === undefined) {
    return unknown('price-missing', `There is no price of ${side.asset.symbol} in US dollars.`);
  }
  if (answer <= 0n) {
    return unknown('price-invalid', `The price of ${side.asset.symbol} is ${answer}: no price at all.`);
  }
  return known(answer);
}

/** The factor a side puts into the fraction. The answer that was read stands for the product that was read, to the last unit. */
function computeSideProduct(side: OracleSide, override?: PriceOverride): Known<Rational> {
  if (side.fixed) return known(rational(1n));
  if (side.price.problem === 'invalid' && !override) {
    return unknown('price-invalid', `The price of ${side.asset.symbol} is not above 0, so the oracle has none.`);
  }
  const read: Known<Rational> =
    side.product !== undefined && side.product > 0n
      ? known(rational(side.product))
      : unknown('price-missing', `The price of ${side.asset.symbol} could not be read.`);
  if (!override) return read;
  const answer = computeSideAnswer(side, override);
  if (!answer.known) return answer;
  if (answer.value === side.price.answer && read.known) return read;
  if (!side.unit) {
    return unknown('price-missing', `This oracle does not price ${side.asset.symbol} in US dollars.`);
  }
  return known(rational(answer.value * side.unit.numerator, side.unit.denominator));
}

/** Both factors of the fraction, or why one is unknown. */
export function computeOracleFactors(parts: OracleParts, override?: PriceOverride): Known<PricedOracle> {
  const base = computeSideProduct(parts.base, override);
  if (!base.known) return base;
  const quote = computeSideProduct(parts.quote, override);
  return quote.known ? known({ base: base.value, quote: quote.value }) : quote;
}

/**
 * ⌊scaleFactor · base / quote⌋: the oracle's price from its factors, loan units per collateral unit, scaled by 1e36.
 * Source: `MorphoChainlinkOracleV2.price`. Example: scale 1e24, base 3000e8, quote 1e8 (18 and 6 decimals): 3000e24.
 */
export const computePriceFromFactors = (scaleFactor: bigint, { base, quote }: PricedOracle): bigint =>
  (scaleFactor * base.numerator * quote.denominator) / (base.denominator * quote.numerator);

/**
 * The price a market's health is measured at: the oracle's own answer, or recomputed exactly as the oracle does from overriding prices.
 *
 * Unknown when the oracle does not answer, when a feed is not above 0 (our own oracle reverts; an answer of 0 elsewhere is a broken feed,
 * not a worthless asset), or when an override meets an oracle that cannot be taken apart.
 */
export function computeOraclePrice(oracle: MorphoOracle, override?: PriceOverride): Known<bigint> {
  const { parts } = oracle;
  if (override) {
    if (!parts) {
      return unknown('price-missing', 'The oracle of this market cannot be recomputed at other prices.');
    }
    const factors = computeOracleFactors(parts, override);
    return factors.known ? known(computePriceFromFactors(parts.scaleFactor, factors.value)) : factors;
  }
  const invalid = [parts?.base, parts?.quote].find((side) => side?.price.problem === 'invalid');
  if (invalid) {
    return unknown('price-invalid', `The price of ${invalid.asset.symbol} is not above 0, so the oracle has none.`);
  }
  if (oracle.answer === undefined) return unknown('price-missing', 'The oracle of this market does not answer.');
  // A fraction of sound feeds may round down to 0, and the contract takes it so; an unreadable oracle that says 0 is not believed.
  if (oracle.answer === 0n && !parts) return unknown('price-invalid', 'The oracle of this market answers 0.');
  return known(oracle.answer);
}
