import type { AssetKey } from '@/lib/domain/book-position';
import type { Known, UnknownReason } from '@/lib/domain/known';
import type { Rational } from '@/lib/units/rational';

/** Who gave a figure: a position or an asset, or the subject as a whole. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Which price a condition is about: the one the contract uses, or the market's. */
export const PRICE_SOURCES = ['oracle', 'market'] as const;
export type PriceSource = (typeof PRICE_SOURCES)[number];

/** How safe a position is at some prices, by its venue's own rules; null: the figure does not exist (no debt, no collateral). */
export interface SubjectFigures {
  readonly healthFactor: Known<Rational | null>;
  readonly ltv: Known<Rational | null>;
  readonly collateralRatio: Known<Rational | null>;
  /** The venue's own test. */
  readonly liquidatable: Known<boolean>;
}

/** A price of one asset, the others held, at which a position turns. */
export interface LiquidationDistance {
  readonly asset: AssetKey;
  readonly name: string;
  /** Share of today's price that is left: 1 − P_liq/P where a fall liquidates, P_liq/P − 1 where a rise does; 0 or below: liquidatable already. */
  readonly left: Rational;
}

/** What a position holds less what it owes of one asset, base currency at the oracle's prices; negative where it owes more. */
export interface SubjectExposure {
  readonly asset: AssetKey;
  readonly name: string;
  readonly value: Known<Rational>;
}

/**
 * One position as conditions see it. Implementations may compute a figure when it is first asked for (getters); the same position gives the
 * same figures every time. What was read too long ago to be shown is unknown here too.
 */
export interface SubjectPosition extends Named {
  readonly atOracle: SubjectFigures;
  /** At the market's prices: what the next writes of the oracles would bring. */
  readonly atMarket: SubjectFigures;
  /** Every asset alone by which it can turn, in the order of nearness in which they are shown; empty where none can. */
  readonly liquidations: Known<readonly LiquidationDistance[]>;
  /** Each asset once. Unknown as a whole where the legs themselves are not known. */
  readonly exposures: Known<readonly SubjectExposure[]>;
  /** Until interest alone liquidates, the earliest of the estimate; 0 where liquidatable already, null where interest never does. */
  readonly secondsToLiquidation: Known<Rational | null>;
}

/** Highest and lowest price within a window that ends now, the price now among them. */
export interface PriceExtremes {
  readonly highest: Rational;
  readonly lowest: Rational;
  /** The record reaches back over the whole window without a gap; else the extremes are of a part of it, and may have been further apart. */
  readonly isWhole: boolean;
}

/** One price source of an asset. */
export interface SubjectPrice {
  /** Per one whole token, base currency. An answer of 0 or below is unknown. */
  readonly price: Known<Rational>;
  /** Since its last write or tick: chain time of an oracle, wall clock of a market. */
  readonly ageSeconds: Known<Rational>;
  computeExtremes(windowSeconds: number): Known<PriceExtremes>;
}

/** A place where an asset is lent; null: it is not lent there, or the place has no such figure. */
export interface SubjectMarket extends Named {
  /** Yearly: 1/20 is 5 %. */
  readonly borrowRate: Known<Rational | null>;
  /** borrowed / supplied. */
  readonly utilisation: Known<Rational | null>;
}

/** One asset as conditions see it. `id` is its CAIP-19 id, or a book's own short name. */
export interface SubjectAsset extends Named {
  readonly oracle: SubjectPrice;
  readonly market: SubjectPrice;
  /** Longest silence its oracle promises. */
  readonly heartbeatSeconds: Known<number>;
  /** Price it is meant to hold, base currency; null: none. */
  readonly pegTarget: Rational | null;
  /** Some position of the subject owes it; true of an asset that is looked at for itself. */
  readonly isOwed: boolean;
  /** Where the subject's positions hold or owe it; of an asset looked at for itself everywhere. */
  readonly markets: readonly SubjectMarket[];
}

/**
 * What a trigger's conditions are measured on: one position, one asset or everything in its scope (`computeGrain`), with the assets of the
 * positions and those that the conditions name (`listNamedAssets`). A position that cannot be read stands here with unknown figures.
 */
export interface Subject extends Named {
  readonly positions: readonly SubjectPosition[];
  readonly assets: readonly SubjectAsset[];
  /** Why it may have positions or assets that are not in the lists; `undefined` where it has none. */
  readonly unseen: UnknownReason | undefined;
}
