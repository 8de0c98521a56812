import { createStore } from 'zustand/vanilla';
import { policy } from '@/lib/config/policy';
import { type Address, parseAddress } from '@/lib/domain/asset';
import { encodeJson } from '@/lib/domain/codec';
import type { WatchEntry } from './watch-schema';

/** What the store needs of `localStorage`. */
export type WatchStorage = Pick<Storage, 'getItem' | 'setItem'>;

export interface WatchState {
  readonly entries: readonly WatchEntry[];
  /** One sentence where what was kept could not be read or a change could not be kept. */
  readonly problem: string | undefined;
  /** Reads what is kept: on mount, and when another tab changed it. What is changed meanwhile is changed once it is read. */
  load(): Promise<void>;
  /** Adds or renames. Throws `InvalidInputError` ADDRESS on a bad address. */
  add(addressText: string, label?: string): Address;
  remove(address: Address): void;
  dismissProblem(): void;
}

export const WATCH_KEY = 'ballast-watch';
export const WATCH_COPY_KEY = 'ballast-watch-unreadable';

/**
 * The watch list of this device. What is kept is read through a versioned schema; content that cannot be read is copied aside under
 * `WATCH_COPY_KEY` before anything overwrites it, and `problem` says so.
 *
 * The schema loads when there is something to read: most visits have nothing kept, and the first paint needs none of it.
 */
export function createWatchStore(getStorage: () => WatchStorage) {
  let loading: Promise<void> | undefined;
  /** What is kept but could not be taken in, for the schema did not load: copied aside before anything overwrites it. */
  let unread: string | undefined;

  return createStore<WatchState>()((set, get) => {
    const keep = (entries: readonly WatchEntry[]): void => {
      try {
        if (unread !== undefined) getStorage().setItem(WATCH_COPY_KEY, unread);
        unread = undefined;
        getStorage().setItem(WATCH_KEY, encodeJson({ version: 1, entries }));
        set({ entries });
      } catch {
        set({
          entries,
          problem: 'This browser does not let Ballast keep the watch list; it lasts until you close the tab.',
        });
      }
    };
    /** A list that is still being read must not be overwritten by a change to the empty one. */
    const onceLoaded = (change: () => void): void => {
      if (loading) void loading.then(change);
      else change();
    };
    const read = async (): Promise<void> => {
      try {
        const storage = getStorage();
        const text = storage.getItem(WATCH_KEY);
        if (text === null) return set({ entries: [] });
        unread = text;
        const { parseKeptWatchList } = await import('./watch-schema');
        unread = undefined;
        const entries = parseKeptWatchList(text);
        if (entries) return set({ entries });
        storage.setItem(WATCH_COPY_KEY, text);
        set({
          entries: [],
          problem: `The watch list kept in this browser could not be read. A copy is kept as "${WATCH_COPY_KEY}" in its storage; the list starts empty.`,
        });
      } catch {
        set({ problem: 'This browser does not let Ballast read the watch list kept in it.' });
      }
    };
    return {
      entries: [],
      problem: undefined,
      load() {
        const current = read().finally(() => {
          if (loading === current) loading = undefined;
        });
        loading = current;
        return current;
      },
      add(addressText, label) {
        const parsed = parseAddress(addressText);
        const name = label?.trim().slice(0, 60) || undefined;
        onceLoaded(() => {
          const { entries } = get();
          const known = entries.find((entry) => entry.address === parsed);
          if (!known && entries.length >= policy.demo.maxWatched) {
            set({ problem: `The watch list holds ${policy.demo.maxWatched} addresses; remove one to add another.` });
            return;
          }
          const entry = { address: parsed, label: name ?? known?.label };
          keep(known ? entries.map((other) => (other === known ? entry : other)) : [...entries, entry]);
        });
        return parsed;
      },
      remove(removed) {
        onceLoaded(() => keep(get().entries.filter((entry) => entry.address !== removed)));
      },
      dismissProblem: () => set({ problem: undefined }),
    };
  });
}

/** The browser's own list. Nothing is read until `load`. */
export const watchStore = createWatchStore(() => localStorage);
