import type * as z from 'zod/mini';
import type { AssetKey } from '@/lib/domain/book-position';
import type { Known } from '@/lib/domain/known';
import type { Rational } from '@/lib/units/rational';
import type { Named, Subject } from './subject';
import type { ConditionSide, ScopeType } from './trigger';

/**
 * What a level is of, and so how it is written: a plain ratio ("1.25"), a share (stored as a fraction, shown as %), a signed change (the same,
 * with its sign), a rate (the same, a year), a price or a value (dollars), a length of time (stored in seconds).
 */
export type LevelUnit = 'ratio' | 'share' | 'change' | 'rate' | 'price' | 'value' | 'duration';

/**
 * What can change a figure: a write of an oracle, a tick of the market, a block (legs, interest, parameters), the mere passing of time (a window
 * moves on; a market that falls silent is no longer known). That a chain or a stream can no longer be seen changes every figure.
 */
export type Touch = 'oracle' | 'market' | 'state' | 'time';

/** What one figure is of: a position by itself, an asset by itself, or everything in scope together (a sum). */
export type Grain = 'position' | 'asset' | 'scope';

/** The least and the most a level may be, decimal strings, both allowed; and what a form begins with: left out, the figure as it is. */
export interface LevelBounds {
  readonly least: string;
  readonly most: string;
  readonly suggested?: string;
}

/** One input of a kind's form, by its key among the params. An asset that is not required may be left out: any of the scope. */
export type ParamField =
  | { readonly key: 'asset'; readonly label: string; readonly input: 'asset'; readonly isRequired: boolean }
  | {
      readonly key: string;
      readonly label: string;
      readonly input: 'choice';
      readonly choices: readonly { readonly value: string; readonly label: string }[];
    }
  | { readonly key: string; readonly label: string; readonly input: 'duration'; readonly suggestedSeconds: number };

/** A figure, exact, in the unit of the kind's level, and who gave it. */
export interface Measure {
  readonly value: Rational;
  readonly of: Named;
  /** By its venue's own test the position can be liquidated, which is past every level of a kind that warns of that, whatever the figure. */
  readonly isLiquidatable?: true;
}

/** What a figure is held against: of many, the one furthest on that side is measured. */
export interface MeasureContext {
  readonly side: ConditionSide;
  readonly level: Rational;
}

/** How things are called in a sentence. */
export interface PhraseNames {
  /** The trigger's scope: "Aave v3 of Alice", "any position of Alice". */
  readonly subject: string;
  readonly nameAsset: (asset: AssetKey) => string;
}

/** A level as a trigger writes it, with its side. */
export interface Threshold {
  readonly side: ConditionSide;
  readonly level: string;
}

/**
 * One kind of condition: a file in `kinds/` and one line in `registry.ts`. Form, schema, message and preview derive from it. All functions are
 * pure.
 */
export interface TriggerKind<Params> {
  readonly id: string;
  readonly title: string;
  /** One line: what is measured, and when it fires. */
  readonly explanation: string;
  readonly unit: LevelUnit;
  /** The sides it allows, the usual one first, and what a level on each may be. */
  readonly sides: Readonly<Partial<Record<ConditionSide, LevelBounds>>>;
  readonly grain: Grain;
  readonly scopes: readonly ScopeType[];
  /** Reads the params; strict, so that a key it does not know is refused. */
  readonly params: z.ZodMiniType<Params>;
  readonly fields: readonly ParamField[];
  readonly touchedBy: readonly Touch[];
  /**
   * The figure of a subject. Over several positions or assets the one furthest on the context's side. null: it does not exist, and so is never
   * past a level. Unknown where one of them is unknown and no known one is past the level: never a "no" by what could be seen.
   */
  measure(subject: Subject, params: Params, context: MeasureContext): Known<Measure | null>;
  /** The figure in words, as the subject of a sentence: "the health factor of Aave v3 of Alice". */
  figure(params: Params, names: PhraseNames): string;
  /** The condition in words where "<figure> is below <level>" is not how one says it: "the price of ETH falls by more than 10 % within 1 h". */
  phrase?(params: Params, names: PhraseNames, threshold: Threshold): string;
}
