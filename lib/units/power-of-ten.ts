/** Made once: a power of bigints costs more than all the rest of reading or writing a figure. */
const POWERS: readonly bigint[] = Array.from({ length: 256 }, (_, exponent) => 10n ** BigInt(exponent));

/** 10^exponent, exponent a natural number. `powerOfTen(3)` is 1000n. */
export const powerOfTen = (exponent: number): bigint => POWERS[exponent] ?? 10n ** BigInt(exponent);
