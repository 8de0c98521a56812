import 'server-only';

const ONE_SECOND_MS = 1_000;

/**
 * Reads a Retry-After header (RFC 9110, 10.2.3): seconds or a date. Milliseconds from now, never below 0; `undefined` where it is missing or
 * neither. `parseRetryAfter('120', 0)` is 120000.
 */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}(\.\d{1,3})?$/.test(text)) return Math.ceil(Number(text) * ONE_SECOND_MS);
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
