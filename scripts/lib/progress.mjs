/**
 * Progress lines with the time since the start: `[ 12.3 s] build: done`.
 *
 * @param {{ nowMs?: () => number, write?: (text: string) => void }} [options]
 * @returns {(message: string) => void}
 */
export function createProgress({ nowMs = () => performance.now(), write = (text) => process.stdout.write(text) } = {}) {
  const startMs = nowMs();
  return (message) => write(`[${formatSeconds(nowMs() - startMs).padStart(7)}] ${message}\n`);
}

/**
 * @param {number} ms
 * @returns {string}
 * @example formatSeconds(1234) // '1.2 s'
 */
export function formatSeconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
