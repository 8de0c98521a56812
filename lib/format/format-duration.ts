import { formatNumber } from './format-number';

const UNITS = [
  { seconds: 31_536_000, one: 'year', many: 'years' },
  { seconds: 86_400, one: 'day', many: 'days' },
  { seconds: 3_600, one: 'hour', many: 'hours' },
  { seconds: 60, one: 'minute', many: 'minutes' },
] as const;
/** Beyond it nobody plans: rates will not have stood still. */
const LONG_YEARS = 100;
const WHOLE_FROM = 10;

/**
 * A length of time in one unit, rounded down, a decimal below ten: what is left is never overstated.
 * `formatDuration(154_000_000)` is "4.8 years", 5,400 is "1.5 hours", 20 is "less than a minute".
 */
export function formatDuration(seconds: number): string {
  const unit = UNITS.find((candidate) => seconds >= candidate.seconds);
  if (!unit) return 'less than a minute';
  const count = seconds / unit.seconds;
  if (unit.one === 'year' && count > LONG_YEARS) return `more than ${LONG_YEARS} years`;
  const text = count >= WHOLE_FROM ? formatNumber(Math.floor(count), 0) : formatNumber(Math.floor(count * 10) / 10, 1);
  return `${text} ${text === '1.0' ? unit.one : unit.many}`;
}
