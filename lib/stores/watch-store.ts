import * as z from 'zod/mini';
import { createStore } from 'zustand/vanilla';
import { policy } from '@/lib/config/policy';
import { type Address, parseAddress } from '@/lib/domain/asset';
import { decodeJson, encodeJson } from '@/lib/domain/codec';

/** An address kept on this device, with the name its reader gave it. */
export interface WatchEntry {
  readonly address: Address;
  readonly label: string | undefined;
}

/** What the store needs of `localStorage`. */
export type WatchStorage = Pick<Storage, 'getItem' | 'setItem'>;

export interface WatchState {
  readonly entries: readonly WatchEntry[];
  /** One sentence where what was kept could not be read or a change could not be kept. */
  readonly problem: string | undefined;
  /** Reads what is kept: on mount, and when another tab changed it. */
  load(): void;
  /** Adds or renames. Throws `InvalidInputError` ADDRESS on a bad address. */
  add(addressText: string, label?: string): Address;
  remove(address: Address): void;
  dismissProblem(): void;
}

export const WATCH_KEY = 'ballast-watch';
export const WATCH_COPY_KEY = 'ballast-watch-unreadable';

const address = z.string().check(z.regex(/^0x[0-9a-f]{40}$/));
const schema = z.object({
  version: z.literal(1),
  entries: z
    .array(z.object({ address, label: z.optional(z.string().check(z.maxLength(60))) }))
    .check(z.maxLength(policy.demo.maxWatched)),
});

function parseKept(text: string): readonly WatchEntry[] | undefined {
  try {
    const parsed = schema.safeParse(decodeJson(text));
    if (!parsed.success) return undefined;
    return parsed.data.entries.map((entry) => ({ address: entry.address as Address, label: entry.label }));
  } catch {
    return undefined;
  }
}

/**
 * The watch list of this device. What is kept is read through a versioned schema; content that cannot be read is copied aside under
 * `WATCH_COPY_KEY` before anything overwrites it, and `problem` says so.
 */
export function createWatchStore(getStorage: () => WatchStorage) {
  return createStore<WatchState>()((set, get) => {
    const keep = (entries: readonly WatchEntry[]): void => {
      try {
        getStorage().setItem(WATCH_KEY, encodeJson({ version: 1, entries }));
        set({ entries });
      } catch {
        set({
          entries,
          problem: 'This browser does not let Ballast keep the watch list; it lasts until you close the tab.',
        });
      }
    };
    return {
      entries: [],
      problem: undefined,
      load() {
        try {
          const storage = getStorage();
          const text = storage.getItem(WATCH_KEY);
          if (text === null) return set({ entries: [] });
          const entries = parseKept(text);
          if (entries) return set({ entries });
          storage.setItem(WATCH_COPY_KEY, text);
          set({
            entries: [],
            problem: `The watch list kept in this browser could not be read. A copy is kept as "${WATCH_COPY_KEY}" in its storage; the list starts empty.`,
          });
        } catch {
          set({ problem: 'This browser does not let Ballast read the watch list kept in it.' });
        }
      },
      add(addressText, label) {
        const parsed = parseAddress(addressText);
        const name = label?.trim().slice(0, 60) || undefined;
        const { entries } = get();
        const known = entries.find((entry) => entry.address === parsed);
        if (!known && entries.length >= policy.demo.maxWatched) {
          set({ problem: `The watch list holds ${policy.demo.maxWatched} addresses; remove one to add another.` });
          return parsed;
        }
        const entry = { address: parsed, label: name ?? known?.label };
        keep(known ? entries.map((other) => (other === known ? entry : other)) : [...entries, entry]);
        return parsed;
      },
      remove(removed) {
        keep(get().entries.filter((entry) => entry.address !== removed));
      },
      dismissProblem: () => set({ problem: undefined }),
    };
  });
}

/** The browser's own list. Nothing is read until `load`. */
export const watchStore = createWatchStore(() => localStorage);
