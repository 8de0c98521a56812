import type * as z from 'zod/mini';
import type { Rational } from '@/lib/units/rational';
import type { AssetKey, BookPosition, LegParameter, PriceBook } from './book-position';
import type { NoLiquidationPriceReason } from './evaluation';

/** Where a venue stands on the four axes on which venues differ. */
export interface VenueAxes {
  readonly collaterals: 'one' | 'many';
  readonly debts: 'one' | 'many';
  /** Who bears what a liquidation leaves unpaid, as a sentence's object: "the reserve's suppliers". */
  readonly badDebtBearer: string;
  readonly liquidity: string;
}

/** What a position is worth and how safe it is; values in the book's base currency, all exact. */
export interface BookEvaluation {
  /** Of what counts as collateral. */
  readonly collateralValue: Rational;
  readonly debtValue: Rational;
  /** The venue's own measure, 1 at the edge; null without debt. */
  readonly healthFactor: Rational | null;
  /** null without collateral. */
  readonly ltv: Rational | null;
  /** null without debt. */
  readonly collateralRatio: Rational | null;
  /** The venue's own test, never a comparison of the health factor. */
  readonly liquidatable: boolean;
  /** What the venue would still lend, base currency; at least 0. */
  readonly availableToBorrow: Rational;
}

export type BookLiquidationPrice =
  | { readonly exists: true; readonly price: Rational; readonly direction: 'below' | 'above' }
  | { readonly exists: false; readonly reason: NoLiquidationPriceReason | 'venue-rule'; readonly text: string };

export interface BookLiquidationPrices {
  /** Of each asset of the position, the others held. */
  readonly alone: ReadonlyMap<AssetKey, BookLiquidationPrice>;
  /** Common fall of all collateral: 0.236 is −23.6 %; negative where liquidatable already. */
  readonly together:
    | { readonly exists: true; readonly drop: Rational }
    | { readonly exists: false; readonly reason: NoLiquidationPriceReason | 'venue-rule'; readonly text: string };
}

export interface AssetAmount {
  readonly asset: AssetKey;
  readonly amount: Rational;
}

/** A leg as the venue's edge counts it: one token of it carries, or counts as, `perPrice` · price + `fixed` of base currency. */
export interface EdgeLeg extends AssetAmount {
  /** Per token and unit of its price: a threshold on collateral, 1 or more on debt; 0 of what does not count. */
  readonly perPrice: Rational;
  /** Per token, whatever its price: the face value of a debt that is counted at par; 0 elsewhere. */
  readonly fixed: Rational;
}

/**
 * Where a venue's line between safe and liquidatable runs, linear in prices: with carried = Σ over collateral and owed = Σ over debt of
 * amount · (perPrice · price + fixed), a position is safe while carried ≥ owed and liquidatable while carried < owed. Of a venue whose own
 * test is not a line: one on its safe side (`isCautious`), so that carried ≥ owed is safe, and carried < owed may still be.
 */
export interface LinearEdge {
  /** In the order of the position's own legs, those that do not count too. */
  readonly collateral: readonly EdgeLeg[];
  readonly debt: readonly EdgeLeg[];
  /** The venue's health factor where carried = owed, so that healthFactor = carried / owed · this; 1 but for a mode that liquidates earlier. */
  readonly healthAtEdge: Rational;
  /** On the safe side of the venue's own test, by no more than a basis point of the collateral; left out: the test itself. */
  readonly isCautious?: boolean | undefined;
}

export type WithdrawalRule =
  | { readonly allowed: true; readonly edge: LinearEdge }
  | { readonly allowed: false; readonly text: string };

/** One liquidation of an outcome. Several assets where one step takes several (Compound III's `absorb`). */
export interface LiquidationStep {
  readonly repaid: readonly AssetAmount[];
  /** What leaves the borrower, the protocol's fee included. */
  readonly seized: readonly AssetAmount[];
  /** Part of `seized` that goes to the protocol. */
  readonly fee: readonly AssetAmount[];
  /** seized − repaid by value: what the borrower loses beyond the debt. Negative where the seized is worth less than the repaid. */
  readonly penaltyValue: Rational;
  /**
   * Base currency: what the liquidator, or who buys what was taken, gets above what it pays, the protocol's fee taken off. What a pool or
   * other borrowers gain, who take the debt over, is none of it.
   */
  readonly bonusValue: Rational;
  readonly collateralLeft: readonly AssetAmount[];
  readonly debtLeft: readonly AssetAmount[];
  /** null without debt. */
  readonly healthFactorAfter: Rational | null;
  /** Base currency: what this step leaves unpaid for ever. */
  readonly badDebt: Rational;
}

