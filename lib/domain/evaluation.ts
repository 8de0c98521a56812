import type { BaseValue, Wad } from '@/lib/units/fixed';
import type { Rational } from '@/lib/units/rational';
import type { AssetId } from './asset';
import type { Known } from './known';

/**
 * What a position is worth and how safe it is, by its venue's own rules and rounding.
 *
 * Values: base currency (US dollars), 8 decimals; collateral rounded down, debt up. Ratios: 18 decimals. `null` means that the figure
 * does not exist (no debt, no collateral), which is something else than unknown.
 */
export interface Evaluation {
  /** Value of what counts as collateral now. */
  readonly collateralValue: Known<BaseValue>;
  readonly debtValue: Known<BaseValue>;
  /** Value supplied but not counting as collateral (switched off, or no collateral by the venue's rules). */
  readonly idleValue: Known<BaseValue>;
  /** debt / collateral, rounded up; null without collateral. */
  readonly ltv: Known<Wad | null>;
  /** LTV at which the position turns, value-weighted; null without collateral. */
  readonly liquidationThreshold: Known<Wad | null>;
  /** LTV up to which the venue lends, value-weighted; null without collateral. */
  readonly maxLtv: Known<Wad | null>;
  /** collateral / debt, rounded down; null without debt. */
  readonly collateralRatio: Known<Wad | null>;
  /** The venue's own, with its rounding; null without debt. */
  readonly healthFactor: Known<Wad | null>;
  /** What the venue would still lend, base currency. */
  readonly availableToBorrow: Known<BaseValue>;
  /** The venue's own test, not a comparison of ours. */
  readonly liquidatable: Known<boolean>;
}

/** Why a liquidation price does not exist. */
export type NoLiquidationPriceReason =
  | 'no-debt'
  | 'no-effect'
  | 'never-below-zero'
  | 'already-liquidatable'
  | 'sides-cancel'
  | 'out-of-range'
  | 'price-unknown';

/**
 * The price of one asset, all others held, at which the contract first says liquidatable, on the side of spot where it lies.
 * `answer` is an oracle answer (integer, the oracle's decimals): the liquidatable price nearest spot.
 */
export type LiquidationPrice =
  | {
      readonly assetId: AssetId;
      readonly exists: true;
      readonly answer: bigint;
      readonly decimals: number;
      /** 'below': a fall liquidates; 'above': a rise does (net short). */
      readonly direction: 'below' | 'above';
      /** answer / spot − 1, exact. */
      readonly distance: Rational;
    }
  | {
      readonly assetId: AssetId;
      readonly exists: false;
      readonly reason: NoLiquidationPriceReason;
      readonly text: string;
    };

/** The common fall of all collateral at which the position turns, with every feed floored. `drop` has 18 decimals, 0.236 is −23.6 %. */
export type UniformDrop =
  | { readonly exists: true; readonly drop: Wad }
  | { readonly exists: false; readonly reason: NoLiquidationPriceReason; readonly text: string };

export interface LiquidationPrices {
  readonly alone: readonly LiquidationPrice[];
  readonly together: UniformDrop;
}
