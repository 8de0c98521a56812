const BYTES = 16;

/** A name for a new trigger that nobody else gives: 128 random bits, in hex. */
export const makeId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
