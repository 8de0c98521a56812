import { formatFixed } from './format-fixed';

const ONE = 10n ** 18n;

/** Decimals that mean something: more where the position is about to turn, none where it is far from it. */
function chooseDigits(healthFactor: bigint): number {
  if (healthFactor < (ONE * 11n) / 10n) return 4;
  if (healthFactor < ONE * 10n) return 3;
  return healthFactor < ONE * 100n ? 2 : 0;
}

/**
 * A health factor (18 decimals) as text, rounded down, so that what lies below 1 never reads as 1. `null` (no debt) is "∞".
 * `formatHealthFactor(1052499999999999999n)` is "1.0524"; 0.99999… is "0.9999"; 1.3099 is "1.309".
 */
export function formatHealthFactor(healthFactor: bigint | null): string {
  if (healthFactor === null) return '∞';
  if (healthFactor >= ONE * 100_000n) return '> 100,000';
  return formatFixed(healthFactor, 18, chooseDigits(healthFactor), 'down');
}
