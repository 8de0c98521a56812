import { UNIT_SPACE } from './format-fixed';

const STEPS = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3_600 },
  { unit: 'min', seconds: 60 },
] as const;

/**
 * An age in seconds, in its largest whole unit, rounded down; tenths below a second's worth of ten.
 * `formatAge(0.44)` is "0.4 s", 38 is "38 s", 7300 is "2 h". A negative age (clocks apart) is "0.0 s".
 */
export function formatAge(ageSeconds: number): string {
  const step = STEPS.find(({ seconds }) => ageSeconds >= seconds);
  if (step) return `${Math.floor(ageSeconds / step.seconds)}${UNIT_SPACE}${step.unit}`;
  const text =
    ageSeconds < 1 ? (Math.floor(Math.max(0, ageSeconds) * 10) / 10).toFixed(1) : Math.floor(ageSeconds).toString();
  return `${text}${UNIT_SPACE}s`;
}
