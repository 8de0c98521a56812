import { tokenAmount, WAD } from '@/lib/units/fixed';
import { mulDivDown, mulDivUp } from '@/lib/units/rounding';
import { ORACLE_PRICE_SCALE } from './health';
import { computeLiquidationIncentive } from './incentive';
import { takeRepayment } from './repayment';
import { toAssetsDown, toAssetsUp, toSharesUp } from './shares';
import type { MarketTotals, MorphoPosition } from './state';

/** What a liquidator asks of `Morpho.liquidate`: shares to repay, or collateral to seize. The contract takes exactly one of them. */
export type LiquidationCall =
  | { readonly by: 'repaidShares'; readonly amount: bigint }
  | { readonly by: 'seizedAssets'; readonly amount: bigint };

/** The `Liquidate` event's figures, the call that makes them, and the position with its market's totals after it. */
export interface MorphoLiquidation {
  readonly call: LiquidationCall;
  readonly repaidAssets: bigint;
  readonly repaidShares: bigint;
  readonly seizedAssets: bigint;
  readonly badDebtAssets: bigint;
  readonly badDebtShares: bigint;
  readonly after: MorphoPosition;
}

/** Collateral that repaying shares buys, rounded down three times. No amount at a price of 0, by which the contract would divide. */
function computeSeizedFor(repaidShares: bigint, totals: MarketTotals, price: bigint, incentive: bigint): bigint {
  const repaid = toAssetsDown(repaidShares, totals.totalBorrowAssets, totals.totalBorrowShares);
  return mulDivDown(mulDivDown(repaid, incentive, WAD), ORACLE_PRICE_SCALE, price);
}

/** Shares that seizing collateral costs, rounded up three times; none at a price of 0. */
function computeRepaidFor(seizedAssets: bigint, totals: MarketTotals, price: bigint, incentive: bigint): bigint {
  const quoted = mulDivUp(seizedAssets, price, ORACLE_PRICE_SCALE);
  return toSharesUp(mulDivUp(quoted, WAD, incentive), totals.totalBorrowAssets, totals.totalBorrowShares);
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** What is owed when nothing backs it any more: off the market's borrowing and off its supply. */
function writeOff(totals: MarketTotals, shares: bigint): { readonly assets: bigint; readonly totals: MarketTotals } {
  const { totalBorrowAssets, totalBorrowShares, totalSupplyAssets } = totals;
  const assets = smaller(totalBorrowAssets, toAssetsUp(shares, totalBorrowAssets, totalBorrowShares));
  return {
    assets,
    totals: {
      ...totals,
      totalBorrowAssets: totalBorrowAssets - assets,
      totalBorrowShares: totalBorrowShares - shares,
      totalSupplyAssets: totalSupplyAssets - assets,
    },
  };
}

/** The call that takes the most: all debt shares where what they buy is there, else all collateral. */
function chooseLiquidationCall(position: MorphoPosition, price: bigint): LiquidationCall {
  const { market, borrowShares, collateral } = position;
  const incentive = computeLiquidationIncentive(market.params.lltv);
  const covered = price > 0n && computeSeizedFor(borrowShares, market.totals, price, incentive) <= collateral;
  return covered ? { by: 'repaidShares', amount: borrowShares } : { by: 'seizedAssets', amount: collateral };
}

/**
 * One liquidation of a position that is liquidatable at an oracle price (scaled by 1e36), as `Morpho.liquidate` carries it out at the
 * position's own block, to the last unit: seized collateral rounded down, repaid shares and assets up. With no collateral left the shares
 * that remain are written off, rounded up, at most what the market still lends. The liquidator makes the call that takes the most: all debt
 * shares where what they buy is there, else all collateral.
 *
 * No call takes more. For whole numbers ⌈⌈x·P⌉/LIF⌉ ≤ A exactly when x ≤ ⌊⌊A·LIF⌋/P⌋, and shares rounded up from assets B are at most the
 * borrower's exactly when B ≤ A, the assets of the borrower's shares rounded down. So what all shares buy is also the most that can be
 * asked for as collateral, and where that is more than there is, all collateral costs no more shares than are owed.
 *
 * Example: 10 wstETH at 2,700, 86 %, owing 24,000 USDC in a market where a share is a millionth of a unit: all shares, 24,000 USDC repaid,
 * 25,052.192066 / 2,700 = 9.278589654074074074 wstETH seized.
 */
export function computeLiquidation(position: MorphoPosition, price: bigint): MorphoLiquidation {
  const { market, borrowShares, collateral } = position;
  const incentive = computeLiquidationIncentive(market.params.lltv);
  const call = chooseLiquidationCall(position, price);
  const bySeizing = call.by === 'seizedAssets';
  const repaidShares = bySeizing ? computeRepaidFor(call.amount, market.totals, price, incentive) : call.amount;
  const seizedAssets = bySeizing ? call.amount : computeSeizedFor(call.amount, market.totals, price, incentive);
  const repayment = takeRepayment(market.totals, repaidShares);
  const empty = collateral === seizedAssets;
  const badDebtShares = empty ? borrowShares - repaidShares : 0n;
  const writtenOff = writeOff(repayment.totals, badDebtShares);
  return {
    call,
    repaidAssets: repayment.assets,
    repaidShares,
    seizedAssets,
    badDebtAssets: writtenOff.assets,
    badDebtShares,
    after: {
      ...position,
      collateral: tokenAmount(collateral - seizedAssets),
      borrowShares: borrowShares - repaidShares - badDebtShares,
      market: { ...market, totals: writtenOff.totals },
    },
  };
}
