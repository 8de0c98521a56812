const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait before a program that died is started again: 0.5 s, then twice as long each time, to 15 s.
 *
 * @param {number} failures in a row, 1 or more
 * @returns {number} milliseconds
 * @example computeBackOffMs(3) // 2000
 */
export function computeBackOffMs(failures) {
  return Math.min(FIRST_MS * 2 ** Math.max(0, failures - 1), LONGEST_MS);
}
