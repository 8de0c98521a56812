import type { Address, Asset } from '@/lib/domain/asset';
import type { PositionBase } from '@/lib/domain/position';
import type { OraclePrice } from '@/lib/domain/price';
import type { Bps, Ray, TokenAmount } from '@/lib/units/fixed';

/** A reserve's configuration word, taken apart. Ratios in basis points; caps in whole tokens. */
export interface ReserveConfiguration {
  readonly ltv: Bps;
  readonly liquidationThreshold: Bps;
  /** Contract notation: 10500 means that a liquidator gets 5 % beyond the repaid debt; 0 for an asset that is no collateral. */
  readonly liquidationBonus: Bps;
  readonly decimals: number;
  readonly active: boolean;
  readonly frozen: boolean;
  readonly paused: boolean;
  readonly borrowingEnabled: boolean;
  readonly borrowableInIsolation: boolean;
  readonly siloedBorrowing: boolean;
  readonly reserveFactor: Bps;
  /** Whole tokens; `undefined`: no cap. */
  readonly supplyCap: bigint | undefined;
  readonly borrowCap: bigint | undefined;
  /** Share of the liquidation bonus that goes to the protocol. */
  readonly liquidationProtocolFee: Bps;
  /** Base currency with 2 decimals; 0: not an isolated collateral. */
  readonly debtCeiling: bigint;
}

/** An efficiency mode: other LTV, threshold and bonus for the collaterals of a bitmap (bit = reserve id). */
export interface EModeCategory {
  readonly id: number;
  readonly label: string;
  readonly ltv: Bps;
  readonly liquidationThreshold: Bps;
  readonly liquidationBonus: Bps;
  readonly collateralBitmap: bigint;
  readonly borrowableBitmap: bigint;
  /** Collaterals of the mode whose LTV is 0 all the same. */
  readonly ltvzeroBitmap: bigint;
}

/** A reserve at one block, shared by all positions that were read with it. */
export interface AaveReserve {
  readonly asset: Asset;
  /** Place in the pool's list and in every bitmap. */
  readonly id: number;
  readonly configuration: ReserveConfiguration;
  readonly liquidityIndex: Ray;
  readonly variableBorrowIndex: Ray;
  /** Yearly, nominal. */
  readonly liquidityRate: Ray;
  readonly variableBorrowRate: Ray;
  readonly lastUpdateSeconds: number;
  /** Both indexes accrued to the block's timestamp, as `getReserveNormalizedIncome` and `…VariableDebt` give them there. */
  readonly normalizedIncome: Ray;
  readonly normalizedDebt: Ray;
  /** Owed against this isolated collateral by all users, base currency with 2 decimals. */
  readonly isolationModeTotalDebt: bigint;
  /** The treasury's claim that is not minted yet, without interest, as of the last update; a supply cap counts it. */
  readonly accruedToTreasury?: bigint;
  /** Token units at the block; `undefined` when the call failed. */
  readonly totalSupplied: TokenAmount | undefined;
  readonly totalBorrowed: TokenAmount | undefined;
  readonly price: OraclePrice;
}

/** What one user has in one reserve: balances without interest, and the flags of the user's configuration word. */
export interface AaveHolding {
  readonly reserve: AaveReserve;
  readonly scaledSupply: bigint;
  readonly scaledDebt: bigint;
  readonly usedAsCollateral: boolean;
}

/** A user's whole account in one pool; only reserves with a supply or a debt are listed, by id. */
export interface AavePosition extends PositionBase<'aave-v3'> {
  readonly pool: Address;
  /** The market's own name where it tells one: "Aave Ethereum Market". */
  readonly marketName: string | undefined;
  /** `undefined` outside any efficiency mode. */
  readonly eMode: EModeCategory | undefined;
  readonly holdings: readonly AaveHolding[];
  /** Every reserve of the pool that could be read, one list for all accounts read with it; left out: only what is held is known. */
  readonly market?: readonly AaveReserve[];
}
