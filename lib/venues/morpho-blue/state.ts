import type { Address, Asset, Hash } from '@/lib/domain/asset';
import type { PositionBase } from '@/lib/domain/position';
import type { OraclePrice } from '@/lib/domain/price';
import type { TokenAmount, Wad } from '@/lib/units/fixed';
import type { Rational } from '@/lib/units/rational';

/** What makes a market, and its id: the five parameters that Morpho hashes. */
export interface MarketParams {
  readonly loanToken: Address;
  readonly collateralToken: Address;
  readonly oracle: Address;
  readonly irm: Address;
  readonly lltv: bigint;
}

/** A market's totals as Morpho keeps them: assets in the loan token's smallest unit, shares with their 6 further digits. */
export interface MarketTotals {
  readonly totalSupplyAssets: bigint;
  readonly totalSupplyShares: bigint;
  readonly totalBorrowAssets: bigint;
  readonly totalBorrowShares: bigint;
  /** Chain time up to which interest is in the totals. */
  readonly lastUpdateSeconds: number;
  /** Share of the interest that goes to the fee recipient, 18 decimals. */
  readonly fee: Wad;
}

/**
 * One side of the fraction the oracle computes: the collateral's (base) or the loan token's (quote).
 *
 * The contract multiplies a vault's conversion and up to two feed answers into `product`. People and what-ifs speak of one price per
 * whole token in US dollars: `price`. With a single feed and no vault that is the feed's own answer and `unit` is 1; otherwise it is
 * composed, 8 decimals, floored.
 */
export interface OracleSide {
  readonly asset: Asset;
  readonly price: OraclePrice;
  /** As the contract multiplies it; `undefined` when a feed or the vault gave nothing usable. */
  readonly product: bigint | undefined;
  /** `product` per unit of `price.answer`; `undefined` where the product follows no dollar price. */
  readonly unit: Rational | undefined;
  /** The feeds behind the product; empty where the oracle takes this side as 1. */
  readonly feeds: readonly Address[];
  /** No feed and no vault: the oracle takes this side as 1, whatever the market says. */
  readonly fixed: boolean;
}

/** The oracle taken apart: price = ⌊scaleFactor · base.product / quote.product⌋. */
export interface OracleParts {
  readonly scaleFactor: bigint;
  readonly base: OracleSide;
  readonly quote: OracleSide;
}

export interface MorphoOracle {
  readonly address: Address;
  /** `price()` at the block: loan units for one unit of collateral, scaled by 1e36; `undefined` when the call failed. */
  readonly answer: bigint | undefined;
  /** `undefined` for an oracle whose structure cannot be read: its price stands, but it cannot be recomputed at other prices. */
  readonly parts: OracleParts | undefined;
}

export interface MorphoMarket {
  readonly id: Hash;
  readonly contract: Address;
  readonly params: MarketParams;
  readonly loan: Asset;
  readonly collateral: Asset;
  readonly oracle: MorphoOracle;
  /** With interest accrued to the position's block, as the contract itself accrues it. */
  readonly totals: MarketTotals;
  /** Borrow rate per second, 18 decimals. For showing: no amount depends on it. */
  readonly borrowRate: Wad;
}

/** A borrower's position in one Morpho Blue market, with all that its figures depend on. */
export interface MorphoPosition extends PositionBase<'morpho-blue'> {
  readonly market: MorphoMarket;
  readonly collateral: TokenAmount;
  readonly borrowShares: bigint;
  /** Lent in the same market, beside the borrowing: never collateral. */
  readonly supplyShares: bigint;
}
