import type { AssetKey, LegParameter } from '@/lib/domain/book-position';
import type { BookEvaluation, BookLiquidationPrice, BookLiquidationPrices } from '@/lib/domain/venue-model';
import type { DropBin, HealthBin } from '@/lib/risk/exposure/bins';
import type { Concentration } from '@/lib/risk/exposure/concentration';
import type { Coverage } from '@/lib/risk/exposure/coverage';
import type { DeskBook, Standings } from '@/lib/risk/exposure/desk-book';
import type { DeskFilter } from '@/lib/risk/exposure/desk-filter';
import type { Exposure, ExposureDimension, ExposureMeasure } from '@/lib/risk/exposure/exposures';
import type { Falling } from '@/lib/risk/exposure/falls';
import type { FineValue } from '@/lib/risk/exposure/fine-value';
import type { HistogramBar } from '@/lib/risk/exposure/histogram';
import type { LiquidationCurve } from '@/lib/risk/exposure/liquidation-curve';
import type { RiskClass } from '@/lib/risk/risk-class';
import type { WhatIf } from '@/lib/scenarios/what-if';
import type { Wad } from '@/lib/units/fixed';
import type { Rational } from '@/lib/units/rational';
import type { DeskSort } from './desk-sort';

/** Where a book comes from. */
export type DeskSource =
  | { readonly kind: 'mock'; readonly seed: number; readonly count: number }
  | {
      readonly kind: 'file';
      readonly text: string;
      readonly goodRowsOnly: boolean;
      /** Names of keys that are read from chain just now: a book that was exported from it speaks of the same assets. */
      readonly symbols?: ReadonlyMap<AssetKey, string> | undefined;
    }
  | { readonly kind: 'entries'; readonly book: DeskBook };

/** What can fall in a book, for the choice of a curve. */
export interface FallChoice {
  readonly key: Falling;
  readonly label: string;
}

/** A book that was read. */
export interface CheckedSource {
  readonly count: number;
  /** Positions of a file that were left out, each with its first fault. */
  readonly leftOut: readonly { readonly id: string; readonly fault: string }[];
}

/** A book that was opened. */
export interface OpenedDesk extends CheckedSource {
  /** Stands for this opening: figures are asked for with it, so that those of another book never answer. */
  readonly ticket: number;
  readonly choices: readonly FallChoice[];
  /** Names of its venues by their keys. */
  readonly venueNames: Readonly<Record<string, string>>;
  /** What its venues' rules hold at what it is while prices fall, a sentence each. */
  readonly assumptions: readonly string[];
  /** Families held still when all falls: meant to be worth a dollar. */
  readonly held: readonly string[];
}

/** A position as the table shows it; `undefined` where a figure is unknown. */
export interface DeskRow {
  readonly id: string;
  readonly venue: string;
  readonly owner: string;
  readonly counterparty: string;
  readonly held: string;
  readonly owed: string;
  readonly collateral: FineValue | undefined;
  readonly debt: FineValue | undefined;
  /** null without debt. */
  readonly healthFactor: Wad | null | undefined;
  /** null: no common fall of the collateral liquidates. */
  readonly drop: Rational | null | undefined;
  /** By the venue's own test; the class may be worse than that. */
  readonly liquidatable: boolean;
  readonly riskClass: RiskClass;
  /** Why the class is another than the figures say. */
  readonly riskNote: string | undefined;
  /** Why figures are unknown. */
  readonly reason: string | undefined;
  /** The what-if moves a price that its legs depend on: its figures are hypothetical. */
  readonly affected: boolean;
}

export interface DeskViewRequest {
  readonly ticket: number;
  readonly whatIf: WhatIf;
  /** Of a book from a chain, under this what-if: a position that is not among them is unknown. */
  readonly standings?: Standings | undefined;
  readonly filter: DeskFilter;
  readonly dimension: ExposureDimension;
  readonly measure: ExposureMeasure;
  readonly lookThrough: boolean;
  readonly falling: Falling;
  /** Bad debt is the dear part: left out until the rest is on screen. */
  readonly withBadDebt: boolean;
  readonly sort: DeskSort;
  /** The rows that the asker has already; they are sent again only where they changed. */
  readonly rowsKey: string | undefined;
}