/** What a liquidator seizes and what it repays. */
export interface BookLiquidationPair {
  readonly collateral: AssetKey;
  readonly debt: AssetKey;
}

/** What holders of a venue's stablecoin may take from a position that is not liquidatable. */
export interface BookRedemption {
  /** Whether anything can be taken of it at these prices. */
  readonly isPossible: boolean;
  /** Debt that is taken from first, at the least; undefined where it is not known, which is not none. */
  readonly debtInFront: AssetAmount | undefined;
  /** For the reader, assets by their keys. */
  readonly text: string;
}

/** Step by step until the position is healthy or empty. */
export interface BookOutcome {
  readonly steps: readonly LiquidationStep[];
  readonly penaltyValue: Rational;
  readonly badDebt: Rational;
  /** undefined where there is no bad debt. */
  readonly badDebtBearer: string | undefined;
  /** What was assumed of the liquidator and of pools, in a sentence each, for the reader. */
  readonly assumptions: readonly string[];
}

/**
 * A venue's rules over a book's positions, exact over rationals; a file `book-model.ts` in the venue's folder and one line in
 * `lib/venues/models.ts`. All functions are pure. A position was checked by `check` before.
 */
export interface VenueModel<Id extends string, Terms> {
  readonly id: Id;
  readonly name: string;
  readonly axes: VenueAxes;
  /** What a liquidator chooses: which debt it repays for which collateral, or nothing, because the venue's rules say what is taken. */
  readonly liquidatorChooses: 'pair' | 'nothing';
  readonly termsSchema: z.ZodMiniType<Terms>;
  /** The terms with every asset that they name under another key, as its legs then go by. Left out: the terms name none. */
  renameAssets?(terms: Terms, rename: (asset: AssetKey) => AssetKey): Terms;
  /** What is held at what it is while prices fall though in truth it moves with them, a sentence for the reader. Left out: nothing is. */
  readonly fallAssumption?: string;
  /** What its legs carry: required ones must be there, others are refused. */
  readonly legParameters: {
    readonly collateral: { readonly required: readonly LegParameter[]; readonly optional: readonly LegParameter[] };
    readonly debt: { readonly required: readonly LegParameter[]; readonly optional: readonly LegParameter[] };
  };
  /** What the venue cannot hold: the place within the position ("collateral[1]") and why; undefined where it can. */
  findProblem(position: BookPosition<Terms>): { readonly path: string; readonly message: string } | undefined;
  computeEvaluation(position: BookPosition<Terms>, prices: PriceBook): BookEvaluation;
  computeLiquidationPrices(position: BookPosition<Terms>, prices: PriceBook): BookLiquidationPrices;
  /** The venue's edge, from terms and legs alone; exact, or on the safe side of it where the venue's own rule is not linear in the prices. */
  describeEdge(position: BookPosition<Terms>): LinearEdge;
  /** What must hold after collateral has left: another line than the edge (a lower factor, the initial margin), or why none may. undefined: the edge. */
  describeWithdrawal?(position: BookPosition<Terms>): WithdrawalRule | undefined;
  /** Why these terms lend nothing more of an asset, one plain sentence; undefined where they may. Left out: they lend of every debt the venue holds. */
  findBorrowProblem?(terms: Terms, asset: AssetKey): string | undefined;
  /** Tokens: a debt is either 0 or at least this. Left out: any debt may be. */
  readLeastDebt?(terms: Terms): Rational;
  /**
   * What holders of the venue's stablecoin may take from a position that is not liquidatable; `others` are positions of the venue that are
   * known beside it and may come first. Left out: the venue has no redemptions; undefined: nothing is owed, so nothing can be taken.
   */
  describeRedemption?(
    position: BookPosition<Terms>,
    prices: PriceBook,
    others: readonly BookPosition<Terms>[],
  ): BookRedemption | undefined;
  /**
   * Nothing liquidatable: no steps. `chosen` is the pair a liquidator is taken to choose for as long as the rules allow anything on it, then
   * what pays it most; without effect where a liquidator chooses nothing. `assumptions` say which it was.
   */
  computeOutcome(position: BookPosition<Terms>, prices: PriceBook, chosen?: BookLiquidationPair): BookOutcome;
}
