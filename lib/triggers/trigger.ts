import type { AssetKey } from '@/lib/domain/book-position';

/** How loud a firing is, the quietest first. Quiet hours never hold a critical one back. */
export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * What a trigger looks at. `book` names a stored book; left out: what is read from the chain. A tag and a book stand for the positions that
 * have it at the time of looking, an owner for all that it has by then.
 */
export type TriggerScope =
  | { readonly type: 'position'; readonly id: string; readonly book?: string | undefined }
  | { readonly type: 'owner'; readonly owner: string; readonly book?: string | undefined }
  | { readonly type: 'tag'; readonly tag: string; readonly book?: string | undefined }
  | { readonly type: 'book'; readonly book: string }
  | { readonly type: 'asset'; readonly asset: AssetKey; readonly book?: string | undefined };

export const SCOPE_TYPES = ['position', 'owner', 'tag', 'book', 'asset'] as const;
export type ScopeType = (typeof SCOPE_TYPES)[number];

/** On which side of its level a figure must lie; strictly, so that the level itself is not past it. */
export const CONDITION_SIDES = ['below', 'above'] as const;
export type ConditionSide = (typeof CONDITION_SIDES)[number];

/** One figure past a level. Levels are decimal strings, shares and changes as fractions ("0.83" is 83 %, "-0.1" a fall by a tenth). */
export interface TriggerCondition {
  /** A key of `triggerKinds`. */
  readonly kind: string;
  readonly side: ConditionSide;
  readonly level: string;
  /** Hysteresis: once fired, the condition counts as still met until the figure is at or beyond this one. Left out: the level itself. */
  readonly rearm?: string | undefined;
  /** What the kind's own schema reads. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** A trigger holds only once it was seen true for both, so that a spike or a single bad tick does not fire. */
export interface Dwell {
  readonly seconds: number;
  readonly ticks: number;
}

/** Local times "HH:MM" of an IANA time zone; over midnight where `from` is later than `to`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/**
 * What a person asks to be warned of. JSON-safe: levels are decimal strings, times ISO 8601 in UTC. Made by `parseTrigger` alone, so that its
 * conditions fit their kinds and its scope.
 */
export interface Trigger {
  readonly name: string;
  readonly scope: TriggerScope;
  readonly combine: 'all' | 'any';
  readonly conditions: readonly TriggerCondition[];
  readonly severity: Severity;
  readonly dwell: Dwell;
  /** After a firing nothing fires for so long; what is true at its end fires then. */
  readonly cooldownSeconds: number;
  readonly quietHours?: QuietHours | undefined;
  readonly expiresAt?: string | undefined;
  /** Ids of channels in order; without `escalation` all of them hear of a firing at once. */
  readonly channels: readonly string[];
  /** The first channel hears at once, each next one after so many minutes without an acknowledgement. */
  readonly escalation?: { readonly afterMinutes: number } | undefined;
}
