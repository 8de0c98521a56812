import { createStore } from 'zustand/vanilla';
import { type KeptBook, parseKeptBook } from './kept-book';

/** Where books are kept: records by their id. */
export interface ShelfStorage {
  readAll(): Promise<readonly unknown[]>;
  put(record: { readonly id: string }): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface BookShelf {
  /** Newest first; `undefined` until they were read. */
  readonly books: readonly KeptBook[] | undefined;
  /** How many records are there that this version cannot read. They stay where they are. */
  readonly unreadableCount: number;
  /** One sentence where something could not be kept or read. */
  readonly problem: string | undefined;
  load(): Promise<void>;
  /** Takes a book in. Where the browser refuses to keep it, it lasts until the tab is closed, and `problem` says so. */
  keep(book: KeptBook): Promise<void>;
  remove(id: string): Promise<void>;
}

const byNewest = (books: readonly KeptBook[]): readonly KeptBook[] =>
  [...books].sort((a, b) => b.importedAtMs - a.importedAtMs);

/**
 * The books that were imported on this device, as their files had them. What is kept goes through a versioned schema when it is read; what that
 * does not know is neither shown as a book nor thrown away, and said.
 */
export function createBookShelf(storage: ShelfStorage) {
  return createStore<BookShelf>()((set, get) => ({
    books: undefined,
    unreadableCount: 0,
    problem: undefined,
    async load() {
      try {
        const read = (await storage.readAll()).map(parseKeptBook);
        const books = read.filter((book) => book !== undefined);
        set({ books: byNewest(books), unreadableCount: read.length - books.length });
      } catch {
        set({ books: get().books ?? [], problem: 'This browser does not let Ballast read the books kept in it.' });
      }
    },
    async keep(book) {
      set({ books: byNewest([book, ...(get().books ?? []).filter(({ id }) => id !== book.id)]), problem: undefined });
      try {
        await storage.put({ version: 1, ...book } as KeptBook);
      } catch {
        set({
          problem: `This browser does not let Ballast keep “${book.name}”: it lasts until you close the tab.`,
        });
      }
    },
    async remove(id) {
      try {
        await storage.remove(id);
        set({ books: (get().books ?? []).filter((book) => book.id !== id), problem: undefined });
      } catch {
        set({ problem: 'This browser does not let Ballast delete the book.' });
      }
    },
  }));
}
