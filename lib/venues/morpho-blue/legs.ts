import type { Asset } from '@/lib/domain/asset';
import type { Leg } from '@/lib/domain/position';
import type { OraclePrice } from '@/lib/domain/price';
import { BPS, bps, type Ray, ray, tokenAmount, WAD } from '@/lib/units/fixed';
import { mulDivDown } from '@/lib/units/rounding';
import { computeBorrowed } from './health';
import { computeLiquidationIncentive } from './incentive';
import { toAssetsDown } from './shares';
import type { MarketTotals, MorphoMarket, MorphoPosition } from './state';

const SECONDS_PER_YEAR = 31_536_000n;
const RAY_PER_WAD = 10n ** 9n;

const toYearlyRate = (ratePerSecond: bigint): Ray => ray(ratePerSecond * SECONDS_PER_YEAR * RAY_PER_WAD);

/** What lenders earn a second: the borrow rate, times what part is borrowed, less the fee; 18 decimals, rounded down. */
function computeSupplyRate(borrowRate: bigint, totals: MarketTotals): bigint {
  if (totals.totalSupplyAssets === 0n) return 0n;
  const shared = mulDivDown(borrowRate, totals.totalBorrowAssets, totals.totalSupplyAssets);
  return mulDivDown(shared, WAD - totals.fee, WAD);
}

const toBps = (ratio: bigint) => bps(mulDivDown(ratio, BPS, WAD));

/** An asset whose dollar price this market's oracle does not tell. */
const missingPrice = (asset: Asset): OraclePrice => ({
  assetId: asset.id,
  feed: undefined,
  answer: undefined,
  decimals: 8,
  updatedAtSeconds: undefined,
  roundId: undefined,
  rounds: [],
  heartbeatSeconds: 0,
  deviationBps: undefined,
  problem: 'missing',
});

const collateralPrice = (market: MorphoMarket): OraclePrice =>
  market.oracle.parts?.base.price ?? missingPrice(market.collateral);

const loanPrice = (market: MorphoMarket): OraclePrice => market.oracle.parts?.quote.price ?? missingPrice(market.loan);

/**
 * The position's legs: collateral (earns nothing), debt (rounded up), and what the owner lends in the same market (rounded down), which is
 * never collateral. A leg of amount 0 is left out. The liquidation bonus is the incentive less 1, in whole basis points, rounded down.
 */
export function listLegs(position: MorphoPosition): readonly Leg[] {
  const { market } = position;
  const { totals } = market;
  const lltv = toBps(market.params.lltv);
  const borrowed = computeBorrowed(position.borrowShares, totals);
  const lent = toAssetsDown(position.supplyShares, totals.totalSupplyAssets, totals.totalSupplyShares);
  const totalSupplied = tokenAmount(totals.totalSupplyAssets);
  const totalBorrowed = tokenAmount(totals.totalBorrowAssets);
  const legs: Leg[] = [];
  if (position.collateral > 0n) {
    legs.push({
      side: 'collateral',
      asset: market.collateral,
      amount: position.collateral,
      price: collateralPrice(market),
      enabled: true,
      liquidationThreshold: lltv,
      maxLtv: lltv,
      liquidationBonus: toBps(computeLiquidationIncentive(market.params.lltv) - WAD),
      yearlyRate: ray(0n),
    });
  }
  if (lent > 0n) {
    legs.push({
      side: 'collateral',
      asset: market.loan,
      amount: tokenAmount(lent),
      price: loanPrice(market),
      enabled: false,
      yearlyRate: toYearlyRate(computeSupplyRate(market.borrowRate, totals)),
      totalSupplied,
      totalBorrowed,
    });
  }
  if (borrowed > 0n) {
    legs.push({
      side: 'debt',
      asset: market.loan,
      amount: tokenAmount(borrowed),
      price: loanPrice(market),
      enabled: true,
      yearlyRate: toYearlyRate(market.borrowRate),
      totalSupplied,
      totalBorrowed,
    });
  }
  return legs;
}

/** The prices the figures depend on: both sides of the oracle's fraction, but none where the oracle takes a side as 1. */
export function listPrices(position: MorphoPosition): readonly OraclePrice[] {
  const { market } = position;
  const { parts } = market.oracle;
  const prices = [collateralPrice(market)];
  if (!parts?.quote.fixed && market.loan.id !== market.collateral.id) prices.push(loanPrice(market));
  return parts?.base.fixed ? prices.slice(1) : prices;
}
