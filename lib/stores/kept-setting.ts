import { createStore, type StoreApi } from 'zustand/vanilla';

/** What is kept, and how it is read and changed. */
export interface KeptSetting<T> {
  readonly value: T;
  /** Reads what is kept: on mount, and when another tab changed it. */
  load(): void;
  change(part: Partial<T>): void;
}

/**
 * A small record in `localStorage`, shared by tabs. `parse` gives `undefined` for what it does not know, which counts as nothing kept. A browser
 * that lets nothing be kept has it within the page alone.
 */
export function createKeptSetting<T extends object>(
  key: string,
  initial: T,
  parse: (kept: unknown) => T | undefined,
  getStorage: () => Pick<Storage, 'getItem' | 'setItem'>,
): StoreApi<KeptSetting<T>> {
  const read = (): T | undefined => {
    try {
      return parse(JSON.parse(getStorage().getItem(key) ?? 'null'));
    } catch {
      return undefined;
    }
  };
  return createStore<KeptSetting<T>>()((set, get) => ({
    value: initial,
    load: () => set({ value: read() ?? get().value }),
    change(part) {
      const value = { ...(read() ?? get().value), ...part };
      set({ value });
      try {
        getStorage().setItem(key, JSON.stringify(value));
      } catch {
        // It holds within this page then.
      }
    },
  }));
}
