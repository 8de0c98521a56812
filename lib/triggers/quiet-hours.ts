import type { QuietHours, Severity } from './trigger';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** Clocks are put forward and back on quarters of an hour (UTC), so that no change falls between two hops. */
const HOP_MINUTES = 15;

const toMinutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Making one costs far more than using it, and there are few zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const made = clocks.get(timeZone);
  if (made) return made;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  return clock;
}

/** Minutes since midnight on the zone's own clock. */
const readLocalMinutes = (timeZone: string, atMs: number): number => toMinutes(clockOf(timeZone).format(atMs));

/**
 * When a delivery may go out, milliseconds since 1970: at once, or if it falls into quiet hours (`from` allowed to be the later: over midnight)
 * as soon as the zone's own clock is out of them. Critical is never held. Quiet hours in which the clock is put back last as much longer, those in
 * which it is put forward as much shorter; where it is put forward over their end, they end with that.
 *
 * Example: 22:00 to 07:00 in Berlin, at 23:30 local on 28 March 2026: 07:00 on the 29th, 6.5 hours later, since the clock skips an hour.
 */
export function computeReleaseMs(severity: Severity, quiet: QuietHours | undefined, atMs: number): number {
  if (severity === 'critical' || !quiet) return atMs;
  const [from, to] = [toMinutes(quiet.from), toMinutes(quiet.to)];
  const isQuiet = (minutes: number): boolean =>
    from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
  let releaseMs = atMs;
  for (;;) {
    const minutes = readLocalMinutes(quiet.timeZone, releaseMs);
    if (!isQuiet(minutes)) return releaseMs;
    // To the end by this clock, but not past a moment at which the clock may be changed.
    const minute = Math.floor(releaseMs / MINUTE_MS);
    const left = (to - minutes + DAY_MINUTES) % DAY_MINUTES;
    releaseMs = (minute + Math.min(left, HOP_MINUTES - (minute % HOP_MINUTES))) * MINUTE_MS;
  }
}
