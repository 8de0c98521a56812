import type { LegParameter } from '@/lib/domain/book-position';

/** How a venue would take a leg, or why it does not. */
export type LegMapping =
  | {
      readonly held: true;
      /** Decimal strings, as a book writes them. */
      readonly parameters: Readonly<Partial<Record<LegParameter, string>>>;
      /** Added to the terms of the position it stands in. */
      readonly terms: Readonly<Record<string, unknown>>;
      /** What was assumed of it, one sentence. */
      readonly note: string | undefined;
    }
  | { readonly held: false; readonly text: string };

/** How legs are laid out on a venue: all in one account; one account for each debt; one position for each collateral and debt. */
export type VenueLayout = 'account' | 'by-debt' | 'pairs';

/** How a venue would take the legs of a position of another, by its default parameters. Assets by symbol, in capitals, ETH and BTC wrapped. */
export interface VenueMapping {
  readonly layout: VenueLayout;
  readonly mapDebt: (symbol: string) => LegMapping;
  /** `debt` is what it would back; undefined where nothing is owed. */
  readonly mapCollateral: (symbol: string, debt: string | undefined) => LegMapping;
  /** Where the parameters come from, one sentence. */
  readonly source: string;
}

/** A leg that is taken. */
export const hold = (
  parameters: Readonly<Partial<Record<LegParameter, string>>> = {},
  rest: { readonly terms?: Readonly<Record<string, unknown>>; readonly note?: string | undefined } = {},
): LegMapping => ({ held: true, parameters, terms: rest.terms ?? {}, note: rest.note });

/** A leg that is not. */
export const refuse = (text: string): LegMapping => ({ held: false, text });
