/** What a unit may be called, by its seconds. */
const UNITS: readonly (readonly [seconds: number, names: readonly string[]])[] = [
  [86_400, ['d', 'day', 'days']],
  [3_600, ['h', 'hour', 'hours']],
  [60, ['m', 'min', 'minute', 'minutes']],
  [1, ['', 's', 'sec', 'second', 'seconds']],
];
const PART = /(\d{1,9})\s*([a-z]*)\s*/gy;

const toSeconds = (name: string): number | undefined => UNITS.find(([, names]) => names.includes(name))?.[0];

/**
 * A length of time as people write it, in whole seconds: what `formatSpan` gives, and plain numbers, which are seconds. `undefined` where it is
 * none, or one of its units comes twice or after a smaller one.
 *
 * Example: `parseSpan('1 d 2 h')` is 93,600, `parseSpan('90min')` is 5,400, `parseSpan('30')` is 30, `parseSpan('2 h 1 d')` is `undefined`.
 */
export function parseSpan(text: string): number | undefined {
  const plain = text.trim().toLowerCase();
  const parts = [...plain.matchAll(PART)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== plain) return undefined;
  let total = 0;
  let unitBefore = Number.POSITIVE_INFINITY;
  for (const [, count, name = ''] of parts) {
    const unit = toSeconds(name);
    if (unit === undefined || unit >= unitBefore) return undefined;
    unitBefore = unit;
    total += Number(count) * unit;
  }
  return total;
}
