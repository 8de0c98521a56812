import type {
  LiquidationPrice,
  LiquidationPrices,
  NoLiquidationPriceReason,
  UniformDrop,
} from '@/lib/domain/evaluation';
import type { PriceOverride } from '@/lib/domain/price';
import { WAD, wad } from '@/lib/units/fixed';
import { rational } from '@/lib/units/rational';
import { ceilDiv, floorDiv } from '@/lib/units/rounding';
import { computeBorrowed, ORACLE_PRICE_SCALE } from './health';
import { computeOracleFactors, computeSideAnswer, type PricedOracle } from './oracle-price';
import type { MorphoPosition, OracleParts, OracleSide } from './state';

/** Largest answer a feed can give: its type is int256. */
const MAX_ANSWER = 2n ** 255n - 1n;

/**
 * The lowest oracle price at which the position is still healthy, 36 decimals' scale; every price below it liquidates. `undefined`:
 * no price is enough.
 *
 * The contract's test undone from the outside in, each floor exactly (for an integer n: ⌊x⌋ < n exactly when x < n):
 * ⌊V·lltv/1e18⌋ < borrowed ⇔ V < ⌈borrowed·1e18/lltv⌉ = V*, and V = ⌊collateral·p/1e36⌋ < V* ⇔ p < ⌈V*·1e36/collateral⌉.
 * So the test is monotone in p and this is its edge, not an estimate.
 */
export function computeLowestHealthyPrice(collateral: bigint, borrowed: bigint, lltv: bigint): bigint | undefined {
  if (collateral === 0n || lltv === 0n) return undefined;
  const lowestValue = ceilDiv(borrowed * WAD, lltv);
  return ceilDiv(lowestValue * ORACLE_PRICE_SCALE, collateral);
}

const none = <T extends object>(subject: T, reason: NoLiquidationPriceReason, text: string) => ({
  ...subject,
  exists: false as const,
  reason,
  text,
});

/** Every feed of this side stands on the other side too, so that a move of it leaves the fraction as it is. */
const cancels = (side: OracleSide, other: OracleSide): boolean =>
  side.feeds.length > 0 && side.feeds.every((feed) => other.feeds.includes(feed));

interface Edge {
  readonly parts: OracleParts;
  readonly factors: PricedOracle;
  readonly lowestHealthy: bigint;
}

/**
 * The collateral's answer a at the edge. With base = a·u: ⌊S·a·u/quote⌋ < p* ⇔ a < ⌈p*·quote/(S·u)⌉, the lowest healthy answer.
 */
function computeLowestHealthyAnswer({ parts, factors, lowestHealthy }: Edge, unit = rational(1n)): bigint {
  const { quote } = factors;
  return ceilDiv(
    lowestHealthy * unit.denominator * quote.numerator,
    parts.scaleFactor * unit.numerator * quote.denominator,
  );
}

/** The loan token's answer a at the edge. With quote = a·u: ⌊S·base/(a·u)⌋ < p* ⇔ a > ⌊S·base/(p*·u)⌋, so the next integer liquidates. */
function computeLowestLiquidatableLoanAnswer({ parts, factors, lowestHealthy }: Edge, unit = rational(1n)): bigint {
  const { base } = factors;
  return (
    floorDiv(parts.scaleFactor * base.numerator * unit.denominator, lowestHealthy * base.denominator * unit.numerator) +
    1n
  );
}

function toLiquidationPrice(
  side: OracleSide,
  other: OracleSide,
  direction: 'below' | 'above',
  spot: bigint | undefined,
  computeAnswer: () => bigint,
): LiquidationPrice {
  const subject = { assetId: side.asset.id };
  const { symbol } = side.asset;
  if (side.fixed)
    return none(subject, 'no-effect', `The oracle of this market does not look at the price of ${symbol}.`);
  if (cancels(side, other)) {
    return none(subject, 'sides-cancel', `The price of ${symbol} moves collateral and debt alike.`);
  }
  if (!side.unit || spot === undefined) {
    return none(subject, 'price-unknown', `The oracle of this market does not price ${symbol} in US dollars.`);
  }
  const answer = computeAnswer();
  if (answer < 1n) return none(subject, 'never-below-zero', `No price of ${symbol} above 0 liquidates.`);
  if (answer > MAX_ANSWER)
    return none(subject, 'out-of-range', `No price of ${symbol} that a feed can give liquidates.`);
  return {
    ...subject,
    exists: true,
    answer,
    decimals: side.price.decimals,
    direction,
    distance: rational(answer - spot, spot),
  };
}

