import type { Evaluation } from '@/lib/domain/evaluation';
import { type Known, known, mapKnown, unknown } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import { type BaseValue, baseValue, WAD, wad } from '@/lib/units/fixed';
import { mulDivDown, mulDivUp } from '@/lib/units/rounding';
import { computeBorrowed, computeHealth, type Health } from './health';
import { computeOraclePrice, computeSideAnswer } from './oracle-price';
import { toAssetsDown } from './shares';
import type { MorphoPosition, OracleSide } from './state';

const BASE_DECIMALS = 8;

/** Dollar value of an amount of a side's asset, 8 decimals; the asset's and the feed's decimals may together be fewer than that. */
function computeValue(
  side: OracleSide | undefined,
  symbol: string,
  amount: bigint,
  round: typeof mulDivDown,
  override: PriceOverride | undefined,
): Known<BaseValue> {
  if (amount === 0n) return known(baseValue(0n));
  if (!side)
    return unknown('price-missing', `The oracle of this market does not tell the price of ${symbol} in dollars.`);
  return mapKnown(computeSideAnswer(side, override), (answer) =>
    baseValue(
      round(amount * 10n ** BigInt(BASE_DECIMALS), answer, 10n ** BigInt(side.asset.decimals + side.price.decimals)),
    ),
  );
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** What the market would still lend, loan units: within what the collateral carries, and within what lies idle in the market. */
export function computeBorrowable(position: MorphoPosition, health: Health, borrowed: bigint): bigint {
  const { totalSupplyAssets, totalBorrowAssets } = position.market.totals;
  const byCollateral = health.maxBorrow - borrowed;
  const byLiquidity = totalSupplyAssets - totalBorrowAssets;
  const borrowable = smaller(byCollateral, byLiquidity);
  return borrowable > 0n ? borrowable : 0n;
}

/**
 * A Morpho position's figures at the oracle's price or at overriding ones.
 *
 * Health, LTV and collateral ratio are in the contract's own terms, loan units at the oracle's price: known even where the oracle does not
 * tell dollar prices. Values are dollars with 8 decimals from the feeds: collateral, idle supply and borrowable rounded down, debt up.
 * Without debt the position is healthy whatever the price.
 */
export function computeEvaluation(position: MorphoPosition, override?: PriceOverride): Evaluation {
  const { market } = position;
  const { totals, params } = market;
  const borrowed = computeBorrowed(position.borrowShares, totals);
  const supplied = toAssetsDown(position.supplyShares, totals.totalSupplyAssets, totals.totalSupplyShares);
  const price = computeOraclePrice(market.oracle, override);
  const health = mapKnown(price, (value) => computeHealth(position, borrowed, value, params.lltv));
  const noCollateral = position.collateral === 0n;
  const noDebt = borrowed === 0n;
  const { base, quote } = market.oracle.parts ?? {};
  const value = (side: OracleSide | undefined, symbol: string, amount: bigint, round: typeof mulDivDown) =>
    computeValue(side, symbol, amount, round, override);
  const borrowable = mapKnown(health, (figures) => computeBorrowable(position, figures, borrowed));

  return {
    collateralValue: value(base, market.collateral.symbol, position.collateral, mulDivDown),
    debtValue: value(quote, market.loan.symbol, borrowed, mulDivUp),
    idleValue: value(quote, market.loan.symbol, supplied, mulDivDown),
    ltv: noCollateral
      ? known(null)
      : noDebt
        ? known(wad(0n))
        : mapKnown(health, ({ collateralInLoan }) =>
            collateralInLoan === 0n ? null : wad(mulDivUp(borrowed, WAD, collateralInLoan)),
          ),
    liquidationThreshold: known(noCollateral ? null : wad(params.lltv)),
    maxLtv: known(noCollateral ? null : wad(params.lltv)),
    collateralRatio: noDebt
      ? known(null)
      : mapKnown(health, ({ collateralInLoan }) => wad(mulDivDown(collateralInLoan, WAD, borrowed))),
    healthFactor: noDebt ? known(null) : mapKnown(health, ({ healthFactor }) => healthFactor),
    availableToBorrow: borrowable.known ? value(quote, market.loan.symbol, borrowable.value, mulDivDown) : borrowable,
    liquidatable: noDebt ? known(false) : mapKnown(health, ({ liquidatable }) => liquidatable),
  };
}
