import type { BaseValue, Wad } from '@/lib/units/fixed';
import type { Asset, AssetId } from './asset';

/** An amount of a token in its smallest unit, with the token. */
export interface TokenQuantity {
  readonly asset: Asset;
  readonly amount: bigint;
}

/** What one liquidation seizes and what it repays. */
export interface LiquidationPair {
  readonly collateral: AssetId;
  readonly debt: AssetId;
}

/** One liquidation as the contract carries it out: amounts in token units, values in base currency with 8 decimals. */
export interface PositionLiquidationStep {
  readonly pair: LiquidationPair;
  readonly repaid: TokenQuantity;
  /** What leaves the borrower, the protocol's fee included. */
  readonly seized: TokenQuantity;
  /** Part of `seized` that goes to the protocol; amount 0 where it takes none. */
  readonly fee: TokenQuantity;
  /** seized − repaid by value; below 0 where the seized is worth less than the repaid. */
  readonly penaltyValue: BaseValue;
  /** seized − fee − repaid by value, rounded up: what the liquidator gets above what it repays; below 0 where it loses. */
  readonly bonusValue: BaseValue;
  /** Balances after the step, as the contract would report them; those at 0 stay listed. */
  readonly collateralLeft: readonly TokenQuantity[];
  readonly debtLeft: readonly TokenQuantity[];
  /** null without debt. */
  readonly healthFactorAfter: Wad | null;
  /** Token units that this step leaves unpaid for ever, by debt; empty where there is none. */
  readonly badDebt: readonly TokenQuantity[];
  readonly badDebtValue: BaseValue;
}

/** Step by step until the position is healthy or nothing is left to seize. */
export interface PositionOutcome {
  readonly steps: readonly PositionLiquidationStep[];
  readonly penaltyValue: BaseValue;
  readonly badDebtValue: BaseValue;
  /** `undefined` where there is no bad debt. */
  readonly badDebtBearer: string | undefined;
  /** What was assumed of the liquidator, in a sentence each, for the reader. */
  readonly assumptions: readonly string[];
}
