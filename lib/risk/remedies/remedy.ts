import type { AssetKey, BookLeg, BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { VenueModel } from '@/lib/domain/venue-model';
import type { Rational } from '@/lib/units/rational';

/** What of a venue's rules a remedy asks. */
export type RemedyModel = Pick<
  VenueModel<string, unknown>,
  'describeEdge' | 'describeWithdrawal' | 'readLeastDebt' | 'findProblem' | 'findBorrowProblem' | 'computeEvaluation'
>;

export interface RemedyRequest {
  readonly position: BookPosition;
  readonly model: RemedyModel;
  /** The health factor to reach, the venue's own measure; at least 1. */
  readonly target: Rational;
  /** Prices at which the target must hold: today's, or shocked ones. */
  readonly evaluationPrices: PriceBook;
  /** Prices at which tokens are bought, sold and valued: today's. */
  readonly tradePrices: PriceBook;
  /** What a swap costs, as a share of what is sold, below 1; left out: `policy.remedies.swapCostBps`. */
  readonly swapCost?: Rational | undefined;
  /** Legs that the position does not have and could take on, with the venue's parameters of them; their amounts are not read. */
  readonly candidates?: {
    readonly collateral?: readonly BookLeg[] | undefined;
    readonly debt?: readonly BookLeg[] | undefined;
  };
  /** Tokens that can be brought in, by asset, none of those not named; left out: any amount of any. */
  readonly cash?: ReadonlyMap<AssetKey, Rational> | undefined;
  /** What the cheapest mix has to do without, since the venue refuses it; single remedies are not concerned. */
  readonly without?: readonly RemedyMove[] | undefined;
}

/** A leg made larger or smaller, by whatever amount: collateral added (`gains`) or taken out, debt drawn (`gains`) or repaid. */
export interface RemedyMove {
  readonly side: 'collateral' | 'debt';
  readonly asset: AssetKey;
  readonly gains: boolean;
}

/** Tokens that a side of the position gains (above 0) or loses (below 0). */
export interface RemedyChange {
  readonly side: 'collateral' | 'debt';
  readonly asset: AssetKey;
  readonly amount: Rational;
}

export type RemedyKind = 'add-collateral' | 'repay' | 'repay-with-collateral' | 'swap-collateral' | 'swap-debt';

/** One thing to do. */
export interface RemedyPart {
  readonly kind: RemedyKind;
  /** What is given away: collateral sold, or the debt that a new one replaces; undefined where cash is brought in. */
  readonly from: AssetKey | undefined;
  /** What is got: collateral added or bought, debt repaid, or the debt newly drawn. */
  readonly to: AssetKey;
  readonly changes: readonly RemedyChange[];
  /** Base currency at trade prices: cash brought in, or what the swap costs. */
  readonly cost: Rational;
}

export type NoRemedyReason =
  /** It does not raise the health factor. */
  | 'no-help'
  /** All there is of it does not reach the target. */
  | 'not-enough'
  /** The venue would not allow it. */
  | 'refused';

/** Where it leads, by the venue's own evaluation at the evaluation prices. */
export type RemedyResult =
  | { readonly reaches: true; readonly healthFactorAfter: Rational | null }
  | {
      readonly reaches: false;
      readonly healthFactorAfter: Rational | null;
      readonly reason: NoRemedyReason;
      /** One sentence for people. */
      readonly text: string;
    };

/** A single remedy. Where it does not reach, `changes` are the most that can be done of it, none where that would not help. */
export type Remedy = RemedyPart & RemedyResult;

/** Several things done together. */
export type RemedyMix = RemedyResult & {
  readonly parts: readonly RemedyPart[];
  readonly changes: readonly RemedyChange[];
  readonly cost: Rational;
};
