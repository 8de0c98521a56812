import type { AssetKey } from '@/lib/domain/book-position';
import type { PriceSource } from './subject';
import type { ConditionSide, Severity } from './trigger';
import type { Truth } from './truth';

/** A condition's figure when its trigger fired. Figures are decimal strings of at least 18 significant digits, exact where they end by then. */
export interface FiringValue {
  readonly kind: string;
  readonly side: ConditionSide;
  readonly level: string;
  readonly met: Truth;
  /** null: the figure did not exist, or was not known. */
  readonly value: string | null;
  /** Who gave the figure; null where there was none. */
  readonly of: { readonly id: string; readonly name: string } | null;
  /** Why there is no figure: one plain sentence; null where there is one. */
  readonly reason: string | null;
}

/** A price that a firing stands on, as it was seen. */
export interface FiringInput {
  readonly asset: AssetKey;
  readonly source: PriceSource;
  /** Feed or exchange. */
  readonly from: string;
  /** As given, an integer with `decimals` decimals. */
  readonly answer: string;
  readonly decimals: number;
  /** The aggregator's round; null where the source has none. */
  readonly round: string | null;
  /** ISO 8601, UTC; null where the source does not tell. */
  readonly updatedAt: string | null;
}

/**
 * That a trigger fired on a subject, for the `episode`-th time: written once and never changed, with all that is needed to compute it again.
 * JSON-safe. Trigger, subject and episode together name it: recorded twice, it is the same firing.
 */
export interface Firing {
  readonly triggerId: string;
  /** Of the trigger, which is kept with its edits. */
  readonly triggerVersion: number;
  readonly subjectId: string;
  readonly subjectName: string;
  /** From 1. */
  readonly episode: number;
  readonly severity: Severity;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What happened, one sentence with its figures. */
  readonly sentence: string;
  readonly values: readonly FiringValue[];
  readonly inputs: readonly FiringInput[];
  /** The block it was seen at; null where no chain is involved (a book from a file). */
  readonly block: { readonly number: string; readonly hash: string } | null;
  readonly engineVersion: string;
  /** The cheapest remedy in figures; null where there is none, or nothing to remedy. */
  readonly remedy: string | null;
}
