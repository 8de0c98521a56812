import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import type { AssetAmount, BookLiquidationPrice, BookLiquidationPrices } from '@/lib/domain/venue-model';
import { multiplyRational, type Rational } from '@/lib/units/rational';
import { subtractAligned, sumAligned } from '@/lib/units/sum-aligned';
import { computeTotalValue, computeWeightedValue, ONE, readBookPrice, type WeightedLeg } from './book-values';
import { computeClosedFormFactor, computeClosedFormPrice } from './closed-form';
import { explainNoDrop, explainNoPrice } from './explain-none';

/** A position as a venue with Σ collateral·weight against Σ debt sees it. */
export interface CrossPosition {
  /** What counts as collateral. */
  readonly collateral: readonly WeightedLeg[];
  readonly debt: readonly AssetAmount[];
  /** Of its collateral, what does not count: switched off. */
  readonly idle: readonly AssetAmount[];
}

const owesNothing = ({ debt }: CrossPosition): boolean => debt.every(({ amount }) => amount.numerator === 0n);

const listAssets = ({ collateral, debt, idle }: CrossPosition): readonly AssetKey[] => [
  ...new Set([...collateral, ...idle, ...debt].map(({ asset }) => asset)),
];

const sumAmounts = (legs: readonly AssetAmount[], asset: AssetKey): Rational =>
  sumAligned(legs.filter((leg) => leg.asset === asset).map(({ amount }) => amount));

/** P* of one asset: what the others leave to be carried, Σ debt − Σ collateral·weight without its own part, over its weight. */
function computeAlone(
  position: CrossPosition,
  prices: PriceBook,
  uncovered: Rational,
  asset: AssetKey,
): BookLiquidationPrice {
  const own = position.collateral.filter((leg) => leg.asset === asset);
  const collateralPerPrice = sumAligned(own.map(({ amount, weight }) => multiplyRational(amount, weight)));
  const debtPerPrice = sumAmounts(position.debt, asset);
  const perPrice = subtractAligned(debtPerPrice, collateralPerPrice);
  const owedByOthers = subtractAligned(uncovered, multiplyRational(perPrice, readBookPrice(prices, asset)));
  const closed = computeClosedFormPrice({ collateralPerPrice, debtPerPrice, owedByOthers });
  return closed.exists ? closed : { ...closed, text: explainNoPrice(closed.reason, asset) };
}

function computeTogether(position: CrossPosition, prices: PriceBook): BookLiquidationPrices['together'] {
  const falling = new Set(position.collateral.map(({ asset }) => asset));
  const closed = computeClosedFormFactor({
    weightedCollateral: computeWeightedValue(position.collateral, prices),
    sharedDebt: computeTotalValue(
      position.debt.filter(({ asset }) => falling.has(asset)),
      prices,
    ),
    fixedDebt: computeTotalValue(
      position.debt.filter(({ asset }) => !falling.has(asset)),
      prices,
    ),
  });
  if (closed.exists) return { exists: true, drop: subtractAligned(ONE, closed.factor) };
  return { ...closed, text: explainNoDrop(closed.reason) };
}

/**
 * Liquidation prices of any venue with Σ collateral·weight against Σ debt, exact: of each asset alone, and of all that counts as collateral
 * together. At the price itself the position is safe (the venues compare strictly), anywhere beyond it liquidatable.
 *
 * Formulas: `closed-form.ts`. Example: 5 ETH at 83 % and 0.15 BTC at 90,000 and 78 % against 18,000 of a dollar:
 * ETH (18,000 − 10,530) / 4.15 = 1,800; together 1 − 18,000 / 22,980.
 */
export function computeCrossPrices(position: CrossPosition, prices: PriceBook): BookLiquidationPrices {
  const assets = listAssets(position);
  if (owesNothing(position)) {
    const alone = assets.map(
      (asset) => [asset, { exists: false, reason: 'no-debt', text: explainNoPrice('no-debt', asset) }] as const,
    );
    return { alone: new Map(alone), together: { exists: false, reason: 'no-debt', text: explainNoDrop('no-debt') } };
  }
  const uncovered = subtractAligned(
    computeTotalValue(position.debt, prices),
    computeWeightedValue(position.collateral, prices),
  );
  return {
    alone: new Map(assets.map((asset) => [asset, computeAlone(position, prices, uncovered, asset)])),
    together: computeTogether(position, prices),
  };
}
