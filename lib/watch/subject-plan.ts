import type { AssetKey } from '@/lib/domain/book-position';
import type { UnknownReason } from '@/lib/domain/known';

/** What a trigger is measured on: named once, and worked out anew at each look. */
export interface SubjectPlan {
  readonly id: string;
  readonly name: string;
  readonly positionIds: readonly string[];
  /** The stored book that the positions are of; `undefined`: they are read from the chain. */
  readonly book: string | undefined;
  /** The one asset of those positions that it is about; `undefined`: all. */
  readonly asset: AssetKey | undefined;
  /** Looked at wherever it stands, whoever holds it: the trigger's scope, or named by a condition. */
  readonly named: readonly AssetKey[];
  /** Why there may be more of it than the positions; blindness to the whole chain apart. */
  readonly unseen: UnknownReason | undefined;
}

/** The subject of a scope as a whole; no position has this id. */
export const WHOLE = '*';

/** What a plan has that says nothing else. */
export const NOTHING = { positionIds: [], book: undefined, asset: undefined, named: [], unseen: undefined } as const;