/**
 * Smallest common drop d of the collateral's price (18 decimals) at which the floored answer falls below the lowest healthy one:
 * ⌊f·(1e18 − d)/1e18⌋ < h ⇔ f·(1e18 − d) < h·1e18 ⇔ 1e18 − d ≤ ⌈h·1e18/f⌉ − 1. Not above 0 when already liquidatable.
 */
function toUniformDrop(price: LiquidationPrice, spot: bigint | undefined): UniformDrop {
  if (!price.exists) return none({}, price.reason, price.text);
  if (spot === undefined) return none({}, 'price-unknown', 'The price of the collateral is not known.');
  const drop = WAD + 1n - ceilDiv((price.answer + 1n) * WAD, spot);
  // A price of many more than 18 digits could jump past every positive answer in one unit of the drop.
  if (spot * (WAD - drop) < WAD) return none({}, 'never-below-zero', 'No price above 0 liquidates.');
  return { exists: true, drop: wad(drop) };
}

/**
 * Liquidation prices of a Morpho position, exact to the unit under the contract's nested floors: the collateral's feed alone (below), the
 * loan token's alone (above), and the collateral's common drop. Each answer is the liquidatable one nearest spot, and stays so when the
 * position is already past it.
 *
 * Example: 10 wstETH against 24,000 USDC at 86 %, USDC at 1: the collateral must be worth ⌈24,000e6 / 0.86⌉ = 27,906.976745 USDC, so
 * 2790.6976745 is the lowest healthy price of wstETH and 2790.69767449 the liquidation price.
 */
export function computeLiquidationPrices(position: MorphoPosition, override?: PriceOverride): LiquidationPrices {
  const { market } = position;
  const { parts } = market.oracle;
  const ids = [market.collateral.id, market.loan.id];
  const nowhere = (reason: NoLiquidationPriceReason, text: string): LiquidationPrices => ({
    alone: ids.map((assetId) => none({ assetId }, reason, text)),
    together: none({}, reason, text),
  });
  const borrowed = computeBorrowed(position.borrowShares, market.totals);
  if (borrowed === 0n) return nowhere('no-debt', 'Nothing is owed, so no price liquidates.');
  const lowestHealthy = computeLowestHealthyPrice(position.collateral, borrowed, market.params.lltv);
  if (lowestHealthy === undefined) {
    return nowhere('already-liquidatable', 'There is debt without collateral: liquidatable at every price.');
  }
  if (!parts) return nowhere('price-unknown', 'The oracle of this market cannot be taken apart into prices.');
  const factors = computeOracleFactors(parts, override);
  if (!factors.known) return nowhere('price-unknown', factors.reason.text);

  const { base, quote } = parts;
  const edge: Edge = { parts, factors: factors.value, lowestHealthy };
  const spotOf = (side: OracleSide): bigint | undefined => {
    const answer = computeSideAnswer(side, override);
    return answer.known ? answer.value : undefined;
  };
  const [baseSpot, quoteSpot] = [spotOf(base), spotOf(quote)];
  const collateral = toLiquidationPrice(
    base,
    quote,
    'below',
    baseSpot,
    () => computeLowestHealthyAnswer(edge, base.unit) - 1n,
  );
  const loan = toLiquidationPrice(quote, base, 'above', quoteSpot, () =>
    computeLowestLiquidatableLoanAnswer(edge, quote.unit),
  );
  return { alone: [collateral, loan], together: toUniformDrop(collateral, baseSpot) };
}
