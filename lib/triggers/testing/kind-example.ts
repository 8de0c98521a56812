import type { Subject } from '../subject';
import type { ConditionSide } from '../trigger';

/** A figure of a subject, worked out by hand. */
export interface Example {
  readonly what: string;
  readonly side: ConditionSide;
  /** Left out: the far end of the bounds, past which nothing is. */
  readonly level?: string;
  readonly params?: Record<string, unknown>;
  readonly of: Subject;
  /** The figure, null for none, '?' for unknown; and who gave it. */
  readonly is: string | null;
  readonly by?: string;
}

/** What a kind must say: its sentence at the least level of its usual side, and figures. */
export interface KindExamples {
  readonly sentence: string;
  /** Params of the sentence. */
  readonly params?: Record<string, unknown>;
  readonly examples: readonly Example[];
}
