/** What can be said of a condition: unknown is neither true nor false (Kleene's strong logic). */
export const TRUTHS = ['true', 'false', 'unknown'] as const;
export type Truth = (typeof TRUTHS)[number];

/** What one alone decides: all of them fail by one false, any of them holds by one true. */
const DECIDES = { all: 'false', any: 'true' } as const;

/**
 * All or any of some truths: decided by a single one where that suffices, else unknown if any is. All of true and unknown is unknown, all of
 * false and unknown is false, any of true and unknown is true. Of none: all is true, any is false.
 */
export function combineTruths(combine: 'all' | 'any', truths: readonly Truth[]): Truth {
  if (truths.includes(DECIDES[combine])) return DECIDES[combine];
  if (truths.includes('unknown')) return 'unknown';
  return combine === 'all' ? 'true' : 'false';
}
