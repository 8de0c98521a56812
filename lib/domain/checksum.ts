const LANE_BITS = 64;
const ROUNDS = 24;
/** Bytes taken in before each permutation, for 256 bits of output. */
const RATE_BYTES = 136;
const BYTE_BITS = 8;
const LANE_BYTES = 8;
const HASHED_DIGITS = 40;
const LANES = 25;
const SIDE = 5;

const lane = (value: bigint): bigint => BigInt.asUintN(LANE_BITS, value);
const rotate = (value: bigint, by: number): bigint =>
  lane((value << BigInt(by % LANE_BITS)) | (value >> BigInt((LANE_BITS - (by % LANE_BITS)) % LANE_BITS)));

/** What is added to the first lane in each round: bits from a shift register over x⁸ + x⁶ + x⁵ + x⁴ + 1 at places 2ʲ − 1. */
const ROUND_CONSTANTS: readonly bigint[] = (() => {
  let register = 1;
  return Array.from({ length: ROUNDS }, () => {
    let constant = 0n;
    for (let j = 0; j < 7; j++) {
      if (register & 1) constant ^= 1n << BigInt(2 ** j - 1);
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0);
    }
    return constant;
  });
})();

/** One Keccak-f[1600]: θ, ρ with π, χ, ι, 24 times. */
function permute(start: readonly bigint[]): readonly bigint[] {
  let state = start;
  for (const constant of ROUND_CONSTANTS) {
    const at = (x: number, y: number): bigint => state[(x % SIDE) + SIDE * (y % SIDE)] ?? 0n;
    const columns = Array.from({ length: SIDE }, (_, x) => at(x, 0) ^ at(x, 1) ^ at(x, 2) ^ at(x, 3) ^ at(x, 4));
    const column = (x: number): bigint => columns[x % SIDE] ?? 0n;
    const mixed = state.map((value, i) => value ^ column((i % SIDE) + 4) ^ rotate(column((i % SIDE) + 1), 1));
    const moved = [...mixed];
    let [x, y] = [1, 0];
    for (let step = 0; step < LANES - 1; step++) {
      const rotated = rotate(mixed[x + SIDE * y] ?? 0n, ((step + 1) * (step + 2)) / 2);
      [x, y] = [y, (2 * x + 3 * y) % SIDE];
      moved[x + SIDE * y] = rotated;
    }
    const of = (i: number, shift: number): bigint => moved[i - (i % SIDE) + ((i + shift) % SIDE)] ?? 0n;
    state = moved.map((value, i) => value ^ (lane(~of(i, 1)) & of(i, 2)));
    state = state.map((value, i) => (i === 0 ? value ^ constant : value));
  }
  return state;
}

/** Keccak-256 of fewer than 136 ASCII characters, as 64 digits. Source: the Keccak reference, with its padding of before FIPS 202. */
function hashAscii(text: string): string {
  const bytes = new Uint8Array(RATE_BYTES);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  bytes[text.length] = 0x01;
  bytes[RATE_BYTES - 1] = (bytes[RATE_BYTES - 1] ?? 0) | 0x80;
  const state = Array.from({ length: LANES }, (_, i) => {
    let value = 0n;
    for (let byte = LANE_BYTES - 1; byte >= 0; byte--) {
      value = (value << BigInt(BYTE_BITS)) | BigInt(bytes[i * LANE_BYTES + byte] ?? 0);
    }
    return value;
  });
  return permute(state)
    .slice(0, 4)
    .map((value) => {
      const digits = value.toString(16).padStart(2 * LANE_BYTES, '0');
      return (digits.match(/../g) ?? []).reverse().join('');
    })
    .join('');
}

/**
 * The 40 digits of an address as EIP-55 writes them: a letter is a capital where the same digit of the hash of the digits in lower case is
 * 8 or more. `computeChecksumDigits('c02aaa39b223fe8d0a0e5c4f27ead9083c756cc2')` is `C02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2`.
 *
 * Written here, since the first paint reads addresses and a library for hashes would be loaded for this alone. Source: EIP-55.
 */
export function computeChecksumDigits(digits: string): string {
  const lower = digits.toLowerCase();
  const hash = hashAscii(lower);
  return [...lower.slice(0, HASHED_DIGITS)]
    .map((digit, i) => (Number.parseInt(hash[i] ?? '0', 16) >= 8 ? digit.toUpperCase() : digit))
    .join('');
}
