import 'server-only';
import { parseStoredBook } from '@/lib/interchange/parse-stored-book';
import type { WatchedBook } from '@/lib/watch/books/watched-book';
import type { Db } from '../storage/schema';
import { listStoredBooks, readBook } from '../storage/watched';

/** A book as it was read, and of when it is. */
interface Read {
  readonly storedAtMs: number;
  readonly book: WatchedBook | undefined;
}

/** Stored books that triggers name, each read once for as long as it stays what it is. */
export class BookShelf {
  private readonly read = new Map<string, Read>();
  private books: ReadonlyMap<string, WatchedBook> = new Map();

  constructor(private readonly db: Db) {}

  /**
   * The books of these ids; the same map as before where nothing has changed. One that is not stored, or cannot be read, is not among them.
   * Errors: those of the database.
   */
  async load(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, WatchedBook>> {
    if (ids.size === 0 && this.books.size === 0) return this.books;
    const listed = (await listStoredBooks(this.db)).filter(({ id }) => ids.has(id));
    const stale = listed.filter(({ id, storedAtMs }) => this.read.get(id)?.storedAtMs !== storedAtMs);
    for (const { id, storedAtMs } of stale) this.read.set(id, { storedAtMs, book: await this.open(id) });
    const found = listed.flatMap(({ id }) => this.read.get(id)?.book ?? []);
    const isSame = found.length === this.books.size && found.every((book) => this.books.get(book.id) === book);
    if (isSame) return this.books;
    this.books = new Map(found.map((book) => [book.id, book]));
    return this.books;
  }

  private async open(id: string): Promise<WatchedBook | undefined> {
    const stored = await readBook(this.db, id);
    if (!stored) return undefined;
    try {
      const { positions } = parseStoredBook(stored.document);
      return { id, name: stored.name, positions: new Map(positions.map((position) => [position.id, position])) };
    } catch {
      // It was checked when it was stored; what a later version cannot read is unseen, and its triggers say so.
      return undefined;
    }
  }
}
