import type { FiringValue } from './firing';
import { formatLevel, formatMeasured } from './format-level';
import { parseFigure } from './parse-figure';
import { findTriggerKind } from './registry';
import type { Truth } from './truth';

/** One figure of a firing, as its log shows it. */
export interface FiringValueWords {
  readonly title: string;
  readonly met: Truth;
  /** "below 1.25". */
  readonly limit: string;
  /** Rounded toward the side on which it fires; undefined where there was none. */
  readonly figure: string | undefined;
  /** The figure as it was recorded. */
  readonly exact: string | undefined;
  /** Whose figure it was. */
  readonly of: string | undefined;
  /** Why there was none. */
  readonly reason: string | undefined;
}

/**
 * The figure of a condition as it was when its trigger fired. Of a kind that this version does not know, figure and level stand as they were
 * recorded. A health factor of "1.0416666666666666" below "1.25" is "1.0416", limit "below 1.25".
 */
export function describeFiringValue({ kind: id, side, level, met, value, of, reason }: FiringValue): FiringValueWords {
  const kind = findTriggerKind(id);
  const figure = value === null ? undefined : kind ? formatMeasured(parseFigure(value), kind.unit, side) : value;
  return {
    title: kind?.title ?? id,
    met,
    limit: `${side} ${kind ? formatLevel(level, kind.unit) : level}`,
    figure,
    exact: value ?? undefined,
    of: of?.name,
    reason: value === null ? (reason ?? 'There was no such figure.') : undefined,
  };
}