/** Which position of the open book is looked into. */
export interface DeskDetailRequest extends Pick<DeskViewRequest, 'ticket' | 'whatIf' | 'standings'> {
  readonly id: string;
}

/** One leg of a position as its details show it. */
export interface DetailLeg {
  readonly side: 'collateral' | 'debt';
  readonly asset: AssetKey;
  readonly name: string;
  /** Whole tokens. */
  readonly amount: Rational;
  /** False: held, but it does not count as collateral. */
  readonly enabled: boolean;
  /** `undefined` where it is not known. */
  readonly price: Rational | undefined;
  /** Held: rounded down, owed: rounded up; `undefined` without a price. */
  readonly value: FineValue | undefined;
  readonly parameters: readonly { readonly name: LegParameter; readonly value: Rational }[];
  /** Yearly, on debt. */
  readonly borrowRate: Rational | undefined;
}

/** The price of one asset, the others held, at which the position turns. */
export interface DetailPrice {
  readonly asset: AssetKey;
  readonly name: string;
  readonly price: BookLiquidationPrice;
  /** Of the price now to that price: −0.25 is a fall of 25 %. `undefined` where there is none. */
  readonly change: Rational | undefined;
}

/** A position of the book with the figures of its venue's own model, exact. */
export interface DeskDetail {
  readonly row: DeskRow;
  readonly legs: readonly DetailLeg[];
  /** `undefined` while a price is unknown: `row.reason` says why. */
  readonly figures:
    | {
        readonly evaluation: BookEvaluation;
        readonly alone: readonly DetailPrice[];
        readonly together: BookLiquidationPrices['together'];
      }
    | undefined;
}

export interface ExposureView extends Exposure {
  readonly label: string;
}

/** Everything the screen shows of a book. Each aggregate says over what it was made, and what of that could not be priced. */
export interface DeskView {
  /** Indexes of the rows that were chosen, sorted. */
  readonly order: Uint32Array;
  readonly rowsKey: string;
  readonly rows: readonly DeskRow[] | undefined;
  readonly totals: {
    readonly held: FineValue;
    readonly owed: FineValue;
    /** held − owed. */
    readonly net: FineValue;
    readonly liquidatableCount: number;
    /** Of them, those that are so at market prices alone, while a price of their own is in doubt. */
    readonly atMarketCount: number;
    readonly unknownCount: number;
    /** The worst class there is among them; `unknown` is worse than danger. */
    readonly worst: RiskClass;
    readonly coverage: Coverage;
  };
  readonly exposures: {
    readonly bars: readonly ExposureView[];
    readonly concentration: Concentration | undefined;
    readonly coverage: Coverage;
  };
  readonly health: {
    readonly bars: readonly HistogramBar<HealthBin>[];
    readonly coverage: Coverage;
    /** Positions that stand in a worse bin than their health factor would put them. */
    readonly byClassCount: number;
  };
  readonly drops: { readonly bars: readonly HistogramBar<DropBin>[]; readonly coverage: Coverage };
  readonly curve: LiquidationCurve & { readonly coverage: Coverage };
}

export interface DeskFile {
  readonly text: string;
  readonly count: number;
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
}

/** The jobs a desk does, by name: what is asked and what comes back. */
export interface DeskJobs {
  /** Reads a book without opening it: what is wrong with a file is told before anything changes. */
  readonly check: { readonly input: DeskSource; readonly output: CheckedSource };
  readonly open: { readonly input: DeskSource; readonly output: OpenedDesk };
  readonly view: { readonly input: DeskViewRequest; readonly output: DeskView };
  /** `undefined`: no position of the book has this id. */
  readonly detail: { readonly input: DeskDetailRequest; readonly output: DeskDetail | undefined };
  readonly save: {
    readonly input: { readonly format: 'json' | 'csv'; readonly view: DeskViewRequest };
    readonly output: DeskFile;
  };
}
