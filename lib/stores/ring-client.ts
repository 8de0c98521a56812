import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { type Clock, repeat, systemClock } from '@/lib/feeds/clock';
import type { AlertStore } from './alert-store';
import { listDueAlerts } from './due-alerts';
import { addHeard, type HeardAlerts } from './heard-alerts';
import type { KeptSetting } from './kept-setting';

/** How this tab can be heard. `elsewhere`: another tab of this browser rings for all. */
export type SoundState = 'off' | 'locked' | 'elsewhere' | 'ready';

export interface RingState {
  /** Critical alerts that ring until they are acknowledged or the sound is stopped. */
  readonly ringing: readonly number[];
  readonly sound: SoundState;
}

/** What rings in this tab. */
export const ringStore = createStore<RingState>()(() => ({ ringing: [], sound: 'locked' }));

export interface RingOptions {
  readonly alerts: AlertStore;
  readonly heard: StoreApi<KeptSetting<HeardAlerts>>;
  readonly ring: StoreApi<RingState>;
  /** Says each alert once: the ones that fell due together, newest first. */
  readonly announce: (due: readonly LoggedFiring[]) => void;
  readonly clock?: Clock;
}

const CHECK_EVERY_MS = 1_000;
const isSame = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((id, i) => id === b[i]);

/**
 * Announces every alert once in this tab when it falls due, except those that this browser had announced before the page was opened, and keeps
 * `ring.ringing`: of those announced here the critical ones that are still open and were not silenced in any tab.
 *
 * The answer ends it.
 */
export function startRinging({ alerts, heard, ring, announce, clock = systemClock }: RingOptions): () => void {
  const known = new Set(heard.getState().value.heard);
  const announcedHere = new Set<number>();

  const check = () => {
    const { open, clockOffsetMs } = alerts.getState();
    const due = listDueAlerts(open, known, clock.now() + clockOffsetMs);
    if (due.length > 0) {
      const ids = due.map(({ id }) => id);
      for (const id of ids) {
        known.add(id);
        announcedHere.add(id);
      }
      heard.getState().change({ heard: addHeard(heard.getState().value.heard, [...ids].reverse()) });
      announce(due);
    }
    const silenced = new Set(heard.getState().value.silenced);
    const ringing = open
      .filter(({ id, firing }) => firing.severity === 'critical' && announcedHere.has(id) && !silenced.has(id))
      .map(({ id }) => id);
    if (!isSame(ringing, ring.getState().ringing)) ring.setState({ ringing });
  };

  const endings = [alerts.subscribe(check), heard.subscribe(check), repeat(clock, CHECK_EVERY_MS, check)];
  check();
  return () => {
    for (const end of endings) end();
  };
}

/** Stops the sound in every tab for what rings now; what falls due later rings again. */
export function stopRinging(
  heard: StoreApi<KeptSetting<HeardAlerts>>,
  ring: Pick<StoreApi<RingState>, 'getState'>,
): void {
  const { silenced } = heard.getState().value;
  heard.getState().change({ silenced: addHeard(silenced, ring.getState().ringing) });
}
