/** What random cases are drawn with in tests: all of one seed. */

/** Numbers in [0, 1) from a seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Random = ReturnType<typeof createRandom>;

export const between = (random: Random, low: number, high: number): number => low + (high - low) * random();

/** 10^x for x uniform in [low, high], with 12 significant digits. */
export function powerOfTen(random: Random, low: number, high: number): bigint {
  const exponent = between(random, low, high);
  const whole = Math.floor(exponent);
  const mantissa = BigInt(Math.round(10 ** (exponent - whole) * 1e12));
  return (mantissa * 10n ** BigInt(whole)) / 10n ** 12n;
}

/** ⌊value · factor⌋ for a float factor, to 12 digits. */
export const scale = (value: bigint, factor: number): bigint =>
  (value * BigInt(Math.round(factor * 1e12))) / 10n ** 12n;
