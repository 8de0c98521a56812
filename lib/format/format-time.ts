/** A moment in the reader's own zone, to the second. */
export const formatLocalTime = (timeMs: number): string =>
  new Date(timeMs).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** The same moment in UTC, for the hover. `formatUtcTime(0)` is "1970-01-01 00:00:00 UTC". */
export const formatUtcTime = (timeMs: number): string =>
  `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** The reader's own clock at that moment: "10:42:07". */
export const formatClockTime = (timeMs: number): string =>
  new Date(timeMs).toLocaleTimeString(undefined, { timeStyle: 'medium' });
