import type { Rational } from '@/lib/units/rational';

/** An asset as a book names it: a short name of the book's own ("eth") or, from a chain, its CAIP-19 id. */
export type AssetKey = string;

/** What a leg may carry, as fractions ("0.83" is 83 %). Which of them a venue reads is the venue's (`VenueModel.legParameters`). */
export const LEG_PARAMETERS = [
  'liquidationThreshold',
  'maxLtv',
  'liquidationBonus',
  'borrowCollateralFactor',
  'liquidateCollateralFactor',
  'liquidationFactor',
  'initialMargin',
  'maintenanceMargin',
] as const;
export type LegParameter = (typeof LEG_PARAMETERS)[number];

/** One thing supplied or owed, in whole tokens, interest accrued. Amounts are never negative. */
export interface BookLeg {
  readonly asset: AssetKey;
  readonly amount: Rational;
  /** Collateral that is switched off neither counts nor can be seized. Always true of debt. */
  readonly enabled: boolean;
  readonly parameters: Readonly<Partial<Record<LegParameter, Rational>>>;
  /** Yearly, on debt. */
  readonly borrowRate: Rational | undefined;
}

/** A position of a book: legs in the order in which they stand there, each asset at most once a side. */
export interface BookPosition<Terms = unknown> {
  readonly id: string;
  readonly venue: string;
  readonly owner: string | undefined;
  readonly counterparty: string | undefined;
  /** What a book says beside the figures; no rule reads them. */
  readonly rating?: string | undefined;
  readonly kyc?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly collateral: readonly BookLeg[];
  readonly debt: readonly BookLeg[];
  /** The venue's own parameters, read by its schema. */
  readonly terms: Terms;
}

/** Price of one whole token in the book's base currency. Every asset of a position is in it: a book without a price is refused. */
export type PriceBook = ReadonlyMap<AssetKey, Rational>;
