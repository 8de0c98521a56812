import type { FiringPage } from '@/lib/alerts/logged-firing';
import { policy } from '@/lib/config/policy';
import { type Clock, systemClock } from '@/lib/feeds/clock';
import { type AlertState, type AlertStore, type ChangedPart, newestIdOf } from './alert-store';

export interface AlertRefreshOptions {
  readonly alerts: AlertStore;
  readonly readOpen: () => Promise<FiringPage>;
  /** Whoever shows these is to read them anew. */
  readonly onChanged: (parts: readonly ChangedPart[]) => void;
  readonly clock?: Clock;
}

const PARTS: readonly ChangedPart[] = ['triggers', 'firings', 'channels'];
const RETRY_MS = 2_000;

/**
 * Follows what the stream says has changed: reads the open alerts anew and tells who shows the rest, at most once within
 * `policy.ringing.refreshEveryMs`, however many alerts come. A reading that fails is made again.
 *
 * The answer ends it.
 */
export function startAlertRefresh({ alerts, readOpen, onChanged, clock = systemClock }: AlertRefreshOptions) {
  let seen: AlertState['changes'] = { triggers: 0, firings: 0, channels: 0 };
  let cancel: (() => void) | undefined;
  let isReading = false;
  let isOpenStale = false;
  let isEnded = false;

  const wait = (ms: number) => {
    cancel ??= clock.after(ms, () => {
      cancel = undefined;
      run();
    });
  };
  const read = async () => {
    isReading = true;
    isOpenStale = false;
    let nextMs: number = policy.ringing.refreshEveryMs;
    const newestId = newestIdOf(alerts.getState().open);
    try {
      const page = await readOpen();
      if (!isEnded) alerts.getState().takeOpen(page, newestId);
    } catch {
      isOpenStale = true;
      nextMs = RETRY_MS;
    }
    isReading = false;
    if (isOpenStale && !isEnded) wait(nextMs);
  };
  const run = () => {
    const { changes } = alerts.getState();
    const parts = PARTS.filter((part) => changes[part] !== seen[part]);
    seen = changes;
    if (parts.length > 0) onChanged(parts);
    if (parts.includes('firings')) isOpenStale = true;
    if (isOpenStale && !isReading) void read();
    if (parts.length > 0) wait(policy.ringing.refreshEveryMs);
  };
  const follow = ({ changes }: AlertState) => {
    // While a wait is on, its end looks again.
    if (changes !== seen && !cancel) run();
  };
  const endFollowing = alerts.subscribe(follow);
  follow(alerts.getState());
  return () => {
    isEnded = true;
    endFollowing();
    cancel?.();
  };
}
