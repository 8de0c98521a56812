import type { Rational } from '@/lib/units/rational';
import type { Asset, AssetId } from './asset';
import type { BookLeg, BookPosition, PriceBook } from './book-position';
import type { Known } from './known';
import type { LiquidationPair, PositionOutcome } from './outcome';
import type { PositionBase } from './position';
import type { PriceOverride } from './price';

/** Something an owner does with a position; token units. `repay` and `withdraw` of more than there is mean all of it. */
export interface PositionChange {
  readonly kind: 'supply' | 'withdraw' | 'borrow' | 'repay';
  readonly asset: AssetId;
  readonly amount: bigint;
}

export interface OutcomeRequest {
  readonly override?: PriceOverride | undefined;
  /** The user's choice, for as long as the position stays liquidatable on it; without one the liquidator takes what pays it most. */
  readonly pair?: LiquidationPair | undefined;
}

/** A position as a book holds it, with the prices it was valued at: whole tokens, exact fractions, assets by their CAIP-19 id. */
export interface BookSnapshot<Terms = unknown> {
  readonly position: BookPosition<Terms>;
  readonly prices: PriceBook;
  /** Base currency: the most that may be owed by a rule of which a book knows nothing (a debt ceiling); left out: there is none. */
  readonly mostOwed?: Rational | undefined;
}

/** A position in the book format with what its owner could take on beside it. */
export interface CandidateBook extends BookSnapshot {
  /** Legs that the position does not have, of amount 0, with the venue's parameters of them; their prices stand in `prices`. */
  readonly candidates: { readonly collateral: readonly BookLeg[]; readonly debt: readonly BookLeg[] };
  /** The candidates' assets. */
  readonly assets: readonly Asset[];
}

/**
 * What can happen to a position of a venue that is read from chain, in the contract's own units and rounding; pure, one object per venue in
 * `lib/venues/actions.ts`. Kept beside `VenueRules`, because the first screen needs none of it.
 */
export interface VenueActions<V extends string, Position extends PositionBase<V>> {
  /** Every pair a liquidator may choose, by reserve id: collateral first, then debt. */
  listPairs(position: Position): readonly LiquidationPair[];
  /** Nothing liquidatable: no steps. Unknown as soon as a price that counts is. */
  computeOutcome(position: Position, request: OutcomeRequest): Known<PositionOutcome>;
  /** The position after the change, as the contract would hold it at the same block. `findObstacle` is asked first: what the venue refuses is not checked here. */
  applyChange(position: Position, change: PositionChange): Position;
  /** Why the venue would refuse the change now (cap, frozen, paused, ceiling, zero-LTV rule, health), one plain sentence; `undefined` where it would not. */
  findObstacle(position: Position, change: PositionChange): string | undefined;
  /** The same position in the book format, at the oracle's prices or at overriding ones. */
  toBook(position: Position, override?: PriceOverride): Known<BookSnapshot>;
  /**
   * `toBook` with what the owner could supply as collateral or borrow beside what there is: assets of the position's own market that count at
   * once. What is frozen, paused or full is among them, and `findObstacle` says why it would be refused; what has no usable price is not.
   */
  toCandidateBook(position: Position, override?: PriceOverride): Known<CandidateBook>;
}
