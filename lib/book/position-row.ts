import type { Asset, AssetId } from '@/lib/domain/asset';
import type { AssetFamily } from '@/lib/domain/asset-family';
import type { Evaluation, LiquidationPrice, LiquidationPrices } from '@/lib/domain/evaluation';
import type { Known, UnknownReason } from '@/lib/domain/known';
import type { Leg, PositionId, WatchedAccount } from '@/lib/domain/position';
import type { OraclePrice } from '@/lib/domain/price';
import type { OracleJump } from '@/lib/risk/oracle-jump';
import type { OracleState } from '@/lib/risk/oracle-state';
import type { RiskClass } from '@/lib/risk/risk-class';
import type { WhatIf } from '@/lib/scenarios/what-if';
import type { BaseValue, Wad } from '@/lib/units/fixed';
import type { Position, VenueId } from '@/lib/venues/registry';

/** Where a market price comes from, the moment it is of by its source, and its age by the wall clock. */
export interface MarketSource {
  readonly source: string;
  readonly atMs: number;
  readonly ageSeconds: number;
}

/** One oracle price a position depends on, judged: state, age, the market's price beside it and what the next write would do. */
export interface PriceFigure {
  readonly asset: Asset;
  readonly price: OraclePrice;
  readonly state: OracleState;
  readonly ageSeconds: number | undefined;
  /** Its last write was absurdly far from the answer before, and the market does not confirm it. */
  readonly jump: OracleJump | undefined;
  /** What-if applied; the oracle's own answer where none is active. `undefined` when invalid or missing. */
  readonly answer: bigint | undefined;
  /** Market price in the oracle's decimals, what-if applied. */
  readonly marketAnswer: Known<bigint>;
  /** Of the last market price there was, live or not; `undefined` without any. */
  readonly marketSource: MarketSource | undefined;
  /** market / oracle − 1, a float for showing. */
  readonly marketDeviation: number | undefined;
  /** The feed's own rule would write at the market's price now (deviation threshold reached). */
  readonly writeDue: boolean;
  /**
   * The oracle answer from which this asset alone liquidates, where there is one: a write at or past it liquidates, others held. Of a position
   * that is liquidatable already: where it turns back.
   */
  readonly liquidatesAt: LiquidationPrice | undefined;
  /** The market stands past `liquidatesAt`: a write of its price would liquidate, whether one is due or not. */
  readonly nextWriteLiquidates: boolean;
}

/** A leg with its value at the figure's prices. */
export interface LegFigure {
  readonly leg: Leg;
  readonly family: AssetFamily;
  /** Base currency, 8 decimals: collateral down, debt up. */
  readonly value: Known<BaseValue>;
}

export type NearestLiquidation = Extract<LiquidationPrice, { exists: true }> & { readonly asset: Asset };

/** Every figure of one position, for the table row and the position's page alike. */
export interface PositionRow {
  readonly id: PositionId;
  readonly position: Position;
  readonly venue: VenueId;
  readonly venueName: string;
  readonly market: string;
  readonly owner: WatchedAccount;
  readonly collateral: readonly LegFigure[];
  readonly debt: readonly LegFigure[];
  readonly prices: readonly PriceFigure[];
  /** What the row's prices are shocked by; what is not part of the position is too. */
  readonly whatIf: WhatIf;
  /** At the contract's prices (what-if applied): what the contract itself would say. */
  readonly evaluation: Evaluation;
  /** At the market's prices (what-if applied). */
  readonly atMarket: Evaluation;
  readonly netValue: Known<BaseValue>;
  readonly liquidationPrices: Known<LiquidationPrices>;
  /** The liquidation price of one asset alone that may be reached soonest (`compareNearness`); null where no asset alone can liquidate. */
  readonly nearest: Known<NearestLiquidation | null>;
  /** Why nothing can be said of the position now; `undefined` while its chain can be seen. */
  readonly blind: UnknownReason | undefined;
  readonly riskClass: RiskClass;
  /** One sentence where the class needs explaining: late oracle, unknown price, what-if. */
  readonly riskNote: string | undefined;
  /** Age of the oldest oracle answer the position depends on, chain time; `undefined` where none tells, and while the chain cannot be seen. */
  readonly oldestPriceSeconds: number | undefined;
  readonly latePrices: readonly PriceFigure[];
  /** Prices whose oracle jumped; with the late ones, those beside which the market's figure always stands. */
  readonly jumpedPrices: readonly PriceFigure[];
  /** Yearly return on net worth, a float: 0.031 is 3.1 %. Interest only. */
  readonly netYearlyRate: Known<number>;
  /** Interest earned minus owed in a day, US dollars, a float. */
  readonly carryPerDayUsd: Known<number>;
}

/** A sum over rows that may lack some: `value` covers the known ones only and `unknownCount` says how many it leaves out. */
export interface Total {
  readonly value: BaseValue;
  readonly unknownCount: number;
}

export interface BookStrip {
  readonly positionCount: number;
  readonly collateral: Total;
  readonly debt: Total;
  readonly netWorth: Total;
  readonly debtAssetCount: number;
  readonly carryPerDayUsd: { readonly value: number; readonly unknownCount: number };
  readonly lowestHealthFactor: { readonly row: PositionRow; readonly value: Wad } | undefined;
  readonly nearest: { readonly row: PositionRow; readonly nearest: NearestLiquidation } | undefined;
  readonly unknownCount: number;
  readonly liquidatableCount: number;
}

/** A family with the assets of it that are in the book: a shock on the family moves them all. */
export interface BookFamily extends AssetFamily {
  readonly symbols: readonly string[];
}

export interface BookView {
  readonly rows: readonly PositionRow[];
  readonly strip: BookStrip;
  /** Families in the book, for the shock bar: what the book holds most of first. */
  readonly families: readonly BookFamily[];
  readonly assets: ReadonlyMap<AssetId, Asset>;
  readonly whatIfActive: boolean;
}
