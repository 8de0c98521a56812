import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AlertEvent } from '@/lib/alerts/alert-event';
import type { FiringPage, LoggedFiring } from '@/lib/alerts/logged-firing';
import type { WatchStatus } from '@/lib/alerts/watch-status';
import { policy } from '@/lib/config/policy';
import { willRing } from './due-alerts';

/** What the browser knows of alerts. `clockOffsetMs`: server's clock minus the browser's. */
export interface AlertState {
  /** Lost: nothing heard of alerts for too long. */
  readonly connection: 'connecting' | 'live' | 'lost';
  readonly clockOffsetMs: number;
  readonly status: WatchStatus | undefined;
  /** On the server, whether they are in `open` or not. */
  readonly unacknowledged: number;
  /** What nobody has acknowledged yet, newest first; of many the newest, and those that are still to ring. */
  readonly open: readonly LoggedFiring[];
  /** Rises with all that may have changed on the server, by what it is. */
  readonly changes: Readonly<Record<ChangedPart, number>>;
  /** Ids that came in by the stream and were not put away, newest first. */
  readonly fresh: readonly number[];
  /** `nowMs`: the browser's own clock. */
  applyEvent(event: AlertEvent, nowMs: number): void;
  /** Takes a page of what is unacknowledged that was asked for when `newestId` was the newest firing known. */
  takeOpen(page: FiringPage, newestId: number): void;
  /** Somebody here acknowledged it. */
  acknowledged(id: number): void;
  putAway(ids: readonly number[]): void;
  setConnection(connection: AlertState['connection']): void;
}

export type ChangedPart = 'triggers' | 'firings' | 'channels';
export type AlertStore = StoreApi<AlertState>;

const byNewest = (a: LoggedFiring, b: LoggedFiring): number => b.id - a.id;

/** Of many only the newest, but none that is still to ring: an escalation may come long after. */
const trim = (firings: readonly LoggedFiring[]): readonly LoggedFiring[] =>
  firings
    .filter((firing, index) => index < policy.ringing.keptOpen || willRing(firing))
    .slice(0, policy.ringing.keptOpenToRing);

/** The newest id among some firings, 0 where there is none. */
export const newestIdOf = (firings: readonly LoggedFiring[]): number => firings[0]?.id ?? 0;

const bump = (state: AlertState, ...parts: readonly ChangedPart[]): AlertState['changes'] => {
  const changes = { ...state.changes };
  for (const part of parts) changes[part] += 1;
  return changes;
};

function takeFiring(state: AlertState, firing: LoggedFiring, serverTimeMs: number): Partial<AlertState> {
  const changes = bump(state, 'firings');
  if (firing.acknowledged || state.open.some(({ id }) => id === firing.id)) return { changes };
  const open = trim([firing, ...state.open].sort(byNewest));
  // What fired long ago was missed, and stands at the bell; it is no news.
  const isNews = serverTimeMs - firing.recordedAtMs < policy.ringing.youngerThanMs;
  const fresh = isNews ? [firing.id, ...state.fresh].slice(0, policy.ringing.keptOpen) : state.fresh;
  return { changes, open, fresh };
}

function reduce(state: AlertState, event: AlertEvent): Partial<AlertState> {
  switch (event.type) {
    case 'ready':
      // What was missed may be anything.
      return { status: event.status, changes: bump(state, 'triggers', 'firings', 'channels') };
    case 'status':
      return { status: event.status };
    case 'changed':
      return { changes: bump(state, event.what) };
    case 'firing':
      return takeFiring(state, event.firing, event.serverTimeMs);
  }
}

/** A store of alerts that knows nothing yet. */
export function createAlertStore(): AlertStore {
  return createStore<AlertState>()((set, get) => ({
    connection: 'connecting',
    clockOffsetMs: 0,
    status: undefined,
    unacknowledged: 0,
    open: [],
    fresh: [],
    changes: { triggers: 0, firings: 0, channels: 0 },
    applyEvent(event, nowMs) {
      const { serverTimeMs, unacknowledged } = event;
      const heard = { connection: 'live', clockOffsetMs: serverTimeMs - nowMs, unacknowledged } as const;
      set({ ...reduce(get(), event), ...heard });
    },
    takeOpen({ firings, nextBeforeId, unacknowledged }, newestId) {
      const read = new Set(firings.map(({ id }) => id));
      const oldestRead = nextBeforeId === null ? 0 : (firings.at(-1)?.id ?? 0);
      // The page says nothing of what came after it was asked for, nor of what is older than it reaches.
      const kept = get().open.filter(({ id }) => !read.has(id) && (id > newestId || id < oldestRead));
      const open = trim([...firings, ...kept].sort(byNewest));
      const ids = new Set(open.map(({ id }) => id));
      set({ open, unacknowledged, fresh: get().fresh.filter((id) => ids.has(id)) });
    },
    acknowledged(id) {
      const { open, fresh, unacknowledged } = get();
      if (!open.some((firing) => firing.id === id)) return;
      set({
        open: open.filter((firing) => firing.id !== id),
        fresh: fresh.filter((one) => one !== id),
        unacknowledged: Math.max(0, unacknowledged - 1),
      });
    },
    putAway: (ids) => set({ fresh: get().fresh.filter((id) => !ids.includes(id)) }),
    setConnection: (connection) => {
      if (get().connection !== connection) set({ connection });
    },
  }));
}

/** The browser's own. Nothing is heard until `startAlertStream`. */
export const alertStore = createAlertStore();
