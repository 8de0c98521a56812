import type { AssetKey, BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { Known } from '@/lib/domain/known';
import type { VenueModel } from '@/lib/domain/venue-model';
import type { Wad } from '@/lib/units/fixed';
import type { Rational } from '@/lib/units/rational';
import type { RiskClass } from '../risk-class';
import type { FineValue } from './fine-value';

/**
 * What is said of a position where it is read from a chain: by the contract's integers, and with the doubts about its prices. The book's own
 * figures know neither.
 */
export interface Standing {
  readonly riskClass: RiskClass;
  /** By the contract's own test; `undefined` where that is unknown. */
  readonly liquidatable: boolean | undefined;
  /** As the contract has it, null without debt; `undefined` where it is unknown. */
  readonly healthFactor: Wad | null | undefined;
  /** Why the class is another than the figures say. */
  readonly note: string | undefined;
}

/** By position. Under the what-if that figures are asked for: of another one it says nothing. */
export type Standings = Readonly<Record<string, Standing>>;

/**
 * A position of a book on screen. Unlike a book in a file it may lack a price, and a position from a chain may not have been readable at
 * all: then `position` is undefined and `problem` says why.
 */
export interface DeskEntry {
  readonly id: string;
  readonly venue: string;
  readonly owner: string | undefined;
  readonly counterparty: string | undefined;
  readonly position: BookPosition | undefined;
  /** Without what is not known. */
  readonly prices: PriceBook;
  /** One sentence for people; only where `position` is undefined. */
  readonly problem: string | undefined;
  /** Of a position from a chain; of any other the book's prices are the prices. */
  readonly standing?: Standing | undefined;
}

export interface DeskBook {
  /** The date that a file gives; left out: none. */
  readonly asOf?: string | undefined;
  readonly entries: readonly DeskEntry[];
  /** Short names of assets whose keys are none, such as CAIP-19 ids from a chain. */
  readonly symbols: ReadonlyMap<AssetKey, string>;
}

/** One leg of a position by its value; `value` is undefined where its price is unknown. */
export interface LegValue {
  readonly asset: AssetKey;
  readonly side: 'collateral' | 'debt';
  /** Never negative. Held: rounded down, owed: rounded up. */
  readonly value: FineValue | undefined;
}

/** What is known of a position as a whole once all its prices are. */
export interface DeskFigures {
  /** Of what counts as collateral, rounded down. */
  readonly collateralValue: FineValue;
  /** Rounded up. */
  readonly debtValue: FineValue;
  /** Rounded down; null without debt. */
  readonly healthFactor: Wad | null;
  readonly liquidatable: boolean;
  /** Common fall of all its collateral at which it turns, exact; negative where it has; null where no common fall liquidates. */
  readonly drop: Rational | null;
}

/** A position of the book, evaluated. */
export interface DeskItem {
  readonly entry: DeskEntry;
  readonly legs: readonly LegValue[];
  readonly figures: Known<DeskFigures>;
  /** Never better than its standing. */
  readonly riskClass: RiskClass;
  /** Why the class is another than the figures say. */
  readonly riskNote: string | undefined;
}

/** The venue's rules; the registry of venues stands right of this room. `undefined`: there is no such venue. */
export type FindModel = (venue: string) => VenueModel<string, unknown> | undefined;
