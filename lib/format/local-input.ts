const MINUTE_MS = 60_000;
const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/**
 * A moment as a field of date and time holds it, in the reader's own zone, to the minute: "2027-01-15T09:00". Empty for no moment.
 */
export function formatLocalInput(timeMs: number): string {
  const offsetMs = new Date(timeMs).getTimezoneOffset() * MINUTE_MS;
  const local = new Date(timeMs - offsetMs);
  return Number.isNaN(local.getTime()) ? '' : local.toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}

/** What such a field holds, as milliseconds since 1970; `undefined` where it holds no whole moment. */
export function parseLocalInput(text: string): number | undefined {
  if (!SHAPE.test(text)) return undefined;
  const timeMs = new Date(text).getTime();
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
