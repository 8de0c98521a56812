import type { LoggedDelivery, LoggedFiring } from '@/lib/alerts/logged-firing';
import { policy } from '@/lib/config/policy';

const WAITING: ReadonlySet<LoggedDelivery['state']> = new Set(['pending', 'leased']);

/** The deliveries that an open page makes itself. */
const rings = ({ deliveries }: LoggedFiring): readonly LoggedDelivery[] =>
  deliveries.filter(({ channelKind }) => channelKind === 'browser');

/** Whether a page has yet to ring for it, at once or as an escalation. Pure. */
export const willRing = (firing: LoggedFiring): boolean => rings(firing).some(({ state }) => WAITING.has(state));

/**
 * When a page is to ring for a firing, on the server's clock: the earliest time that one of its browser deliveries is due, as soon as it is recorded
 * at the earliest; `undefined` where none is, or was called off. Pure.
 */
export function ringsAtMs(firing: LoggedFiring): number | undefined {
  if (firing.acknowledged) return undefined;
  const times = rings(firing)
    .filter(({ state }) => state === 'delivered' || WAITING.has(state))
    .map(({ notBeforeMs }) => Math.max(notBeforeMs, firing.recordedAtMs));
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * The open firings for which a page is to ring now and has not (`heard`), newest first. One that was due longer ago than
 * `policy.ringing.youngerThanMs` stays silent: whoever opens a page in the morning is not woken by the night. Pure.
 *
 * Example: recorded at 0 with a browser delivery due at once, it is due from 0 to 899,999 ms.
 */
export function listDueAlerts(
  open: readonly LoggedFiring[],
  heard: ReadonlySet<number>,
  serverNowMs: number,
): readonly LoggedFiring[] {
  return open.filter((firing) => {
    if (heard.has(firing.id)) return false;
    const atMs = ringsAtMs(firing);
    return atMs !== undefined && atMs <= serverNowMs && serverNowMs - atMs < policy.ringing.youngerThanMs;
  });
}
